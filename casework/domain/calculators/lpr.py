"""The one-year loan prime rate (一年期LPR) on a day, from ``casework/data/lpr.yml``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from casework.domain.calculators.spec import table

TABLE = "lpr"


@dataclass(frozen=True)
class Rate:
    """``percent`` a year; ``sure`` is False after the last publication the table knows."""

    percent: Decimal
    sure: bool


def rate_on(day: date) -> Rate | None:
    """The rate in force on ``day``; None before the first publication, 20 August 2019."""
    content = table(TABLE).content
    rows: dict[date, Any] = content["rows"]
    published = [since for since in rows if since <= day]
    if not published:
        return None
    return Rate(Decimal(str(rows[max(published)])), day <= content["known_until"])
