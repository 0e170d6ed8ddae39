"""Who is here: counted, and checked off when the building is evacuated."""
