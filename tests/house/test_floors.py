"""The floors of the house: what each may know of the others, and what is done on one floor only."""

from __future__ import annotations

import ast
import subprocess
import sys

import pytest

from models.rules.house.policy import KINDS
from tests.house.source import ROOT, modules

RULES, ICAL, TABLES, QUERIES, ACTIONS = (
    f"models.{floor}" for floor in ("rules", "ical", "tables", "queries", "actions")
)
MAY_IMPORT = {
    RULES: (),
    ICAL: (RULES,),
    TABLES: (RULES,),
    QUERIES: (TABLES, RULES),
    ACTIONS: (QUERIES, TABLES, RULES),
    "blueprints": (ACTIONS, QUERIES, TABLES, RULES, ICAL),
    "app": ("blueprints", "models"),
}
# The rooms of a floor, by subject: each may know those before it.
ROOMS = {
    RULES: (
        "codes",
        "values",
        "refusals",
        "times",
        "house",
        "bookings",
        "people",
        "line",
        "presence",
        "roster",
        "judging",
        "finding",
        "changes",
        "plans",
        "files",
        "loads",
    ),
    ACTIONS: (
        "many_rows",
        "record",
        "outbox",
        "rounds",
        "bookings",
        "line",
        "places",
        "people",
        "devices",
        "presence",
        "plans",
        "roster",
        "files",
        "loads",
    ),
    "blueprints.manage": (
        "words",
        "flow",
        "places",
        "hours",
        "rules",
        "plans",
        "roster",
        "files",
        "announcement_form",
        "announcements",
        "health",
        "outbox",
        "devices",
        "attention",
        "proposals",
        "overview",
        "tabs",
    ),
}
NOT_FOR_THE_PURE = ("flask", "sqlalchemy", "alembic", "werkzeug", "jinja2", "babel", "flask_babel", "flask_sqlalchemy")
NAMES_THAT_SAY_NOTHING = {"utils", "helpers", "common", "core", "misc", "calendar", "email", "types"}


def begins_with(name: str, *packages: str) -> bool:
    return any(name == package or name.startswith(f"{package}.") for package in packages)


@pytest.mark.parametrize("floor", MAY_IMPORT)
def test_a_floor_knows_only_the_floors_to_its_right(floor):
    strays = [
        f"{module.name} imports {name}"
        for module in modules()
        if module.is_in(floor)
        for name in module.imports()
        if begins_with(name, "models", "blueprints", "app", "tests")
        and not begins_with(name, floor, *MAY_IMPORT[floor])
    ]
    assert strays == [], "what a floor needs of one to its left is given to it as an argument, or belongs on its own"


@pytest.mark.parametrize("floor", ROOMS)
def test_a_room_knows_only_the_rooms_before_it(floor):
    strays = []
    for module in modules():
        if not module.is_in(floor) or module.name == floor:
            continue
        own = room_of(module.name, floor)
        assert own in ROOMS[floor], f"{module.name}: give the room {own} its place in ROOMS"
        strays += [
            f"{module.name} ({own}) imports {name}"
            for name in module.imports()
            if begins_with(name, *(f"{floor}.{later}" for later in ROOMS[floor][ROOMS[floor].index(own) + 1 :]))
        ]
    assert strays == [], "what needs a later room stands in the wrong one, or what both need belongs in an earlier room"


def room_of(name: str, floor: str) -> str:
    return name.removeprefix(f"{floor}.").partition(".")[0]


def test_tests_stand_in_the_rooms_of_what_they_test():
    for floor in ROOMS:
        tests = ROOT / "tests" / floor.replace(".", "/")
        rooms = {path.name for path in tests.iterdir() if path.is_dir() and path.name != "__pycache__"}
        assert rooms <= set(ROOMS[floor]), f"{tests.relative_to(ROOT)} has rooms that {floor} has not"


def test_rules_and_calendar_know_no_framework_and_no_clock():
    pure = [module for module in modules() if module.is_in(RULES, ICAL)]
    assert pure
    for module in pure:
        strays = [name for name in module.imports() if begins_with(name, *NOT_FOR_THE_PURE)]
        assert strays == [], f"{module.name} is pure: plain values go in and come out"


def test_models_do_not_know_that_they_are_asked_over_the_web():
    strays = [
        f"{module.name} imports {name}"
        for module in modules()
        if module.is_in("models")
        for name in module.imports()
        if begins_with(name, "flask", "flask_babel", "flask_login", "werkzeug")
    ]
    assert strays == [], "what a model needs of a request, the page hands over as a value"


