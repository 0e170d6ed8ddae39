"""How deep the suite digs: `quick` on every run, `deep` with `make test-deep`."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

QUICK, DEEP = "quick", "deep"
EXAMPLES = {QUICK: 20, DEEP: 300}


def draw_examples() -> None:
    """How many examples a property is tried on: others each run, so that every run may find something new.

    One that fails is printed with a line that plays it again, `@reproduce_failure`, to put above the test. None may
    fail for being slow: how fast the machine is, is no promise of ours. `--hypothesis-profile` chooses the other one.
    """
    for profile, examples in EXAMPLES.items():
        settings.register_profile(
            profile,
            max_examples=examples,
            derandomize=False,  # Hypothesis would draw the same ones for ever where it finds itself in a CI
            deadline=None,
            print_blob=True,
            suppress_health_check=[HealthCheck.too_slow],
        )
    settings.load_profile(QUICK)


def digs_deep(config) -> bool:
    return config.getoption("hypothesis_profile") == DEEP


def too_deep(items) -> list:
    """Those marked `deep`, which `make test-deep` alone runs."""
    return [item for item in items if item.get_closest_marker("deep")]
