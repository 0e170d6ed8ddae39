"""Pure: the tables that offices send, read and written, with what was assumed."""
