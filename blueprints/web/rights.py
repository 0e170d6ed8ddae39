"""The right that a view asks for, said on the view and held before it runs."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from flask import Response, abort, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from blueprints.web.again import sign_in_again, typed_here
from blueprints.web.base_url import here
from blueprints.web.identity import bearer_token, current_person, is_for_programs, locked_person
from blueprints.web.local_path import page_of
from blueprints.web.problems import problem
from models.rules.people.rights import RIGHTS, holds


def needs(verb: str) -> Callable:
    """Let a view run only for those who hold this right of RIGHTS; `.right` on the view says which it is.

    Anonymous: a page answers 303 to the sign-in page, the API 401. Signed in without the right: 403.
    """
    RIGHTS[verb]  # a misspelt verb is found when the view is defined, not when someone knocks

    def guard(view: Callable) -> Callable:
        @wraps(view)
        def guarded(*args, **kwargs):
            person = None if RIGHTS[verb].roles is None else current_person()
            if holds(person, verb):
                return view(*args, **kwargs)
            if is_for_programs():
                return _refused_program() if person else _unknown_program()
            if person is None:
                return _to_sign_in()
            return abort(403)

        guarded.right = verb  # type: ignore[attr-defined]  # functools types no attribute of what it wraps
        return guarded

    return guard


def right_of(view: Callable) -> str:
    """The right that a view asks for."""
    return view.right  # type: ignore[attr-defined]  # put there by needs(), which every view has


def _unknown_program() -> Response:
    """RFC 6750: a token that opens nothing is named as such, a missing one only asked for."""
    if bearer_token() is None:
        challenge, detail = 'Bearer realm="Trefpunt"', _("Send an API token in the Authorization header.")
    else:
        challenge = 'Bearer realm="Trefpunt", error="invalid_token"'
        detail = _("This API token is unknown or no longer valid.")
    answer = problem(401, _("Sign in first"), detail=detail)
    answer.headers["WWW-Authenticate"] = challenge
    return answer


def _refused_program() -> Response:
    return problem(403, _("You may not do this"), detail=_("Your roles, or the scope of this token, do not allow it."))


def _to_sign_in() -> AnyResponse:
    """Back to this page afterwards; a form that was sent off comes back filled in."""
    typed = typed_here()
    if typed is not None:
        return sign_in_again(typed)
    if request.headers.get("HX-Request"):  # a redirect would be swapped into the fragment
        if _is_asked_while_typing() or locked_person() is not None:
            return Response(status=401)
        page = page_of(request.headers.get("HX-Current-URL"))
        return Response(status=401, headers={"HX-Redirect": url_for("account.login", next=page)})
    door = "account.login" if locked_person() is None else "account.locked"
    return redirect(url_for(door, next=here() if request.method in ("GET", "HEAD") else None), 303)


def _is_asked_while_typing() -> bool:
    """By a field, or by the box beside a form that says what would become of it: to lead away would lose what was
    typed, which comes back once the form itself is sent."""
    return "HX-Trigger-Name" in request.headers or request.headers.get("HX-Trigger") == "check"
