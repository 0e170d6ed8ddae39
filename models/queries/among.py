"""Many numbers asked for at once, in one parameter: the statement stays the same however many there are."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ARRAY, Boolean, ColumnElement, Dialect, Integer, String, bindparam
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator, TypeEngine


class Numbers(TypeDecorator[Sequence[int]]):
    """A PostgreSQL array; on SQLite, which has none, JSON."""

    impl = String
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:  # Any: of text or of whole numbers
        return dialect.type_descriptor(ARRAY(Integer) if dialect.name == "postgresql" else String())

    def process_bind_param(self, value: Sequence[int] | None, dialect: Dialect) -> object:
        numbers = list(value or ())
        return numbers if dialect.name == "postgresql" else json.dumps(numbers)


class _IsAmong(FunctionElement[bool]):
    """Of a column and a parameter."""

    type = Boolean()
    inherit_cache = True


def among(column: Any, name: str) -> ColumnElement[bool]:  # Any: a mapped attribute, which SQLAlchemy calls many things
    """Whether a column is one of the numbers that the parameter `name` holds."""
    return _IsAmong(column, bindparam(name, type_=Numbers()))


@compiles(_IsAmong, "postgresql")
def _in_an_array(asked: _IsAmong, compiler: SQLCompiler, **how: Any) -> str:  # Any: as SQLAlchemy hands it on
    column, numbers = (compiler.process(each, **how) for each in asked.clauses)
    return f"{column} = ANY({numbers})"


@compiles(_IsAmong)
def _in_json(asked: _IsAmong, compiler: SQLCompiler, **how: Any) -> str:  # Any: as SQLAlchemy hands it on
    column, numbers = (compiler.process(each, **how) for each in asked.clauses)
    return f"{column} IN (SELECT value FROM json_each({numbers}))"
