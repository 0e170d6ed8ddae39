"""Whoever finds something wrong with what was sent gives the facts that its sentence names: no gap is left open."""

from __future__ import annotations

import ast
import re

from blueprints.web import faults
from tests.house.source import modules

NAMED = {code: set(re.findall(r"%\((\w+)\)s", str(said))) for code, said in faults.SENTENCES.items()}
RAISED_BY = {"BadRequest", "BadValue", "BadBundle", "Fault", "fault"}


def calls():
    """Each fault that is made with its code written out: where, the code, and the facts given."""
    for module in modules():
        for call in (node for node in ast.walk(module.tree) if isinstance(node, ast.Call)):
            if ast.unparse(call.func).split(".")[-1] in RAISED_BY:
                codes = [each.value for each in call.args if isinstance(each, ast.Constant) and each.value in NAMED]
                given = {each.arg for each in call.keywords} | {
                    key.value for each in call.args if isinstance(each, ast.Dict) for key in each.keys
                }
                yield from ((f"{module.name}:{call.lineno}", code, given) for code in codes[-1:])


def test_whoever_finds_a_fault_gives_what_its_sentence_names():
    found = list(calls())
    assert len(found) > 100
    assert [
        (where, code, NAMED[code] - given)
        for where, code, given in found
        if NAMED[code] - given and None not in given and code != "unknown_choice"
    ] == []
