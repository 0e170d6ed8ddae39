"""Pure: the verdict on a wish, and what explains it afterwards."""
