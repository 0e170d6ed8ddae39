"""What managers read, in words: of places, hours, rules, quotas, plans, files and their history."""
