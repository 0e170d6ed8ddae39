"""Changes of the house: one family of values, read once, checked, imagined and written down."""
