"""Bookings, plans, receipts and evacuations have a handle: outside the house nothing has a number any more.

The database makes one of its own accord, whoever writes. SQLite adds no column whose default is worked out; but a
default is words of the schema alone, so it is put there afterwards, as SQLite's page on ALTER TABLE says how. Making
the tables anew would take their triggers away.
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

TABLES = ("booking", "plan", "receipt", "evacuation")
# Sixteen of 0-9 and a-f, without what reads as another: 0 as o, 1 as l.
RANDOM = {
    "sqlite": "(replace(replace(lower(hex(randomblob(8))), '0', 'g'), '1', 'h'))",
    "postgresql": "translate(right(replace(gen_random_uuid()::text, '-', ''), 16), '01', 'gh')",
}


def upgrade() -> None:
    dialect = op.get_bind().dialect.name
    for table in TABLES:
        default = sa.text(RANDOM[dialect]) if dialect == "postgresql" else ""
        op.add_column(table, sa.Column("handle", sa.String(), server_default=default, nullable=False))
        if dialect == "sqlite":
            op.execute(f"UPDATE {table} SET handle = {RANDOM[dialect]}")
        op.create_index(op.f(f"ix_{table}_handle"), table, ["handle"], unique=True)
    if dialect == "sqlite":
        _let_sqlite_make_them()


def downgrade() -> None:
    for table in TABLES:
        op.drop_index(op.f(f"ix_{table}_handle"), table)
        op.drop_column(table, "handle")


def _let_sqlite_make_them() -> None:
    connection = op.get_bind()
    version = connection.exec_driver_sql("PRAGMA schema_version").scalar_one()
    connection.exec_driver_sql("PRAGMA writable_schema = ON")
    for table in TABLES:
        connection.exec_driver_sql(
            "UPDATE sqlite_master SET sql = replace(sql, ?, ?) WHERE type = 'table' AND name = ?",
            ("handle VARCHAR DEFAULT '' NOT NULL", f"handle VARCHAR DEFAULT {RANDOM['sqlite']} NOT NULL", table),
        )
    connection.exec_driver_sql(f"PRAGMA schema_version = {version + 1}")  # others read the schema anew
    connection.exec_driver_sql("PRAGMA writable_schema = OFF")