def test_importing_the_rules_loads_neither_flask_nor_sqlalchemy():
    names = [module.name for module in modules() if module.is_in(RULES, ICAL)]
    program = (
        f"import importlib, sys\nfor name in {names!r}: importlib.import_module(name)\n"
        "print(*sorted({'flask', 'sqlalchemy'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_a_package_of_models_is_only_its_docstring():
    for module in modules():
        if module.is_in("models") and module.path.name == "__init__.py":
            assert ast.get_docstring(module.tree), f"{module.name} says nothing"
            assert len(module.tree.body) == 1, f"{module.name} does more than say what it is"


def test_queries_are_let_off_one_banned_name_only():
    """ruff lifts every ban of pyproject.toml for a place or none: `select` is what queries are there for."""
    lint = [sys.executable, "-m", "ruff", "check", "--select", "TID251", "--config", "lint.per-file-ignores={}"]
    done = subprocess.run(
        [*lint, "--output-format", "concise", "models/queries"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    banned = [line for line in done.stdout.splitlines() if "TID251" in line]
    assert banned, done.stderr
    strays = [line for line in banned if "`sqlalchemy.select` is banned" not in line]
    assert strays == [], "what is banned elsewhere is banned here"


def test_only_actions_write():
    may_commit = (ACTIONS, "models.tables.transaction", "models.tables.postgresql")  # the last is how it is sent
    assert {
        f"{module.name} calls {call}"
        for module in modules()
        if not module.is_in(*may_commit)
        for call in module.calls()
        if call.split(".")[-1] in ("commit", "write_transaction")
    } == set(), "what writes is a verb in models/actions"


def test_below_the_pages_no_kind_is_treated_by_its_name():
    """What differs in rules between a desk and a room is data in its policy."""
    strays = []
    for module in modules():
        if not module.is_in("models"):
            continue
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Compare) and _asks_for_kind(node):
                strays.append(f"{module.path.relative_to(ROOT)}:{node.lineno} {ast.unparse(node)}")
    assert strays == [], "ask a trait of its policy"


def _asks_for_kind(node: ast.Compare) -> bool:
    sides = [node.left, *node.comparators]
    named = any(
        (isinstance(side, ast.Name) and side.id == "kind") or (isinstance(side, ast.Attribute) and side.attr == "kind")
        for side in sides
    )
    return named and any(
        isinstance(each, ast.Constant) and each.value in KINDS for side in sides for each in ast.walk(side)
    )


ABOUT_FILES = (
    "models.rules.files.",
    "models.actions.files.",
    "models.queries.import_rows",
    "blueprints.manage.files.",
    "blueprints.manage.words.files",
    "blueprints.commands.import_building",
    "blueprints.commands.reasons",
)


def test_only_what_is_about_files_knows_the_form_of_files():
    assert {
        f"{module.name} imports {name}"
        for module in modules()
        if not module.name.startswith(ABOUT_FILES)
        for name in module.imports()
        if name.startswith("models.rules.files.")
    } == set()


def test_python_stands_in_three_places_and_each_place_has_a_telling_name():
    assert {path.name for path in ROOT.glob("*.py")} == {"app.py", "gunicorn.conf.py"}  # where gunicorn looks by itself
    parts = {part for module in modules() for part in module.name.split(".")[:-1]}
    packages = {module.name.split(".")[-1] for module in modules() if module.path.name == "__init__.py"}
    assert (parts | packages) & NAMES_THAT_SAY_NOTHING == set()


def test_every_module_says_what_it_is():
    assert [module.name for module in modules() if not ast.get_docstring(module.tree)] == []


# Its docstring would stand in the description of the API, as the word for a shape that has none.
SAYS_IT_IN_A_COMMENT = "Given"


def test_every_rule_says_what_it_promises():
    """Not so its methods and properties: most say with their name all that there is to say."""
    silent = [
        f"{module.path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for module in modules()
        if module.is_in(RULES)
        for node in module.tree.body
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
        if not ast.get_docstring(node) and node.name != SAYS_IT_IN_A_COMMENT
        if not any(ast.unparse(each) == "overload" for each in node.decorator_list)  # the last of them says it
    ]
    assert silent == [], "a docstring is missing: in its first line say what it promises, in the words of the building"
