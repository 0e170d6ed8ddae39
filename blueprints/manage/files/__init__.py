"""Pages on import and export."""
