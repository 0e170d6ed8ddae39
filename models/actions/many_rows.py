"""Thousands of rows of a table in one statement. The guard's triggers are woken once for it, and PostgreSQL gets each
column as one array: a name for each cell would take longer to write than the rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from sqlalchemy import Column, Connection, Table, bindparam, insert, update

from models.tables.db import db

Values = Mapping[str, object]


def add_rows(table: Table, rows: Sequence[Values]) -> list[int]:
    """The first column of each, in their order where the database numbers them. Each row says the same columns."""
    if not rows:
        return []
    connection, first = db.session.connection(), next(iter(table.primary_key.columns))
    is_numbered = len(table.primary_key.columns) == 1
    if connection.dialect.name == "sqlite":
        added = insert(table).returning(first, sort_by_parameter_order=is_numbered)
        return list(connection.execute(added, rows).scalars())
    rows = _with_defaults(table, rows)
    names = ", ".join(f'"{name}"' for name in rows[0])
    given = f"INSERT INTO {table.name} ({names}) SELECT {names} FROM {_arrays(table, rows[0], connection)}"
    # Numbers are given out in the order in which rows are inserted; in which they are told is not promised.
    asked = f'{given} ORDER BY nth RETURNING "{first.name}"'
    numbers = connection.exec_driver_sql(asked, _columns(table, rows, connection)).scalars()
    return sorted(numbers) if is_numbered else list(numbers)


def change_rows(table: Table, rows: Sequence[Values]) -> None:
    """Rows by their `number`; each says the same columns."""
    named, connection = [name for name in rows[0] if name != "number"], db.session.connection()
    if connection.dialect.name == "sqlite":
        changing = update(table).where(table.c.id == bindparam("number"))
        connection.execute(changing.values({name: bindparam(name) for name in named}), rows)
        return
    by_id: list[Values] = [{"id": row["number"], **{name: row[name] for name in named}} for row in rows]
    values_of = ", ".join(f'"{name}" = given."{name}"' for name in named)
    given = _arrays(table, by_id[0], connection)
    changed = f"UPDATE {table.name} SET {values_of} FROM {given} WHERE {table.name}.id = given.id"
    connection.exec_driver_sql(changed, _columns(table, by_id, connection))


def _arrays(table: Table, row: Values, connection: Connection) -> str:
    """Columns as a table called given, its rows counted by nth."""
    types = {name: table.c[name].type.compile(connection.dialect) for name in row}
    arrays = ", ".join(f"CAST(%({name})s AS {kind}[])" for name, kind in types.items())
    columns = ", ".join(f'"{name}"' for name in row)
    return f"unnest({arrays}) WITH ORDINALITY AS given ({columns}, nth)"


def _columns(table: Table, rows: Sequence[Values], connection: Connection) -> dict[str, list]:
    """By name, each value as the driver takes it."""
    found = {}
    for name in rows[0]:
        told = _as_driven(table.c[name], connection)
        found[name] = [row[name] for row in rows] if told is None else [told(row[name]) for row in rows]
    return found


def _as_driven(column: Column, connection: Connection) -> Callable[[object], object] | None:
    dialect = connection.dialect
    return column.type.dialect_impl(dialect).bind_processor(dialect)


def _with_defaults(table: Table, rows: Sequence[Values]) -> Sequence[Values]:
    """With what a new row has where nothing is said: what insert() would have put there."""
    unsaid = [column for column in table.columns if column.name not in rows[0] and column.default is not None]
    if not unsaid:
        return rows
    return [{**{column.name: _default(column) for column in unsaid}, **row} for row in rows]


def _default(column: Column) -> object:
    default = column.default
    if default is None or not (default.is_scalar or default.is_callable):
        raise TypeError(f"{column}: no value of this default is known before it is written")
    return default.arg(None) if default.is_callable else default.arg  # type: ignore[attr-defined]  # of both kinds
