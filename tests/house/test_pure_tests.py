"""The tests of what is pure are pure: they make no database and load no app, so that they answer at once."""

from __future__ import annotations

import ast

from tests.house.source import ROOT, module
from tests.reach import all_tests, reached_from

PURE = ("tests/models/rules/", "tests/models/ical/")
NOT_PURE = ("models/tables/", "models/queries/", "models/actions/", "blueprints/", "app.py", "tests/conftest.py")


def pure_tests() -> list[str]:
    """Asked for by a test and not on import, where every process would read all our sources before its first test."""
    return [test for test in all_tests() if test.startswith(PURE)]


def functions_of(path: str) -> list[ast.FunctionDef]:
    return [node for node in ast.walk(module(ROOT / path).tree) if isinstance(node, ast.FunctionDef)]


def test_they_import_neither_a_table_nor_the_app():
    strays = [
        f"{test} reaches {path}" for test in pure_tests() for path in reached_from(test) if path.startswith(NOT_PURE)
    ]
    assert strays == [], "what needs a database stands in tests/models/actions, queries or tables"


def test_they_ask_for_no_fixture_that_makes_a_database():
    made = {
        each.name for each in functions_of("tests/conftest.py") if "fixture" in map(_last_word, each.decorator_list)
    }
    strays = [
        f"{test}: {each.name} asks for {argument.arg}"
        for test in pure_tests()
        for each in functions_of(test)
        for argument in each.args.args
        if argument.arg in made
    ]
    assert strays == [], "what needs a database stands in tests/models/actions, queries or tables"


def _last_word(decorator: ast.expr) -> str:
    called = decorator.func if isinstance(decorator, ast.Call) else decorator
    return ast.unparse(called).rpartition(".")[2]
