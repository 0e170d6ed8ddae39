"""In which language and time zone a page speaks: the person's, else what this browser chose, else what it asks for."""

from __future__ import annotations

from functools import lru_cache

from babel.support import NullTranslations, Translations
from flask import Flask, Request, g, has_request_context, request, session
from flask_babel import Babel, Domain, get_locale, get_translations, refresh
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup
from sqlalchemy.exc import SQLAlchemyError
from wtforms.i18n import messages_path

from blueprints.web.identity import current_person, locked_person
from models.queries.house import the_house
from models.queries.revisions import NoMunicipality
from models.rules.house.house import House
from models.rules.people.person import Person

DEFAULT = "nl"
# Only those in which nothing is left untranslated.
NAMES = {"nl": "Nederlands", "fr": "Français", "en": "English", "de": "Deutsch"}
SESSION_KEY = "language"
babel = Babel()


class OnceARequest(Domain):
    """A page says some hundred sentences: which catalogue they stand in is looked up for the first of them only, and
    again where a letter speaks another language."""

    def get_translations(self):
        locale = get_locale()
        if locale is None:  # neither in a request nor in a command
            return super().get_translations()
        if g.get("locale") is not locale:
            g.locale, g.catalogue = locale, super().get_translations()
        return g.catalogue


class Asked(Request):
    """With what forms say of themselves in the language in force. flask-wtf would read it anew in each request."""

    @property
    def wtforms_translations(self) -> NullTranslations:
        return _of_forms(str(get_locale()))


@lru_cache
def _of_forms(locale: str) -> NullTranslations:
    return Translations.load(messages_path(), [locale], domain="wtforms")


def start_language(app: Flask) -> None:
    app.request_class = Asked
    babel.init_app(app, locale_selector=_locale, timezone_selector=_timezone)
    babel.domain_instance = OnceARequest()
    app.jinja_env.globals.update(_=_said, gettext=_said, ngettext=_counted)


@pass_eval_context
def _said(written: EvalContext, message: str, /, **gaps: object) -> str:
    """A sentence of a template. Jinja's own asks for the context, of which each sentence in a loop, or in a block with
    names of its own, makes another: a third of the time of a page."""
    catalogue = get_translations()
    if not written.autoescape:  # a letter
        return catalogue.ugettext(message) % gaps
    return Markup(catalogue.ugettext(message)) % gaps if gaps else _whole(catalogue, message)


@pass_eval_context
def _counted(written: EvalContext, singular: str, plural: str, number: int, /, **gaps: object) -> str:
    message = get_translations().ungettext(singular, plural, number)
    return (Markup(message) if written.autoescape else message) % ({"num": number} | gaps)


@lru_cache(maxsize=10_000)
def _whole(catalogue: NullTranslations, message: str) -> Markup:
    """A sentence without gaps."""
    return Markup(catalogue.ugettext(message)) % {}


def language() -> str:
    """The language of this answer, as its two letters; Dutch outside a request."""
    if not has_request_context():
        return DEFAULT
    if "language" not in g:
        g.language = _chosen()
    return g.language


def offered_languages() -> tuple[str, ...]:
    """The municipality's languages in its own order, as far as we speak them."""
    house = house_or_none()
    spoken = tuple(each for each in house.languages if each in NAMES) if house else ()
    return spoken or tuple(NAMES)


def language_of(person: Person) -> str:
    """In which language to write to someone who is not here now: theirs, as far as we speak it."""
    offered = offered_languages()
    return person.language if person.language in offered else DEFAULT if DEFAULT in offered else offered[0]


def speak(chosen: str) -> None:
    """This answer is in this language, whoever asks for it."""
    g.language = chosen
    refresh()


def remember_language(chosen: str) -> None:
    """For this browser, where nobody is signed in."""
    session[SESSION_KEY] = chosen


def house_or_none() -> House | None:
    """The house, or None where there is none yet or the database is in doubt: an error page must still come out."""
    if g.get("database_in_doubt"):
        return None
    try:
        return the_house()
    except (NoMunicipality, SQLAlchemyError):
        return None


def _chosen() -> str:
    person = None if g.get("database_in_doubt") else current_person() or locked_person()
    offered = offered_languages()  # after who asks, which reads at which revision the house is as well
    for wish in (person and person.language, session.get(SESSION_KEY)):
        if wish in offered:
            return wish
    default = DEFAULT if DEFAULT in offered else offered[0]
    return request.accept_languages.best_match(offered, default=default)


def _locale() -> str:
    """With the country: dates and hours are written as in Belgium, in English too."""
    return f"{language()}_BE"


def _timezone() -> str | None:
    house = house_or_none()
    return house.zone.key if house else None
