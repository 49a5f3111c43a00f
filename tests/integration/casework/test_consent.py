"""Who agreed to which notice, and when."""

from __future__ import annotations

from casework.adapters.store import SqlStore
from casework.consent import Consent
from casework.texts import Texts
from tests.fakes.clock import FakeClock
from tests.integration.casework.conftest import Town


def test_consent_is_kept_with_version_and_time_and_can_be_taken_back(
    town: Town, casework_store: SqlStore, clock: FakeClock, texts: Texts
) -> None:
    consent = Consent(casework_store, clock, texts)
    conversation_id = town.write("你好").conversation_id
    assert not consent.given(conversation_id)
    agreed_at = clock.now()
    consent.record(conversation_id)
    clock.advance(60)
    consent.record(conversation_id)
    kept = town.conversation(conversation_id)
    assert (kept.consent_version, kept.consent_at) == (consent.version, agreed_at)
    assert consent.given(conversation_id)
    assert consent.withdraw(conversation_id)[0].text
    consent.withdraw(conversation_id)
    assert not consent.given(conversation_id)
    with town.store() as work:
        logged = [what for _, _, what, _ in work.audit.about(conversation_id)]
    assert logged == ["consented", "withdrew consent"]


def test_consent_to_an_older_notice_is_no_consent_to_this_one(
    town: Town, casework_store: SqlStore, clock: FakeClock, texts: Texts
) -> None:
    consent = Consent(casework_store, clock, texts)
    conversation_id = town.write("你好").conversation_id
    with casework_store() as work:
        conversation = work.conversations.get(conversation_id)
        conversation.consent_version = "2020-01-01"
        work.conversations.save(conversation)
        work.commit()
    assert not consent.given(conversation_id)
    consent.record(conversation_id)
    assert consent.given(conversation_id)
