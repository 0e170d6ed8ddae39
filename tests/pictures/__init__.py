"""The pictures of the README: `make screenshots` draws them anew from the demo building."""
