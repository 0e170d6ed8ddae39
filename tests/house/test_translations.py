"""Whatever a person reads goes through gettext, and none of it is left untranslated."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache

import pytest
from babel.messages import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_keywords, parse_mapping_cfg
from babel.messages.pofile import read_po
from flask import Flask
from flask_babel import Babel, force_locale, gettext, ngettext
from jinja2 import Environment, nodes

from blueprints.web.catalogues import compile_catalogues
from tests.house.source import ROOT, modules

TRANSLATIONS = ROOT / "translations"
CATALOGUES = sorted(TRANSLATIONS.glob("*/LC_MESSAGES/messages.po"))
TEMPLATES = sorted(path for path in (ROOT / "templates").rglob("*.*") if path.suffix in (".html", ".txt"))
GETTEXT = {"_", "_l", "gettext", "lazy_gettext", "ngettext"}
SAME_IN_EVERY_LANGUAGE = {"Trefpunt", "Authorization", "Bearer", "TOKEN", "curl"}
GAP = re.compile(r"%\((\w+)\)[sd]")
SPOKEN_ATTRIBUTE = re.compile(r'\b(?:aria-label|alt|placeholder|title|label)="([^"]*)"')
TAG_OR_CODE = re.compile(r"<(code|script|style)\b.*?</\1>|<[^>]*>|&\w+;", re.DOTALL)
WORD = re.compile(r"(?<![\w-])[^\W\d_]{3,}")


@cache
def sentences() -> Catalog:
    """Every msgid of the source, found as `make translations` finds it."""
    with (ROOT / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)
    named = re.findall(r"--keywords (\w+)", (ROOT / "Makefile").read_text())
    found = Catalog()
    for _path, _line, msgid, _comments, context in extract_from_dir(
        ROOT, methods, options, keywords=DEFAULT_KEYWORDS | parse_keywords(named)
    ):
        found.add(msgid, context=context)
    return found


@cache
def catalogue(path) -> Catalog:
    return read_po(path.read_bytes().splitlines(), locale=path.parent.parent.name)


def forms(message: Message) -> tuple[str, ...]:
    return message.string if isinstance(message.string, tuple | list) else (message.string,)


def gaps(text: str) -> list[str]:
    return sorted(GAP.findall(text))


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parent.parent.name)
def test_every_sentence_is_translated(path):
    """After a change: `make translations`, then write what is empty."""
    lacking = []
    for sentence in sentences():
        translated = catalogue(path).get(sentence.id, sentence.context)
        if sentence.id and (translated is None or translated.fuzzy or not all(forms(translated))):
            lacking.append(sentence.id)
    assert lacking == []


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parent.parent.name)
def test_a_translation_keeps_the_gaps_of_its_sentence(path):
    differing = []
    for message in catalogue(path):
        whole = message.id[-1] if isinstance(message.id, tuple | list) else message.id
        if message.id and any(gaps(form) != gaps(whole) for form in forms(message)):
            differing.append((message.id, message.string))
    assert differing == []


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parent.parent.name)
def test_no_translation_outlives_its_sentence(path):
    known = {message.id for message in sentences()}
    assert [message.id for message in catalogue(path) if message.id not in known] == []


def test_every_call_of_gettext_is_found():
    """Not every call is: one within an f-string stays unseen, and one that is handed a variable says nothing."""
    known = {
        form
        for message in sentences()
        for form in (message.id if isinstance(message.id, tuple | list) else (message.id,))
    }
    unseen = []
    for module in modules():
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in GETTEXT:
                first = node.args[0]
                if not (isinstance(first, ast.Constant) and first.value in known):
                    unseen.append(f"{module.name}:{node.lineno} {ast.unparse(first)}")
    assert unseen == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_a_template_says_nothing_past_gettext(path):
    source = path.read_text(encoding="utf-8")
    said = [*_words_between(source, is_markup=path.suffix == ".html"), *_strings_handed_on(source)]
    assert [text for text in said if not set(WORD.findall(text)) <= SAME_IN_EVERY_LANGUAGE] == []


def _words_between(source: str, *, is_markup: bool) -> Iterator[str]:
    """What stands outside Jinja's braces, without tags and code; and what attributes say aloud."""
    text = "".join(value for _line, kind, value in Environment().lex(source) if kind == "data")
    if is_markup:
        yield from SPOKEN_ATTRIBUTE.findall(text)
        text = TAG_OR_CODE.sub("\n", text)
    yield from (line.strip() for line in text.splitlines() if WORD.search(line))


def _strings_handed_on(source: str) -> Iterator[str]:
    """Strings within braces that read as a sentence: a capital first, and more than one word."""
    tree = Environment().parse(source)
    translated = {
        id(each)
        for call in tree.find_all(nodes.Call)
        if isinstance(call.node, nodes.Name) and call.node.name in GETTEXT
        for each in call.args
    }
    for each in tree.find_all(nodes.Const):
        if id(each) not in translated and isinstance(each.value, str) and re.match(r"[A-Z]\w* \w", each.value):
            yield each.value


@pytest.mark.parametrize(
    ("locale", "one", "many", "none"),
    [
        ("nl_BE", "1 persoon", "2 personen", "Bezet"),
        ("en_BE", "1 person", "2 people", "Busy"),  # without a catalogue: English is what the source says
    ],
)
def test_a_language_counts_by_its_own_rule(locale, one, many, none):
    compile_catalogues(TRANSLATIONS)
    app = Flask("counting", root_path=str(ROOT))
    Babel(app, default_locale="nl_BE")
    with app.app_context(), force_locale(locale):
        assert [ngettext("%(num)d person", "%(num)d people", number) for number in (1, 2)] == [one, many]
        assert gettext("Busy") == none
