"""Whatever answer shows a token or a calendar's address says so (shows_a_key), and is never packed."""

from __future__ import annotations

import ast

from tests.house.source import Module, modules

MAKES_ONE, SAYS_SO = "new_token", "shows_a_key"
IN_AN_ADDRESS = {"feed_url", "webcal_url"}
SHOW_NOBODY = ("blueprints.commands", "blueprints.feeds.links")  # it prints, and it only says how an address is written


def test_every_view_that_has_a_key_to_show_says_so():
    keys = _makers() | IN_AN_ADDRESS
    called = {each.name: set(each.calls()) for each in modules() if each.is_in("blueprints")}
    showing = {name for name, calls in called.items() if calls & keys and not name.startswith(SHOW_NOBODY)}
    assert len(showing) >= 3
    assert {name for name in showing if SAYS_SO not in called[name]} == set()


def _makers() -> set[str]:
    """The actions that give a fresh key to whoever calls them; that of a session stays within sign_in()."""
    found = {name for each in modules() if each.is_in("models.actions") for name in _calling(each, MAKES_ONE)}
    assert found >= {"create_token", "make_feed"}
    return found


def _calling(module: Module, what: str) -> set[str]:
    return {
        function.name
        for function in module.tree.body
        if isinstance(function, ast.FunctionDef)
        and any(isinstance(node, ast.Call) and ast.unparse(node.func) == what for node in ast.walk(function))
    }
