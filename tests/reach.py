"""Which tests a change touches: those that reach a changed file through what they import.

python -m tests.reach           what changed since the branch left main
python -m tests.reach HEAD~3    since another commit

Whoever imports the app or the fixtures does not lean on all that these gather; a folder of tests/blueprints leans on
the blueprint of its name. Where the ground beneath all tests changes, all are touched.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from tests.house.source import ROOT, module, name_of

ALL = "tests"
HOUSE = "tests/house"  # reads every file
BLUEPRINTS = "tests/blueprints"
PAGES = "tests/browser/test_every_page.py"
FIXTURES = "tests.conftest"
# By how a path begins.
BENEATH = {
    "migrations/": (ALL,),
    "blueprints/commands/demo/": (ALL,),
    "static/": (f"{BLUEPRINTS}/web", "tests/browser"),
    "translations/": (f"{BLUEPRINTS}/web", PAGES),
    "templates/": (BLUEPRINTS, PAGES),
    **dict.fromkeys(("app.py", "requirements.txt", "pyproject.toml", "tests/requirements.txt"), (ALL,)),
}


def touched(changed: Iterable[str]) -> list[str]:
    """Files and folders of tests, as pytest takes them."""
    found = {HOUSE}.union(*map(_touched_by, changed))
    return sorted(each for each in found if not any(each.startswith(f"{folder}/") for folder in found))


def _touched_by(path: str) -> Iterable[str]:
    folder = str(Path(path).parent)
    of_a_blueprint = folder.replace("templates", BLUEPRINTS, 1)
    if path.startswith("templates/") and (ROOT / of_a_blueprint).is_dir():
        return of_a_blueprint, PAGES
    for beginning, tests in BENEATH.items():
        if path.startswith(beginning):
            return tests
    if path.startswith("tests/") and (path.endswith("/conftest.py") or not path.endswith(".py")):
        return (folder,)
    if path.startswith("tests/") and path in map(_path_of, _modules()[FIXTURES]):
        return (ALL,)
    return [test for test in all_tests() if path in reached_from(test)]


@cache
def _modules() -> dict[str, set[str]]:
    """What each module of ours imports, by its name."""
    paths = [
        ROOT / "app.py",
        *(path for top in ("blueprints", "models", "tests") for path in (ROOT / top).rglob("*.py")),
    ]
    read = [module(path) for path in paths if "node_modules" not in path.parts]
    names = {each.name for each in read}
    return {
        each.name: {name for full in each.imports() for name in (full, full.rpartition(".")[0]) if name in names}
        for each in read
    }


def _path_of(name: str) -> str:
    path = Path(*name.split("."))
    return str(path / "__init__.py" if (ROOT / path).is_dir() else path.with_suffix(".py"))


def all_tests() -> list[str]:
    return [path for path in map(_path_of, _modules()) if Path(path).name.startswith("test_")]


@cache
def reached_from(test: str) -> set[str]:
    """Itself and all that it leans on, by path."""
    found: set[str] = set()
    waiting = [name_of(ROOT / test), *_leaned_on(test)]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += [] if _gathers(name) else _modules()[name]
    return {_path_of(name) for name in found}


def _leaned_on(test: str) -> Iterator[str]:
    """Without importing them: the fixtures of its folders, and the blueprint that it stands beside."""
    folder = name_of(ROOT / test).rpartition(".")[0]
    for name in _modules():
        above, _, last = name.rpartition(".")
        is_its_fixtures = last == "conftest" and name != FIXTURES and f"{folder}.".startswith(f"{above}.")
        is_beside = folder.startswith("tests.blueprints.") and f"tests.{name}.".startswith(f"{folder}.")
        if is_its_fixtures or is_beside:
            yield name


def _gathers(name: str) -> bool:
    return name in ("app", FIXTURES) or (name.startswith("blueprints.") and _path_of(name).endswith("__init__.py"))


def _changed(since: str) -> list[str]:
    def git(*words: str) -> list[str]:
        return subprocess.run(["git", *words], cwd=ROOT, check=True, capture_output=True, text=True).stdout.split("\n")

    left = git("merge-base", since, "HEAD")[0]
    return [*git("diff", "--name-only", left), *git("ls-files", "--others", "--exclude-standard")]


if __name__ == "__main__":
    since = sys.argv[1] if len(sys.argv) > 1 else "main"
    sys.stdout.writelines(f"{each}\n" for each in touched(filter(None, _changed(since))))
