"""How many requests came and how long they took, by endpoint: never by address, which names rooms and holds tokens."""

from __future__ import annotations

import os
import time

from flask import Flask, Response, g, request
from prometheus_client import REGISTRY, CollectorRegistry, Counter, Histogram, generate_latest, multiprocess

REQUESTS = Counter("trefpunt_http_requests_total", "Requests answered.", ("endpoint", "method", "status"))
SECONDS = Histogram(
    "trefpunt_http_request_seconds",
    "Time to answer.",
    ("endpoint",),
    buckets=(0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1, 2.5, 5, 10),
)
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


def start_metrics(app: Flask) -> None:
    app.before_request(_begin)
    app.after_request(_count)


def metrics_text() -> bytes:
    """Of all processes where PROMETHEUS_MULTIPROC_DIR names their common folder, else of the one that answers."""
    registry = REGISTRY
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        registry = CollectorRegistry()
        multiprocess.MultiProcessCollector(registry)
    return generate_latest(registry)


def _begin() -> None:
    g.began = time.perf_counter()


def _count(response: Response) -> Response:
    endpoint = request.endpoint or "none"
    method = request.method if request.method in METHODS else "other"  # anyone can invent methods, and a label is kept
    REQUESTS.labels(endpoint, method, response.status_code).inc()
    if "began" in g:
        SECONDS.labels(endpoint).observe(time.perf_counter() - g.began)
    return response
