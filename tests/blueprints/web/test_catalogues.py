"""Translations are compiled when the app starts."""

from __future__ import annotations

import os
from gettext import GNUTranslations

import pytest

from blueprints.web.catalogues import compile_catalogues

DUTCH = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "Room"\nmsgstr "{}"\n'


@pytest.fixture
def source(tmp_path):
    source = tmp_path / "nl" / "LC_MESSAGES" / "messages.po"
    source.parent.mkdir(parents=True)
    source.write_text(DUTCH.format("Zaal"), encoding="utf-8")
    return source


def room(source) -> str:
    with source.with_suffix(".mo").open("rb") as file:
        return GNUTranslations(file).gettext("Room")


def test_a_new_catalogue_is_compiled_and_nothing_is_left_beside_it(tmp_path, source):
    compile_catalogues(tmp_path)
    assert room(source) == "Zaal"
    assert sorted(path.name for path in source.parent.iterdir()) == ["messages.mo", "messages.po"]


def test_a_changed_catalogue_is_compiled_again_and_an_old_one_left_alone(tmp_path, source):
    compile_catalogues(tmp_path)
    source.write_text(DUTCH.format("Vergaderzaal"), encoding="utf-8")
    compiled = source.with_suffix(".mo").stat().st_mtime
    os.utime(source, (compiled - 60, compiled - 60))
    compile_catalogues(tmp_path)
    assert room(source) == "Zaal"
    os.utime(source, (compiled + 60, compiled + 60))
    compile_catalogues(tmp_path)
    assert room(source) == "Vergaderzaal"
