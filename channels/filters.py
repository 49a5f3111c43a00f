"""How templates write times: in China, whatever the server's own zone."""

from __future__ import annotations

from datetime import datetime

from flask import Flask

from casework.domain.bureau import CHINA


def local(moment: datetime | str) -> datetime:
    at = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
    return at.astimezone(CHINA)


def clock(moment: datetime | str) -> str:
    """``09:05``"""
    return f"{local(moment):%H:%M}"


def day(moment: datetime | str) -> str:
    """``2026-11-22``"""
    return f"{local(moment):%Y-%m-%d}"


def minute(moment: datetime | str) -> str:
    """``2026-11-22 09:05``"""
    return f"{local(moment):%Y-%m-%d %H:%M}"


def register(app: Flask) -> None:
    for filter_ in (clock, day, minute):
        app.add_template_filter(filter_)
