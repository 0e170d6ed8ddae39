"""The only select(): a function is named for the question it answers, and bounds what it reads."""
