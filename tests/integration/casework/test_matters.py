"""The ledger: who sees what, and that every look and every change is written down."""

from __future__ import annotations

import pytest

from casework.adapters.store import SqlStore
from casework.domain.errors import BadTransition, NotAllowed, SealedMatter, UnknownMatter
from casework.domain.matter import MatterKind, MatterStatus
from casework.domain.people import Role, Staff
from casework.matters import Matters
from tests.fakes.clock import FakeClock
from tests.integration.casework.conftest import Town, confirmed_matter, member


@pytest.fixture
def matters(casework_store: SqlStore, clock: FakeClock) -> Matters:
    return Matters(casework_store, clock)


def test_a_clerk_sees_every_kind_and_a_lawyer_those_of_lawyers(
    town: Town, matters: Matters, clerk: Staff, lawyer: Staff
) -> None:
    for number, kind in enumerate(MatterKind):
        town.clock.advance(1)
        confirmed_matter(town, kind, sender=f"c{number}")
    assert matters.ledger(clerk).total == 4
    assert [m.kind for m in matters.ledger(clerk, MatterKind.PETITION).matters] == ["petition"]
    seen = matters.ledger(lawyer)
    assert [m.kind for m in seen.matters] == [MatterKind.LEGAL_AID, MatterKind.CONSULTATION]
    with pytest.raises(NotAllowed):
        matters.ledger(lawyer, MatterKind.PETITION)
    with pytest.raises(NotAllowed):
        matters.ledger(member(town.store, "管理员", Role.OPERATOR))


def test_pages_over_several_kinds_have_every_matter_once(
    town: Town, matters: Matters, lawyer: Staff
) -> None:
    kinds = [MatterKind.CONSULTATION, MatterKind.LEGAL_AID, MatterKind.CONSULTATION]
    wanted = []
    for number in range(7):
        town.clock.advance(1)
        wanted.append(confirmed_matter(town, kinds[number % 3], sender=f"c{number}").number)
    found = [matters.ledger(lawyer, page=page, size=3) for page in (1, 2, 3)]
    assert [m.number for page in found for m in page.matters] == wanted[::-1]
    assert {(page.total, page.pages) for page in found} == {(7, 3)}


def test_opening_a_matter_shows_the_citizens_words_and_is_logged(
    town: Town, matters: Matters, clerk: Staff
) -> None:
    matter = confirmed_matter(town)
    town.clock.advance(60)
    town.say("后来说的话", sender="张三")
    opened = matters.open(clerk, f" {matter.number.lower()} ")
    assert opened.matter == matter
    assert [u.text for u in opened.words] == ["公司拖欠我三个月工资"]
    assert [d.state for d in opened.deliveries] == ["pending"]
    assert (opened.events[-1].what, opened.events[-1].by) == ("viewed", clerk.id)
    assert not opened.events[-1].public
    with town.store.reading() as work:
        assert [(by, what) for _, by, what, _ in work.audit.about(matter.id)] == [
            (clerk.id, "opened")
        ]


def test_words_beyond_one_page_of_the_transcript_are_all_shown(
    town: Town, matters: Matters, clerk: Staff
) -> None:
    for number in range(120):
        town.say(f"第{number}句", sender="张三")
    matter = confirmed_matter(town)
    assert len(matters.open(clerk, matter.number).words) == 121


def test_a_lawyer_cannot_open_a_petition(town: Town, matters: Matters, lawyer: Staff) -> None:
    with pytest.raises(NotAllowed):
        matters.open(lawyer, confirmed_matter(town).number)


@pytest.mark.parametrize("number", ["XF20261123-0001", "", "\x00", "\ud800", "' OR 1=1", "９" * 13])
def test_an_unknown_number_is_said_to_be_unknown(
    matters: Matters, clerk: Staff, number: str
) -> None:
    with pytest.raises(UnknownMatter):
        matters.open(clerk, number)


def test_the_status_moves_only_as_the_rules_allow(
    town: Town, matters: Matters, clerk: Staff
) -> None:
    number = confirmed_matter(town).number
    with pytest.raises(BadTransition):
        matters.change_status(clerk, number, MatterStatus.CLOSED)
    matters.change_status(clerk, number, MatterStatus.REGISTERED)
    changed = matters.change_status(clerk, number, MatterStatus.ACCEPTED, "已受理，张科长办理")
    assert (changed.status, changed.handler_id) == (MatterStatus.ACCEPTED, clerk.id)
    events = matters.open(clerk, number).events
    assert [e.status for e in events if e.what == "status"] == ["registered", "accepted"]


def test_a_sealed_matter_does_not_exist_for_anybody_but_a_supervisor_with_a_reason(
    town: Town, matters: Matters, clerk: Staff, supervisor: Staff
) -> None:
    matter = confirmed_matter(town, sealed=True)
    assert matters.ledger(clerk).total == matters.ledger(supervisor).total == 0
    for attempt in (
        lambda: matters.open(clerk, matter.number),
        lambda: matters.open_sealed(clerk, matter.number, "想看看"),
        lambda: matters.change_status(clerk, matter.number, MatterStatus.REGISTERED),
        lambda: matters.add_note(clerk, matter.number, "记一笔"),
    ):
        with pytest.raises(UnknownMatter):
            attempt()
    with pytest.raises(SealedMatter):
        matters.open(supervisor, matter.number)
    with pytest.raises(SealedMatter):
        matters.open_sealed(supervisor, matter.number, " \u200b")
    opened = matters.open_sealed(supervisor, matter.number, "纪检要求核对")
    assert opened.matter.summary == {"title": "拖欠工资"}
    with town.store.reading() as work:
        (logged,) = work.audit.about(matter.id)
    assert logged[1:] == (supervisor.id, "opened sealed", "纪检要求核对")


def test_an_account_that_was_switched_off_sees_nothing(
    town: Town, matters: Matters, clerk: Staff
) -> None:
    matter = confirmed_matter(town)
    clerk.active = False
    with pytest.raises(NotAllowed):
        matters.ledger(clerk)
    with pytest.raises(NotAllowed):
        matters.open(clerk, matter.number)
