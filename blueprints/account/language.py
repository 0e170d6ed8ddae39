"""The language buttons in the head of every page."""

from __future__ import annotations

from flask import abort, redirect, request, url_for
from werkzeug.wrappers import Response

from blueprints.account import blueprint
from blueprints.web.identity import current_person
from blueprints.web.language import offered_languages, remember_language
from blueprints.web.local_path import local_path
from blueprints.web.rights import needs
from models.actions.people.choose_language import choose_language


@blueprint.post("/language")
@needs("see_public_pages")
def choose() -> Response:
    """With the person where somebody is signed in, else in this browser only."""
    wanted, person = request.form.get("language"), current_person()
    if wanted not in offered_languages():
        abort(400)
    if person is not None:
        choose_language(person.id, wanted)
    remember_language(wanted)
    return redirect(local_path(request.form.get("next")) or url_for("home.today"), 303)
