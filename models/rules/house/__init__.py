"""Pure: the building in memory: its places, what holds of each, and what holds when."""
