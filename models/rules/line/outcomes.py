"""What came of a talk from the line: said by one key at its end."""

from __future__ import annotations

BOOKED, COULD_NOT = "as_booked", ("paper_missing", "not_competent", "gave_up")
OUTCOMES = (BOOKED, *COULD_NOT)
