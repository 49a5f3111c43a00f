"""Refusals that only the edge knows. The words stand in ``channels/words/errors.yml`` by code."""

from __future__ import annotations


class EdgeError(Exception):
    """A request that the edge refuses. ``code`` names the sentence, ``status`` the HTTP answer."""

    code = "bad_request"
    status = 400

    def __init__(self, code: str = "") -> None:
        self.code = code or self.code
        super().__init__(self.code)


class BadForm(EdgeError):
    """A form or body that is not one of ours, or is too old."""


class NoVisitor(EdgeError):
    """A visitor session that is missing, forged or expired."""

    code = "no_visitor"
    status = 401


class TooFast(EdgeError):
    """More requests than one address or visitor may make."""

    code = "too_fast"
    status = 429


class StreamsFull(EdgeError):
    """All places for live streams are taken; the page asks every few seconds instead."""

    code = "streams_full"
    status = 503
