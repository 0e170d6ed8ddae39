"""The guard as a database has it, to compare; and taken away, to be put in place anew."""

from __future__ import annotations

from sqlalchemy import Connection, text

QUESTIONS = {
    "sqlite": ["SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"],
    "postgresql": [
        "SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
        "SELECT proname, prosrc FROM pg_proc WHERE oid IN (SELECT tgfoid FROM pg_trigger WHERE NOT tgisinternal)",
        "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint "
        "WHERE conname IN ('ck_booking_at_most_a_day', 'space_taken')",
    ],
}


def guard_in(connection: Connection) -> dict[str, str]:
    """Each trigger, function and constraint of it, however its SQL is laid out."""
    return {
        f"{sort} {name}": " ".join(sql.split())
        for sort, question in enumerate(QUESTIONS[connection.dialect.name])
        for name, sql in connection.execute(text(question))
    }


def take_away(connection: Connection) -> None:
    """Functions take their triggers with them."""
    if connection.dialect.name == "sqlite":
        for name in connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).scalars().all():
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        return
    connection.exec_driver_sql(
        "DROP FUNCTION booking_takes_its_place, house_is_revised, bookings_revision_is_raised,"
        " days_of_booking_are_revised, days_of_booking_caller_are_revised, days_of_approval_are_revised,"
        " booking_joins_the_crowd, space_takes_its_crowd_along, floor_takes_its_crowd_along CASCADE"
    )
    connection.exec_driver_sql("ALTER TABLE booking DROP CONSTRAINT ck_booking_at_most_a_day")
    connection.exec_driver_sql("ALTER TABLE occupation DROP CONSTRAINT space_taken")
