"""Pure: how many people are where, expected and counted."""
