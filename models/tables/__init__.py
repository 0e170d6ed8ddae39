"""The tables: columns, constraints and relationships, and the guard the database keeps by itself. No behaviour."""
