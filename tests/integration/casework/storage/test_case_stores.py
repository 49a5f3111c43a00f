"""Drafts, matters, staff and audit."""

from __future__ import annotations

from datetime import timedelta

import pytest

from casework.adapters.drafts import UnknownDraft
from casework.adapters.store import SqlStore
from casework.domain.draft import Draft, Fact, Stage
from casework.domain.errors import Conflict, UnknownMatter
from casework.domain.matter import Matter, MatterEvent, MatterKind, MatterStatus
from casework.domain.people import Role, Staff
from tests.fakes.clock import FakeClock
from tests.integration.casework.storage.steps import DAY, at_once, open_conversation


def a_draft(conversation_id: str, clock: FakeClock, name: str = "d1") -> Draft:
    return Draft(name, conversation_id, MatterKind.PETITION, clock.now(), clock.now())


# ── drafts ───────────────────────────────────────────────────────────────────────────────────────


def test_a_draft_comes_back_as_it_was_saved(store: SqlStore, clock: FakeClock) -> None:
    draft = a_draft(open_conversation(store, clock), clock)
    draft.stage = Stage.COLLECTING
    draft.facts = {
        "phone": Fact("phone", "一三八", "13812345678", ("m1", "m2")),
        "amount": Fact("amount", "三万", 30000, ("m2",)),
    }
    draft.asking, draft.asked, draft.skipped = "place", ["phone", "place"], ["name"]
    draft.undo, draft.seen, draft.notes = [{"place": None}], ["m1"], {"a": {"b": [1]}}
    with store() as work:
        work.drafts.save(draft)
        work.commit()
    with store.reading() as work:
        assert work.drafts.get("d1") == draft
        assert work.drafts.open_for(draft.conversation_id) == draft


def test_only_one_draft_is_open_in_a_conversation(store: SqlStore, clock: FakeClock) -> None:
    conversation_id = open_conversation(store, clock)
    first = a_draft(conversation_id, clock)
    with store() as work:
        work.drafts.save(first)
        work.commit()
    with store() as work, pytest.raises(Conflict):
        work.drafts.save(a_draft(conversation_id, clock, "d2"))
    for closing in (Stage.SUBMITTED, Stage.CANCELLED):
        with store() as work:
            first.stage = closing
            work.drafts.save(first)
            assert work.drafts.open_for(conversation_id) is None
            work.drafts.save(a_draft(conversation_id, clock, f"after {closing}"))


def test_an_unknown_draft_is_said_to_be_unknown(store: SqlStore) -> None:
    with store.reading() as work, pytest.raises(UnknownDraft):
        work.drafts.get("nowhere")


# ── matters ──────────────────────────────────────────────────────────────────────────────────────


def test_numbers_count_up_by_kind_and_day(store: SqlStore) -> None:
    with store() as work:
        given = [work.matters.next_number(MatterKind.PETITION, DAY) for _ in range(2)]
        given.append(work.matters.next_number(MatterKind.LEGAL_AID, DAY))
        given.append(work.matters.next_number(MatterKind.PETITION, DAY + timedelta(days=1)))
    assert given == ["XF20261123-0001", "XF20261123-0002", "FY20261123-0001", "XF20261124-0001"]


def test_a_number_is_never_given_out_twice(store: SqlStore) -> None:
    given: list[str] = []

    def take(_: int) -> None:
        for _ in range(3):
            with store() as work:
                number = work.matters.next_number(MatterKind.PETITION, DAY)
                work.commit()
            given.append(number)

    at_once(5, take)
    assert sorted(given) == [f"XF20261123-{n:04d}" for n in range(1, 16)]


def test_a_matter_is_found_by_all_its_names(store: SqlStore, add_matter) -> None:
    matter = add_matter("m1")
    with store.reading() as work:
        found = work.matters
        assert found.get("m1") == matter
        assert found.by_number("XF20261123-0001") == matter
        assert found.by_draft("draft of m1") == matter
        assert found.for_conversation(matter.conversation_id) == [matter]
        assert found.by_number("XF20261123-0002") is None
        with pytest.raises(UnknownMatter):
            found.get("m2")


def test_a_draft_becomes_one_matter_only(store: SqlStore, add_matter) -> None:
    matter = add_matter("m1")
    with store() as work, pytest.raises(Conflict):
        work.matters.add(
            Matter(
                *("m2", "XF20261123-0009", "C", matter.kind, matter.conversation_id),
                draft_id=matter.draft_id,
                summary={},
                created_at=matter.created_at,
            )
        )


