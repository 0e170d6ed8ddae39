"""Pure: whom a change displaces, and the best other place for each."""
