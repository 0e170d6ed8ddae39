"""Pages on spaces, zones, policies and the floor plan."""
