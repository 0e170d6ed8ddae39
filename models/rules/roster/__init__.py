"""Pure: who sits at which counter, and where that does not go together."""
