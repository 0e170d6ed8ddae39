"""What a scrape of /metrics tells of database, mail and worker: asked as /readyz asks, of nothing that is over."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from blueprints.web.readiness import State


class Watched(Collector):
    """Where the database does not answer, that is told, and nothing else."""

    def __init__(self, state: State, now: datetime) -> None:
        self.state, self.found, self.now = state, state.found, now

    def collect(self) -> Iterator[Metric]:
        yield _gauge("database_up", "1 where the database answers within a second.", int(self.found is not None))
        if self.found is None:
            return
        mail = self.found.mail
        yield _gauge("database_locked_seconds", "For how long nobody can write.", self.state.locked_seconds)
        yield _gauge("outbox_waiting", "Mails not sent yet.", mail.waiting)
        yield _gauge("outbox_late_seconds", "Since when the first of them is due.", self._age(mail.due_since))
        yield _gauge("outbox_tried", "Mails that were tried in vain and wait for another try.", mail.tried)
        yield _gauge("outbox_refused", "Mails that were refused for good.", mail.refused)
        rounds = GaugeMetricFamily(
            "trefpunt_worker_round_age_seconds", "Since the worker's last round.", labels=("job",)
        )
        for job, ended_at in self.found.rounds:
            rounds.add_metric((job,), self._age(ended_at))
        yield rounds

    def _age(self, since: datetime | None) -> float:
        return max(0.0, (self.now - since).total_seconds()) if since is not None else 0.0


def _gauge(name: str, words: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"trefpunt_{name}", words, value=value)
