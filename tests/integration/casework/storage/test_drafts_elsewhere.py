"""Drafts that are found by a code and go on in another conversation, on both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import text

from casework.adapters.store import SqlStore
from casework.domain import codes
from casework.domain.draft import Draft, Fact, Stage
from casework.domain.errors import CaseworkError
from casework.domain.matter import MatterKind
from tests.fakes.clock import FakeClock


def _draft(store: SqlStore, clock: FakeClock, sender: str = "a", sealed: bool = False) -> Draft:
    now = clock.now()
    with store() as work:
        conversation = work.conversations.find_or_create("wechat", sender, now)
        draft = Draft(f"draft-{sender}", conversation.id, MatterKind.PETITION, now, now)
        draft.stage = Stage.COLLECTING
        draft.facts["narrative"] = Fact("narrative", "路被堵了", "路被堵了", ("m1",))
        draft.notes["sealed"] = sealed
        work.drafts.save(draft)
        work.commit()
    return draft


def test_a_draft_is_found_by_its_newest_code_alone(store: SqlStore, clock: FakeClock) -> None:
    draft = _draft(store, clock)
    old, new = codes.new_draft_code(), codes.new_draft_code()
    with store() as work:
        work.drafts.put_code(draft, old)
        work.drafts.put_code(draft, new)
        work.commit()
    with store.reading() as work:
        assert work.drafts.by_code(old) is None
        assert work.drafts.by_code(new) == draft
    with store() as work:
        work.drafts.put_code(draft, None)
        work.commit()
    with store.reading() as work:
        assert work.drafts.by_code(new) is None


def test_the_code_stands_nowhere_in_the_table(store: SqlStore, clock: FakeClock) -> None:
    draft, code = _draft(store, clock), codes.new_draft_code()
    with store() as work:
        work.drafts.put_code(draft, code)
        work.commit()
    with store.engine.connect() as connection:
        digest = connection.execute(text("SELECT code_digest FROM drafts")).scalar_one()
    assert len(digest) == 64
    assert code not in digest
    assert code.replace("-", "") not in digest


def test_a_moved_draft_is_open_where_it_went_and_names_where_it_was(
    store: SqlStore, clock: FakeClock
) -> None:
    draft = _draft(store, clock, sealed=True)
    first = draft.conversation_id
    moved_at = clock.advance(60)
    with store() as work:
        second = work.conversations.find_or_create("widget", "b", moved_at).id
        work.drafts.move(draft, second, moved_at)
        work.commit()
    with store.reading() as work:
        assert work.drafts.open_for(first) is None
        found = work.drafts.open_for(second)
        assert found is not None
        assert found.facts == draft.facts
        assert found.notes["sealed"]
        assert work.drafts.came_from(draft.id) == [(first, moved_at)]
        assert work.drafts.left(first) == moved_at
        assert work.drafts.left(second) is None


def test_a_conversation_that_began_anew_has_left_nothing(store: SqlStore, clock: FakeClock) -> None:
    draft = _draft(store, clock)
    first, now = draft.conversation_id, clock.advance(60)
    with store() as work:
        second = work.conversations.find_or_create("widget", "b", now).id
        work.drafts.move(draft, second, now)
        later = clock.advance(60)
        work.drafts.save(Draft("fresh", first, MatterKind.CONSULTATION, later, later))
        work.commit()
    with store.reading() as work:
        assert work.drafts.left(first) is None


def test_a_draft_cannot_go_where_another_one_is_open(store: SqlStore, clock: FakeClock) -> None:
    one, other = _draft(store, clock, "a"), _draft(store, clock, "b")
    with pytest.raises(CaseworkError), store() as work:
        work.drafts.move(one, other.conversation_id, clock.now())


def test_open_drafts_that_lie_too_long_are_found_the_oldest_first(
    store: SqlStore, clock: FakeClock
) -> None:
    old = _draft(store, clock, "a")
    clock.advance(3600)
    newer = _draft(store, clock, "b")
    done = _draft(store, clock, "c")
    with store() as work:
        done.stage = Stage.SUBMITTED
        work.drafts.save(done)
        work.commit()
    at = clock.now() + timedelta(seconds=1)
    with store() as work:
        assert work.drafts.untouched_since(at, 10) == [old, newer]
        assert work.drafts.untouched_since(at, 1) == [old]
        assert work.drafts.untouched_since(newer.updated_at, 10) == [old]
