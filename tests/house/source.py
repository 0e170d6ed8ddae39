"""Our Python as the house tests read it: modules, what they import, what they call."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Module:
    name: str
    path: Path
    tree: ast.Module

    def is_in(self, *packages: str) -> bool:
        return any(self.name == package or self.name.startswith(f"{package}.") for package in packages)

    def imports(self) -> Iterator[str]:
        """Each name imported, in full: `from models.tables import db` is models.tables.db."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                assert node.level == 0, f"{self.name} imports by dots: write the whole name"
                yield from (f"{node.module}.{alias.name}" for alias in node.names)

    def calls(self) -> Iterator[str]:
        """Each thing called, as written: `db.session.commit`, `select`."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call):
                yield ast.unparse(node.func)


@cache
def modules() -> tuple[Module, ...]:
    """app.py, blueprints/ and models/."""
    paths = [ROOT / "app.py", *sorted((ROOT / "blueprints").rglob("*.py")), *sorted((ROOT / "models").rglob("*.py"))]
    return tuple(map(module, paths))


def module(path: Path) -> Module:
    return Module(name_of(path), path, ast.parse(path.read_text(encoding="utf-8")))


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
