"""Pages on plans: one, adjusted, applied, told, rehearsed."""
