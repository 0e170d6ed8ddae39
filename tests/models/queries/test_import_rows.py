"""What files say of the house and what its tables hold are one thing."""

from __future__ import annotations

from models.queries.import_rows import attributes
from models.rules.files.coming import DATED
from models.tables.municipality import OccupancyRule
from models.tables.space import SpacePolicyRow


def test_what_holds_from_a_date_on_is_what_the_tables_date():
    assert DATED["spaces"] == {column.name for column in attributes(SpacePolicyRow, "spaces").values()}
    assert DATED["occupancy_rules"] == {
        column.name for column in attributes(OccupancyRule, "occupancy_rules").values()
    } - {"code", "valid_from"}
