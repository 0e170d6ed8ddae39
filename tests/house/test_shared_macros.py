"""A macro that is imported is one for all threads of a process, and so is what Jinja knows of its escaping."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment
from jinja2.nodes import EvalContextModifier

TEMPLATES = Path(__file__).parents[2] / "templates"


def test_no_template_switches_escaping_for_a_while():
    """While one thread switches it back, all others find nothing in its place, and answer 500."""
    read = Environment()
    found = {path: read.parse(path.read_text(encoding="utf-8")) for path in TEMPLATES.rglob("*.*")}
    assert len(found) > 100
    assert [path.name for path, nodes in found.items() if nodes.find(EvalContextModifier)] == []
    assert read.parse("{% autoescape false %}{% endautoescape %}").find(EvalContextModifier)
