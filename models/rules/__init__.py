"""The rules of the house, pure: frozen values in, verdicts out. No Flask, no SQLAlchemy, no clock, no sentences."""
