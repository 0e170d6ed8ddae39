"""Pages on opening hours, closures and holidays."""
