"""What follows a delivery that failed, decided as a value.

The table of a matter's delivery is the one printed in docs/petition-http.md; that of pushes uses
the names a channel's sender reports (WeChat: ``channels/wechat/errcodes.py``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Meaning(StrEnum):
    """What a code says about trying again."""

    PASSING = "passing"  # not now: try again soon
    MENDABLE = "mendable"  # an operator can mend it: try again, but slowly
    FINAL = "final"  # never as it stands


@dataclass(frozen=True)
class Retry:
    """Try again after so many seconds."""

    after: float


@dataclass(frozen=True)
class GiveUp:
    """A dead letter: visible to staff, revived only by a person. ``why`` is for them."""

    why: str


Decision = Retry | GiveUp

_MINUTE, _HOUR = 60.0, 3600.0

# Seconds to wait after the first, second … failed attempt; after the last entry it is given up.
SCHEDULES: Mapping[str, tuple[float, ...]] = {
    # A matter is worth two days of trying: a weekend's outage must not lose it.
    "matter": (
        *(10.0, 30.0, 2 * _MINUTE, 10 * _MINUTE, 30 * _MINUTE),
        *(_HOUR, 3 * _HOUR, 6 * _HOUR, 12 * _HOUR, 24 * _HOUR),
    ),
    # A reply is worth reading for a while; the transcript keeps it in any case.
    "push": (2.0, 5.0, 15.0, _MINUTE, 5 * _MINUTE, 30 * _MINUTE),
    # A wording for staff: they have begun to read by then.
    "wording": (30.0, 5 * _MINUTE, 30 * _MINUTE),
}

# The least wait after a code that an operator has to mend.
SLOW_SECONDS = 10 * _MINUTE

_MATTER: Mapping[str, Meaning] = {
    **dict.fromkeys(
        ("400", "404", "405", "409", "410", "413", "415", "422", "no_system"), Meaning.FINAL
    ),
    **dict.fromkeys(("401", "403"), Meaning.MENDABLE),
    **dict.fromkeys(("408", "425", "429", "timeout", "unreachable", "bad_answer"), Meaning.PASSING),
}

_PUSH: Mapping[str, Meaning] = {
    **dict.fromkeys(
        (
            "bad_recipient",
            "not_following",
            "too_long",
            "window_closed",
            "quota",
            "not_permitted",
            "misconfigured",
            "refused",
            "no_sender",
            "no_recipient",
        ),
        Meaning.FINAL,
    ),
    **dict.fromkeys(("ip_not_allowed", "rate_limited"), Meaning.MENDABLE),
    **dict.fromkeys(("busy", "token", "timeout", "unreachable", "bad_answer"), Meaning.PASSING),
}

# What a service of one's own can mend by being restarted passes; what we would send again just so,
# and an address outside of one's own networks, does not.
_WORDING: Mapping[str, Meaning] = {
    **dict.fromkeys(("400", "405", "413", "415", "422", "not_own"), Meaning.FINAL),
    **dict.fromkeys(("401", "403", "404"), Meaning.MENDABLE),
    **dict.fromkeys(
        ("408", "429", "timeout", "unreachable", "bad_answer", "not_json", "no_paragraphs"),
        Meaning.PASSING,
    ),
}

TABLES: Mapping[str, Mapping[str, Meaning]] = {
    "matter": _MATTER,
    "push": _PUSH,
    "wording": _WORDING,
}


def meaning(kind: str, code: str) -> Meaning:
    """What ``code`` means for a delivery of this kind; an unknown code may pass."""
    return TABLES[kind].get(code, Meaning.PASSING)


def decide(kind: str, code: str, attempts: int, retry_after: float | None = None) -> Decision:
    """What to do after the failed attempt number ``attempts`` (from 1).

    ``retry_after`` is the receiver's own wish in seconds: it can lengthen the wait, not shorten it.
    """
    what = meaning(kind, code)
    if what is Meaning.FINAL:
        return GiveUp(code)
    schedule = SCHEDULES[kind]
    if attempts > len(schedule):
        return GiveUp(f"{code} after {attempts} attempts")
    wait = schedule[max(attempts, 1) - 1]
    if what is Meaning.MENDABLE:
        wait = max(wait, SLOW_SECONDS)
    return Retry(max(wait, retry_after or 0.0))
