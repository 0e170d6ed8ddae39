"""What a city of 3,800 spaces in five buildings asks, apart: `make bench-city`."""

from __future__ import annotations

from tests.benchmarks import big_house, pages, refusing, together
from tests.benchmarks.figures import Row, at_most

ROWS = (
    *refusing.refusals(30),
    Row("booking in a city of five buildings", at_most(app=8, db=4), refusing.booked),
    Row("first page after a manager's change, 8 at once", at_most(ms=500), together.after_a_change),
    Row("day of 40 rooms, repeated", (), lambda bench: bench.request(pages.TIMELINE)),
    Row("today", (), lambda bench: bench.request("/")),
)
TOWER = (
    Row(
        "plan of 75 desks among 3,000",
        (),
        lambda bench: bench.request(f"/desks?date={big_house.FULL_DAY}&view=plan&floor=T05"),
    ),
)
