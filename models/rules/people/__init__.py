"""Pure: persons, what each may do, and what each may see."""
