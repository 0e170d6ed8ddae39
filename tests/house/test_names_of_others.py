"""What a library keeps to itself may be gone in its next version: nothing of ours leans on it."""

from __future__ import annotations

import ast
from functools import cache
from importlib import import_module

from tests.house.source import ROOT, modules

PLACES = ("blueprints", "models", "migrations", "tests")
OURS = ("app", "blueprints", "models", "tests")
# Begin with a line for another reason, and stand in their library's documentation.
DOCUMENTED = {
    "_replace",
    "_fields",
    "_asdict",
    "_mapping",
    "_get_current_object",
    "_value",
    "_undefined_obj",
    "_undefined_name",
}


def is_private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__") and name.strip("_") != "" and name not in DOCUMENTED


@cache
def files() -> tuple[tuple[str, ast.Module], ...]:
    paths = (ROOT / "app.py", *(path for place in PLACES for path in sorted((ROOT / place).rglob("*.py"))))
    return tuple(
        (str(path.relative_to(ROOT)), ast.parse(path.read_text(encoding="utf-8")))
        for path in paths
        if "node_modules" not in path.parts
    )


def defined_in(tree: ast.Module) -> set[str]:
    functions = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    stored = {
        node.attr if isinstance(node, ast.Attribute) else node.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute | ast.Name) and isinstance(node.ctx, ast.Store)
    }
    return functions | stored


def test_a_private_name_is_used_only_where_it_is_defined():
    strays = []
    for path, tree in files():
        used = [node for node in ast.walk(tree) if isinstance(node, ast.Attribute) and is_private(node.attr)]
        known = defined_in(tree) if used else set()
        strays += [f"{path}:{node.lineno} {node.attr}" for node in used if node.attr not in known]
    assert strays == []


def test_no_private_name_is_imported_from_a_library():
    imports = [(path, node) for path, tree in files() for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    strays = [
        f"{path}:{node.lineno} {alias.name}"
        for path, node in imports
        for alias in node.names
        if is_private(alias.name) and node.module.partition(".")[0] not in OURS
    ]
    assert strays == []


def test_no_class_overrides_what_a_library_keeps_to_itself():
    strays = []
    for module in modules():
        for node in module.tree.body:
            own = {each.name for each in getattr(node, "body", ()) if isinstance(each, ast.FunctionDef)}
            if isinstance(node, ast.ClassDef) and node.bases and any(map(is_private, own)):
                bases = getattr(import_module(module.name), node.name).__mro__[1:]
                strays += [
                    f"{module.name}.{node.name}.{name}"
                    for name in filter(is_private, own)
                    for base in bases
                    if base.__module__.partition(".")[0] not in OURS and name in vars(base)
                ]
    assert strays == []
