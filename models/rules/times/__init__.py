"""Pure: instants, civil days, opening hours and repeats, in the wall time of a building."""
