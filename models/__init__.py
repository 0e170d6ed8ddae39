"""What the building is and what may happen in it. Five floors; each may import only those below it."""
