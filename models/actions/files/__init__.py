"""A whole building in, by a file or a draft, and out again."""
