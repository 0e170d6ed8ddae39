"""Pure: the fields of a booking, and what may become of it."""
