"""Counts and times of requests, right with any number of processes of one machine.

Each process of gunicorn writes its own files in ``PROMETHEUS_MULTIPROC_DIR``, which
``suno_portal/gunicorn.py`` sets and ``suno_portal/wsgi.py`` empties at a start; whichever answers
``/metrics`` adds them up. Without that variable (commands, tests) the numbers are those of this
process.
"""

import os

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

FOLDER_VARIABLE = "PROMETHEUS_MULTIPROC_DIR"
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)  # seconds
METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
ROUTES = {"/healthz", "/readyz", "/metrics"}  # answered before an address is resolved

_own = CollectorRegistry()
_seconds = Histogram(
    "suno_portal_http_request_seconds",
    "Seconds until the response began, by the name of the address.",
    ["route"],
    buckets=BUCKETS,
    registry=_own,
)
_responses = Counter(
    "suno_portal_http_responses",
    "Responses, by the name of the address.",
    ["method", "route", "status"],
    registry=_own,
)


def record(request: HttpRequest, response: HttpResponseBase, seconds: float) -> None:
    """Count a response that began ``seconds`` after its request."""
    method = request.method if request.method in METHODS else "other"
    route = route_of(request)
    _seconds.labels(route).observe(seconds)
    _responses.labels(method, route, response.status_code).inc()


def route_of(request: HttpRequest) -> str:
    """Return the name of the address of ``request``; none has an id or a token in it."""
    if request.path in ROUTES:
        return request.path.strip("/")
    if match := request.resolver_match:
        return match.view_name
    return "static" if request.path.startswith(str(settings.STATIC_URL)) else "unknown"


def exposition() -> bytes:
    """Return the metrics of requests in the text format of Prometheus."""
    registry = _own
    if folder := os.environ.get(FOLDER_VARIABLE):
        registry = CollectorRegistry()
        MultiProcessCollector(registry, path=folder)  # type: ignore[no-untyped-call]
    return generate_latest(registry)
