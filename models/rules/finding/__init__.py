"""Pure: what is free, what would work instead, and what fits best."""
