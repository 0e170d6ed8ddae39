"""How much a function is told by position: what travels together is a value of its own."""

from __future__ import annotations

import ast

from tests.house.source import modules

MOST = 6


def test_no_function_takes_more_than_six_things_by_position():
    found = [
        f"{module.name}.{function.name} takes {len(given)}"
        for module in modules()
        for function in ast.walk(module.tree)
        if isinstance(function, ast.FunctionDef)
        if len(
            given := [
                each for each in (*function.args.posonlyargs, *function.args.args) if each.arg not in ("self", "cls")
            ]
        )
        > MOST
    ]
    assert found == []