def test_the_ledger_shows_the_newest_first_and_never_a_sealed_matter(
    store: SqlStore, add_matter
) -> None:
    for number in range(1, 6):
        add_matter(f"m{number}")
    add_matter("secret", sealed=True)
    add_matter("advice", kind=MatterKind.CONSULTATION)
    with store() as work:
        replied = work.matters.get("m2")
        replied.status = MatterStatus.REPLIED
        work.matters.save(replied)
        work.commit()
    with store.reading() as work:
        ledger = work.matters.ledger
        page, count = ledger(page=1, size=4)
        assert ([m.id for m in page], count) == (["advice", "m5", "m4", "m3"], 6)
        page, count = ledger(page=2, size=4)
        assert ([m.id for m in page], count) == (["m2", "m1"], 6)
        page, count = ledger(kind=MatterKind.CONSULTATION)
        assert ([m.id for m in page], count) == (["advice"], 1)
        page, count = ledger(kind=MatterKind.PETITION, status=MatterStatus.REPLIED)
        assert ([m.id for m in page], count) == (["m2"], 1)


def test_of_two_clerks_who_change_a_matter_at_once_the_second_is_told(
    store: SqlStore, add_matter
) -> None:
    add_matter("m1")
    outcomes: list[str] = []

    def change(_: int) -> None:
        with store() as work:
            matter = work.matters.get("m1")
            if matter.status is not MatterStatus.SUBMITTED:
                outcomes.append("saw it")
                return
            matter.move_to(MatterStatus.REGISTERED)
            try:
                work.matters.save(matter)
                work.commit()
                outcomes.append("changed it")
            except Conflict:
                outcomes.append("was told")

    at_once(4, change)
    assert outcomes.count("changed it") == 1
    assert len(outcomes) == 4


def test_a_matter_read_before_another_change_cannot_be_saved_over_it(
    postgres_store: SqlStore, clock: FakeClock
) -> None:
    conversation_id = open_conversation(postgres_store, clock)
    with postgres_store() as work:
        work.matters.add(
            Matter(
                *("m1", "XF1", "C", MatterKind.PETITION, conversation_id, "d1"),
                summary={},
                created_at=clock.now(),
            )
        )
        work.commit()
    with postgres_store() as slow:
        mine = slow.matters.get("m1")
        with postgres_store() as quick:
            theirs = quick.matters.get("m1")
            theirs.handler_id = None
            theirs.move_to(MatterStatus.REGISTERED)
            quick.matters.save(theirs)
            quick.commit()
        with pytest.raises(Conflict):
            slow.matters.save(mine)


def test_the_history_of_a_matter_keeps_its_order(store: SqlStore, add_matter, clock) -> None:
    add_matter("m1")
    events = [
        MatterEvent(clock.now(), "submitted", "citizen"),
        MatterEvent(clock.now(), "status", "s1", MatterStatus.REGISTERED, "已登记"),
        MatterEvent(clock.now(), "note", "s1", note="内部", public=False),
    ]
    with store() as work:
        for event in events:
            work.matters.add_event("m1", event)
        work.commit()
    with store.reading() as work:
        assert work.matters.events("m1") == events
    with store() as work, pytest.raises(UnknownMatter):
        work.matters.add_event("nowhere", events[0])


# ── staff and audit ──────────────────────────────────────────────────────────────────────────────


def test_an_account_comes_back_as_it_was_saved(store: SqlStore, clock: FakeClock) -> None:
    member = Staff("s1", "li", "李律师", Role.LAWYER, "hash", created_at=clock.now())
    with store() as work:
        work.staff.add(member)
        member.role, member.active, member.must_change_password = Role.SUPERVISOR, False, True
        work.staff.save(member)
        work.commit()
    with store() as work:
        assert work.staff.get("s1") == work.staff.by_username("li") == member
        assert work.staff.all() == [member]
        assert work.staff.get("s2") is work.staff.by_username("wang") is None
        with pytest.raises(Conflict):
            work.staff.add(Staff("s2", "li", "另一个", Role.CLERK, "hash"))


def test_a_one_time_sign_in_works_once(store: SqlStore, clock: FakeClock) -> None:
    with store() as work:
        work.staff.put_ticket("good", "s1", clock.now() + timedelta(hours=1))
        work.staff.put_ticket("old", "s1", clock.now())
        work.commit()
    taken: list[str | None] = []

    def take(_: int) -> None:
        with store() as work:
            taken.append(work.staff.take_ticket("good", clock.now()))
            work.commit()

    at_once(3, take)
    assert sorted(taken, key=str) == [None, None, "s1"]
    with store() as work:
        assert work.staff.take_ticket("old", clock.now()) is None
        assert work.staff.take_ticket("unknown", clock.now()) is None


def test_the_audit_tells_who_did_what_in_order(store: SqlStore, clock: FakeClock) -> None:
    first = clock.now()
    with store() as work:
        work.audit.record(first, "s1", "viewed", "m1")
        work.audit.record(clock.advance(5), "s2", "status", "m1", "已登记")
        work.audit.record(clock.now(), "s1", "viewed", "m2")
        work.commit()
    with store.reading() as work:
        assert work.audit.about("m1") == [
            (first, "s1", "viewed", ""),
            (clock.now(), "s2", "status", "已登记"),
        ]
