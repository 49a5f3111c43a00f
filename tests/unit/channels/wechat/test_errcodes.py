"""The platform's error codes and what follows from them."""

from __future__ import annotations

import pytest

from casework.domain.retries import TABLES, GiveUp, Retry, decide
from channels.wechat.errcodes import ERRCODES, TOKEN, UNKNOWN, meaning


@pytest.mark.parametrize("errcode", sorted(ERRCODES))
def test_every_code_is_one_that_deliveries_decide_on(errcode: int) -> None:
    assert meaning(errcode).code in TABLES["push"]


@pytest.mark.parametrize("errcode", [45015, 45047, 40003, 43004, 48001, 45002])
def test_what_another_try_cannot_mend_is_not_tried_again(errcode: int) -> None:
    found = meaning(errcode)
    assert found.retry_after is None
    assert isinstance(decide("push", found.code, 1, found.retry_after), GiveUp)


@pytest.mark.parametrize("errcode", [-1, 45009, 45011, 40164, *sorted(TOKEN)])
def test_what_passes_is_tried_again_not_before_it_can_have_passed(errcode: int) -> None:
    found = meaning(errcode)
    assert found.retry_after is not None
    decision = decide("push", found.code, 1, found.retry_after)
    assert isinstance(decision, Retry)
    assert decision.after >= found.retry_after


def test_a_code_nobody_knows_is_a_refusal() -> None:
    assert meaning(99999) is UNKNOWN
