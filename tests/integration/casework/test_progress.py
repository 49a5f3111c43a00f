"""What has become of a matter, told to nobody but who may know."""

from __future__ import annotations

import pytest

from casework.adapters.store import SqlStore
from casework.domain.errors import TooManyAttempts, UnknownMatter
from casework.domain.matter import MatterKind, MatterStatus
from casework.domain.people import Staff
from casework.matters import Matters
from casework.progress import ATTEMPTS, Progress
from casework.texts import Texts
from tests.fakes.clock import FakeClock
from tests.fakes.limiter import FakeLimiter
from tests.integration.casework.conftest import Town, confirmed_matter


@pytest.fixture
def progress(
    casework_store: SqlStore, clock: FakeClock, texts: Texts, limiter: FakeLimiter
) -> Progress:
    return Progress(casework_store, clock, texts, limiter)


def _ask(town: Town, progress: Progress, words: str, sender: str = "李四") -> str:
    receipt = town.write(words, sender=sender)
    return "\n".join(r.text for r in progress.look_up(receipt.conversation_id, receipt.message_id))


@pytest.mark.parametrize(
    "typed",
    [
        "{number} {code}",
        "我的编号是{number}，查询码{code}，请问到哪一步了",
        "{lower} {code_lower}",
        "{code} {number}",
        "编号：{wide} 查询码：{code}",
    ],
)
def test_number_and_code_tell_where_a_matter_stands_however_they_are_typed(
    town: Town, progress: Progress, typed: str
) -> None:
    matter = confirmed_matter(town)
    wide = "".join(chr(ord(c) + 0xFEE0) if c.isalnum() else c for c in matter.number)
    words = typed.format(
        number=matter.number,
        code=matter.code,
        lower=matter.number.lower(),
        code_lower=matter.code.lower(),
        wide=wide,
    )
    told = _ask(town, progress, words)
    assert matter.number in told
    assert town.texts.say("progress.status.submitted") in told
    assert "2026年11月23日" in told


def test_a_wrong_number_and_a_wrong_code_get_the_same_answer(
    town: Town, progress: Progress
) -> None:
    matter = confirmed_matter(town)
    wrong_code = _ask(town, progress, f"{matter.number} AAAA-2222")
    wrong_number = _ask(town, progress, f"XF20261123-9999 {matter.code}")
    assert wrong_code == wrong_number == town.texts.say("progress.wrong")


def test_the_web_form_refuses_both_alike_and_whatever_is_typed(
    town: Town, progress: Progress
) -> None:
    matter = confirmed_matter(town)
    assert progress.by_code(matter.number, matter.code, "10.0.0.1").number == matter.number
    for number, code in [
        (matter.number, "AAAA-2222"),
        ("XF20261123-9999", matter.code),
        ("", ""),
        ("'; --", "\ud800"),
        (matter.number, ""),
        ("9" * 100_000, "9" * 100_000),
        ("", "2222-2222"),
    ]:
        with pytest.raises(UnknownMatter):
            progress.by_code(number, code, f"client {number[:3]} {len(code)}")


def test_guessing_codes_is_stopped(town: Town, progress: Progress, limiter: FakeLimiter) -> None:
    matter = confirmed_matter(town)
    for _ in range(ATTEMPTS):
        with pytest.raises(UnknownMatter):
            progress.by_code(matter.number, "AAAA-2222", "10.0.0.1")
    with pytest.raises(TooManyAttempts):
        progress.by_code(matter.number, matter.code, "10.0.0.1")
    assert progress.by_code(matter.number, matter.code, "10.0.0.2")
    for _ in range(ATTEMPTS):
        _ask(town, progress, f"{matter.number} AAAA-2222")
    assert _ask(town, progress, f"{matter.number} {matter.code}") == town.texts.say(
        "progress.too_many"
    )


def test_a_number_alone_tells_a_stranger_nothing_not_even_that_it_exists(
    town: Town, progress: Progress
) -> None:
    matter = confirmed_matter(town)
    assert _ask(town, progress, matter.number) == town.texts.say("progress.ask_code")
    assert _ask(town, progress, "XF20261123-9999", sender="王五") == town.texts.say(
        "progress.ask_code"
    )


def test_the_code_may_come_in_the_next_message(town: Town, progress: Progress) -> None:
    matter = confirmed_matter(town)
    _ask(town, progress, f"查一下{matter.number}")
    assert matter.number in _ask(town, progress, matter.code)


def test_a_code_without_a_number_asks_for_the_number(town: Town, progress: Progress) -> None:
    confirmed_matter(town)
    assert _ask(town, progress, "K7QM-3XPD") == town.texts.say("progress.ask_number")


def test_somebody_who_asks_in_their_own_conversation_needs_no_code(
    town: Town, progress: Progress
) -> None:
    matter = confirmed_matter(town, sender="张三")
    assert matter.number in _ask(town, progress, "我的事办得怎么样了", sender="张三")
    assert matter.number in _ask(town, progress, matter.number, sender="张三")
    assert _ask(town, progress, "办得怎么样了", sender="李四") == town.texts.say("progress.ask")


def test_several_matters_are_listed_newest_first(town: Town, progress: Progress) -> None:
    first = confirmed_matter(town)
    town.clock.advance(days=1)
    second = confirmed_matter(town, MatterKind.CONSULTATION)
    told = _ask(town, progress, "进展", sender="张三")
    assert told.index(second.number) < told.index(first.number)
    assert town.texts.say("progress.kind.consultation") in told


def test_a_clerks_change_and_public_note_are_told_an_internal_note_is_not(
    town: Town, progress: Progress, casework_store: SqlStore, clock: FakeClock, clerk: Staff
) -> None:
    matter = confirmed_matter(town)
    matters = Matters(casework_store, clock)
    matters.change_status(
        clerk, matter.number, MatterStatus.REGISTERED, "内部：先核实", public=False
    )
    matters.change_status(clerk, matter.number, MatterStatus.FORWARDED, "已转县人社局")
    matters.add_note(clerk, matter.number, "只给同事看")
    told = _ask(town, progress, f"{matter.number} {matter.code}")
    assert town.texts.say("progress.status.forwarded") in told
    assert "已转县人社局" in told
    assert "内部" not in told
    assert "只给同事看" not in told
    assert "第二十三条" in told


def test_the_summary_is_never_told(town: Town, progress: Progress) -> None:
    matter = confirmed_matter(town)
    assert "工资" not in _ask(town, progress, f"{matter.number} {matter.code}")
    assert "工资" not in str(progress.by_code(matter.number, matter.code, "x"))
