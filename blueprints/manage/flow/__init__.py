"""The one flow of a managed page: shown, tried, planned, saved, or changed meanwhile by another."""
