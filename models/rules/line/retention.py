"""How long after a visit it may still be known whose it was."""

from __future__ import annotations

from datetime import timedelta

CODES_KEPT = timedelta(days=7)
