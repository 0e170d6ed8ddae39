"""How many requests came and how long they took, by endpoint: never by address, which names rooms and holds tokens.

Whoever is not of the machine reads how many there were and how many failed, and no more: what is counted by endpoint
tells whoever asks each minute when somebody books, and by how long it took, what.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator

from flask import Flask, Response, g, request
from prometheus_client import REGISTRY, CollectorRegistry, Counter, Gauge, Histogram, generate_latest, multiprocess
from prometheus_client.metrics_core import CounterMetricFamily, Metric
from prometheus_client.registry import Collector

from models.tables.db import db
from models.tables.waits import tell_waits

OURS, OUR_REQUESTS = "trefpunt_", "trefpunt_http_requests"
REQUESTS = Counter(f"{OUR_REQUESTS}_total", "Requests answered.", ("endpoint", "method", "status"))
SECONDS = Histogram(
    "trefpunt_http_request_seconds",
    "Time to answer.",
    ("endpoint",),
    buckets=(0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1, 2.5, 5, 10),
)
REFUSALS = Counter("trefpunt_refusals_total", "Requests refused, by each rule that was told.", ("rule",))
SIGN_IN_FAILURES = Counter("trefpunt_sign_in_failures_total", "Names and passwords that opened nothing.")
LOCK_SECONDS = Histogram(
    "trefpunt_lock_wait_seconds",
    "How long a writer waited for its turn.",
    buckets=(0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 5),
)
POOL = Gauge("trefpunt_pool_in_use", "Connections in use as a request ended.", multiprocess_mode="livesum")
SIGN_IN = "account.open_session"
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


def start_metrics(app: Flask) -> None:
    app.before_request(_begin)
    app.after_request(_count)
    tell_waits(LOCK_SECONDS.observe)


class _Both(Collector):
    def __init__(self, registry: CollectorRegistry, watched: Collector) -> None:
        self.registry, self.watched = registry, watched

    def collect(self) -> Iterator[Metric]:
        yield from self.registry.collect()
        yield from self.watched.collect()


class InAll(Collector):
    """Every request as one of so many, and of ours nothing else."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self.registry = registry

    def collect(self) -> Iterator[Metric]:
        for metric in self.registry.collect():
            if metric.name == OUR_REQUESTS:
                yield _requests_in_all(metric)
            elif not metric.name.startswith(OURS):
                yield metric


def note_refused(rules: Iterable[str]) -> None:
    """Counted once a request, however often its reasons are told in it."""
    g.setdefault("refused_by", set()).update(rules)


def metrics_text(watched: Collector | None) -> bytes:
    """All there is, with what is `watched` beside; where that is None, only how many requests came and failed.

    Of all processes where PROMETHEUS_MULTIPROC_DIR names their common folder, else of the one that answers."""
    registry = REGISTRY
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        registry = CollectorRegistry()
        multiprocess.MultiProcessCollector(registry)
    told = CollectorRegistry()
    told.register(_Both(registry, watched) if watched is not None else InAll(registry))
    return generate_latest(told)


def _requests_in_all(metric: Metric) -> Metric:
    numbers = {"failed": 0.0, "answered": 0.0}
    for sample in metric.samples:
        if sample.name.endswith("_total"):
            numbers["failed" if sample.labels["status"].startswith("5") else "answered"] += sample.value
    found = CounterMetricFamily(OUR_REQUESTS, metric.documentation, labels=("outcome",))
    for outcome, number in numbers.items():
        found.add_metric((outcome,), number)
    return found


def count(endpoint: str, method: str, status: int, seconds: float | None) -> None:
    method = method if method in METHODS else "other"  # anyone can invent methods, and a label is kept
    REQUESTS.labels(endpoint, method, status).inc()
    if seconds is not None:
        SECONDS.labels(endpoint).observe(seconds)


def _begin() -> None:
    g.began = time.perf_counter()


def _count(response: Response) -> Response:
    endpoint = request.endpoint or "none"
    count(endpoint, request.method, response.status_code, time.perf_counter() - g.began if "began" in g else None)
    for rule in g.get("refused_by", ()):
        REFUSALS.labels(rule).inc()
    if endpoint == SIGN_IN and response.status_code != 303:
        SIGN_IN_FAILURES.inc()
    POOL.set(getattr(db.engine.pool, "checkedout", int)())
    return response
