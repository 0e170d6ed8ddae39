"""Made-up municipalities of a stated size, and what is booked in them: to see what a machine carries."""
