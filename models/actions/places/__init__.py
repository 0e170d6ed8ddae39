"""What is set of the building: its places, hours, rules, limits and notices; one verb a file."""
