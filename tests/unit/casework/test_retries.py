"""What follows a failed delivery, as a table."""

from __future__ import annotations

import pytest

from casework.domain.retries import SCHEDULES, SLOW_SECONDS, GiveUp, Retry, decide


@pytest.mark.parametrize(
    ("kind", "code", "attempts", "retry_after", "expected"),
    [
        # docs/petition-http.md
        ("matter", "400", 1, None, GiveUp("400")),
        ("matter", "404", 1, None, GiveUp("404")),
        ("matter", "405", 1, None, GiveUp("405")),
        ("matter", "409", 1, None, GiveUp("409")),
        ("matter", "410", 1, None, GiveUp("410")),
        ("matter", "413", 1, None, GiveUp("413")),
        ("matter", "415", 1, None, GiveUp("415")),
        ("matter", "422", 1, None, GiveUp("422")),
        ("matter", "401", 1, None, Retry(600)),
        ("matter", "403", 6, None, Retry(3600)),
        ("matter", "408", 1, None, Retry(10)),
        ("matter", "425", 1, None, Retry(10)),
        ("matter", "429", 1, None, Retry(10)),
        ("matter", "429", 1, 300, Retry(300)),
        ("matter", "429", 4, 5, Retry(600)),  # a wish cannot shorten the wait
        ("matter", "500", 1, None, Retry(10)),
        ("matter", "503", 2, None, Retry(30)),
        ("matter", "503", 10, None, Retry(86_400)),
        ("matter", "503", 11, None, GiveUp("503 after 11 attempts")),
        ("matter", "302", 1, None, Retry(10)),
        ("matter", "bad_answer", 3, None, Retry(120)),
        ("matter", "timeout", 1, None, Retry(10)),
        ("matter", "unreachable", 1, None, Retry(10)),
        ("matter", "no_system", 1, None, GiveUp("no_system")),
        ("matter", "never heard of", 1, None, Retry(10)),
        ("matter", "503", 0, None, Retry(10)),
        # pushes to a citizen
        ("push", "busy", 1, 5, Retry(5)),
        ("push", "token", 1, 60, Retry(60)),
        ("push", "timeout", 2, None, Retry(5)),
        ("push", "unreachable", 6, None, Retry(1800)),
        ("push", "unreachable", 7, None, GiveUp("unreachable after 7 attempts")),
        ("push", "rate_limited", 1, 3600, Retry(3600)),
        ("push", "rate_limited", 1, None, Retry(600)),
        ("push", "ip_not_allowed", 1, None, Retry(600)),
        ("push", "window_closed", 1, None, GiveUp("window_closed")),
        ("push", "quota", 1, None, GiveUp("quota")),
        ("push", "bad_recipient", 1, None, GiveUp("bad_recipient")),
        ("push", "not_following", 1, None, GiveUp("not_following")),
        ("push", "not_permitted", 1, None, GiveUp("not_permitted")),
        ("push", "misconfigured", 1, None, GiveUp("misconfigured")),
        ("push", "too_long", 1, None, GiveUp("too_long")),
        ("push", "refused", 1, None, GiveUp("refused")),
        ("push", "no_sender", 1, None, GiveUp("no_sender")),
        # a wording for staff
        ("wording", "unreachable", 1, None, Retry(30)),
        ("wording", "timeout", 3, None, Retry(1800)),
        ("wording", "timeout", 4, None, GiveUp("timeout after 4 attempts")),
        ("wording", "not_json", 1, None, Retry(30)),
        ("wording", "503", 1, 600, Retry(600)),
        ("wording", "401", 1, None, Retry(600)),
        ("wording", "404", 1, None, Retry(600)),  # a model that is not pulled yet
        ("wording", "400", 1, None, GiveUp("400")),
        ("wording", "not_own", 1, None, GiveUp("not_own")),
    ],
)
def test_the_decision_for_a_code(
    kind: str, code: str, attempts: int, retry_after: float | None, expected: object
) -> None:
    assert decide(kind, code, attempts, retry_after) == expected


@pytest.mark.parametrize("kind", SCHEDULES)
def test_every_failure_ends_and_the_waits_only_grow(kind: str) -> None:
    waits = []
    for attempt in range(1, 100):
        decision = decide(kind, "unreachable", attempt)
        if isinstance(decision, GiveUp):
            break
        waits.append(decision.after)
    assert len(waits) == len(SCHEDULES[kind])
    assert waits == sorted(waits)


def test_a_matter_is_tried_for_longer_than_a_weekend() -> None:
    assert sum(SCHEDULES["matter"][:-1]) + SCHEDULES["matter"][-1] > 46 * 3600
    assert SLOW_SECONDS == 600
