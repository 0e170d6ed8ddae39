"""Whoever is shown one booking, or works on it, comes through opened(): nobody looks at a talk in confidence unseen."""

from __future__ import annotations

import ast

from tests.house.source import modules

ASKS_FOR_ONE = frozenset({"booking_for", "booking_to_change"})


def calls(tree: ast.AST, names: frozenset[str]) -> list[ast.Call]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call) and ast.unparse(node.func) in names]


def test_a_page_or_call_that_asks_for_one_booking_says_that_it_is_opened():
    strays, found = [], 0
    for module in modules():
        if module.is_in("blueprints"):
            asked = calls(module.tree, ASKS_FOR_ONE)
            openings = calls(module.tree, frozenset({"opened"}))
            within = [each for opening in openings for each in calls(opening, ASKS_FOR_ONE)]
            strays += [f"{module.name}:{each.lineno}" for each in asked if each not in within]
            found += len(asked)
    assert found >= 6
    assert strays == []
