"""One row by one statement, past session and transaction: for what is asked day and night, where what SQLAlchemy puts
around a statement would cost more than the statement. Connections, and how long they wait, are the engine's."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Any

import psycopg
from sqlalchemy import PoolProxiedConnection
from sqlalchemy.exc import DBAPIError

from models.tables.db import db


def row_at_once(statements: Mapping[str, str], values: Mapping[str, object]) -> tuple[Any, ...] | None:
    """The first row of what it finds, as the driver has it, or what the engine would raise. `statements`: by dialect,
    as its driver takes values."""
    dialect = db.engine.dialect
    statement = statements[dialect.name]
    try:
        connection = db.engine.raw_connection()
        try:
            return _fetched(connection, statement, values)
        finally:
            connection.close()
    except (sqlite3.Error, psycopg.Error) as error:
        raise DBAPIError.instance(statement, None, error, type(error), hide_parameters=True, dialect=dialect) from error


def _fetched(connection: PoolProxiedConnection, statement: str, values: Mapping[str, object]) -> tuple[Any, ...] | None:
    driver = connection.driver_connection
    if isinstance(driver, psycopg.Connection):
        driver.autocommit = True  # without a transaction there is nothing to begin and to end
    try:
        cursor = connection.cursor()
        cursor.execute(statement, values)
        return cursor.fetchone()
    finally:
        if isinstance(driver, psycopg.Connection) and not driver.closed:
            driver.autocommit = False
