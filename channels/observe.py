"""What an operator sees of the edge: a log line and two metrics for every request.

Routes are named by their rule, never by the address asked for, so that no matter number and no
query ever reaches a log.
"""

from __future__ import annotations

import time

import structlog
from flask import Flask, Response, g, request
from prometheus_client import CollectorRegistry, Counter, Histogram

log = structlog.get_logger(__name__)

QUIET = frozenset({"static", "widget.static", "console.static", "api.healthz", "api.metrics"})


class Meters:
    """The metrics of one application."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "suqiu_http_requests",
            "Requests by route, method and status",
            ["route", "method", "status"],
            registry=self.registry,
        )
        self.seconds = Histogram(
            "suqiu_http_seconds",
            "Time until the answer begins",
            ["route"],
            registry=self.registry,
            buckets=(0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2, 4, 8, 16),
        )


def watch(app: Flask) -> None:
    meters = app.extensions["suqiu.meters"] = Meters()

    @app.before_request
    def begin() -> None:
        g.began = time.perf_counter()

    @app.after_request
    def note(response: Response) -> Response:
        seconds = time.perf_counter() - g.get("began", time.perf_counter())
        route = request.endpoint or "unknown"
        meters.requests.labels(route, request.method, str(response.status_code)).inc()
        meters.seconds.labels(route).observe(seconds)
        if route not in QUIET:
            log.info(
                "request",
                route=route,
                method=request.method,
                status=response.status_code,
                ms=round(seconds * 1000, 1),
            )
        return response
