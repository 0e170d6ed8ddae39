"""In which language a program is answered: the one it asks for, else its person's."""

from __future__ import annotations

from flask import g, request

from blueprints.api import blueprint
from blueprints.web.language import offered_languages


@blueprint.before_request
def choose_language() -> None:
    """Ahead of every sentence. `*`, which many programs send unasked, is no choice."""
    if not request.path.startswith("/api/v1/"):
        return
    wish = request.accept_languages
    if wish.best and wish.best != "*":
        chosen = wish.best_match(offered_languages())
        if chosen:
            g.language = chosen
