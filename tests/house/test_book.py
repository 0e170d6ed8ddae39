"""The book of the house tells of the house as it is: its paths, names, addresses, make targets and worked examples."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache

import pytest

from tests.house.source import ROOT, modules

BOOK = ("README.md", "CONTRIBUTING.md", "docs/architecture.md")
MADE_BY_MAKE = (".venv", "instance")  # and never in the repository
# What the book names in code's letters and is not ours to define.
OF_OTHERS = {
    *("flask_babel", "lazy_gettext", "ngettext", "op.add_column", "op.drop_column", "op.f", "select"),
    *("btree_gist", "contrib", "example", "reproduce_failure", "uv"),
    *("BEGIN IMMEDIATE", "DIRECTORY", "Link", "msgstr", "warnings"),
}
FENCE = re.compile(r"^```(\w*) ?(\S*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
CODE = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\]\(([^)#:]+)\)")
NAME = re.compile(r"@?([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)(?:\(.*\))?")
TARGET = re.compile(r"\bmake ([a-z][a-z-]*)")


def told(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


def prose(page: str) -> str:
    """Without the worked examples."""
    return FENCE.sub("", told(page))


def blocks() -> Iterator[tuple[str, str, str]]:
    """Language, file and text of each worked piece."""
    yield from (found for page in BOOK for found in FENCE.findall(told(page)) if found[1])


def new_files() -> dict[str, str]:
    return {file: text for language, file, text in blocks() if language != "diff"}


@cache
def worked_out() -> frozenset[str]:
    """The words of the worked examples."""
    return frozenset(re.findall(r"\w+", "".join(text for _language, _file, text in blocks())))


@cache
def files() -> frozenset[str]:
    """Of the repository, by path and by name alone."""
    folders = ("blueprints", "models", "templates", "static", "tests", "migrations", "translations", "docs", ".ci")
    found = [path for folder in folders for path in (ROOT / folder).rglob("*") if "node_modules" not in path.parts]
    found += ROOT.iterdir()
    return frozenset(each for path in found for each in (path.relative_to(ROOT).as_posix(), path.name))


@cache
def defined() -> frozenset[str]:
    """Every name that our Python gives to something, and every word that it holds as text."""
    found = set()
    sources = [module.tree for module in modules()]
    sources += [ast.parse(path.read_text(encoding="utf-8")) for path in (ROOT / "tests").glob("**/*.py")]
    for node in (node for tree in sources for node in ast.walk(tree)):
        if isinstance(node, ast.ClassDef | ast.FunctionDef):
            found.add(node.name)
        elif isinstance(node, ast.arg):
            found.add(node.arg)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.add(node.id)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and " " not in node.value:
            found.add(node.value)
    return frozenset(found | {module.name.split(".")[-1] for module in modules()})


def is_there(code: str) -> bool:
    """Whether what stands in code's letters is ours, or says nothing that could be looked up."""
    if code in OF_OTHERS or code.partition("/")[0] in MADE_BY_MAKE or code in new_files():
        return True
    if re.search(r"[\s<>*…={}]|://", code) and not NAME.fullmatch(code):
        return True  # a piece of a command, an address with a gap
    if "/" in code or re.search(r"\.(py|md|html|txt|csv|toml|css|js|cfg|po|yaml)$", code):
        return code.startswith("/") or code.rstrip("/") in files()
    name = NAME.fullmatch(code)
    if name is None:
        return True
    parts = name[1].split(".")
    if name[1].replace(".", "/") in files() or f"{name[1].replace('.', '/')}.py" in files():
        return True
    return not {name[1], parts[-1]}.isdisjoint(OF_OTHERS | defined() | worked_out()) or is_said_in_the_settings(name[1])


def is_said_in_the_settings(name: str) -> bool:
    texts = ("Makefile", "pyproject.toml", "blueprints/web/settings.py", "tests/needs.py", "tests/turns.py")
    return any(name in told(each) for each in (*texts, "models/tables/guard.py"))


@pytest.mark.parametrize("page", BOOK)
def test_whatever_is_named_in_the_book_is_there(page):
    """Whoever renames or moves something looks for it here too; what is not ours stands in OF_OTHERS."""
    assert [code for code in CODE.findall(prose(page)) if not is_there(code)] == []


@pytest.mark.parametrize("page", BOOK)
def test_whatever_the_book_leads_to_is_there(page):
    folder = (ROOT / page).parent
    assert [link for link in LINK.findall(prose(page)) if not (folder / link).exists()] == []


@pytest.mark.parametrize("page", BOOK)
def test_whatever_make_is_asked_for_it_makes(page):
    targets = set(re.findall(r"^([a-z][a-z-]*):", told("Makefile"), re.MULTILINE))
    said = "\n".join([*CODE.findall(prose(page)), *re.findall(r"^    .+", prose(page), re.MULTILINE)])
    assert [each for each in TARGET.findall(said) if each not in targets] == []


@pytest.mark.parametrize("file", sorted({file for language, file, _text in blocks() if language == "diff"}))
def test_a_worked_example_still_fits_the_file_it_changes(file):
    """What it keeps and takes away stands there, line after line, once; or, for whoever follows it, what it makes."""
    found = told(file)
    for text in (text for language, name, text in blocks() if language == "diff" and name == file):
        for hunk in text.split("@@\n"):
            before, after = (
                "".join(f"{line[1:]}\n" for line in hunk.splitlines() if not line.startswith(sign)) for sign in "+-"
            )
            assert 1 in (found.count(f"\n{before}"), found.count(f"\n{after}")), f"{file} has not once:\n{before}"


@pytest.mark.parametrize("file", sorted(new_files()))
def test_a_file_that_a_worked_example_makes_is_not_there_yet_and_leans_on_what_is(file):
    assert file not in files() or told(file) == new_files()[file]
    assert (ROOT / file).parent.is_dir()
    if file.endswith(".py"):
        for node in ast.walk(ast.parse(new_files()[file])):
            if isinstance(node, ast.ImportFrom) and node.module.partition(".")[0] in ("blueprints", "models", "tests"):
                assert _exports(node.module) >= {each.name for each in node.names}, node.module


def _exports(module: str) -> set[str]:
    """What it defines or takes from others."""
    path = module.replace(".", "/")
    text = new_files().get(f"{path}.py") or next(
        (ROOT / each).read_text(encoding="utf-8")
        for each in (f"{path}.py", f"{path}/__init__.py")
        if (ROOT / each).is_file()
    )
    return set(re.findall(r"\w+", text))
