"""The privacy notice and the record of who agreed to which version of it (个人信息保护法 14, 17)."""

from __future__ import annotations

from casework.domain.messages import Reply
from casework.ports import Clock, Store
from casework.texts import Texts


class Consent:
    """Consent belongs to a conversation and to one version of the notice."""

    def __init__(self, store: Store, clock: Clock, texts: Texts) -> None:
        self._store = store
        self._clock = clock
        self._texts = texts

    @property
    def version(self) -> str:
        """The version of the notice that is shown now."""
        return self._texts.say("consent.version")

    def notice(self) -> list[Reply]:
        """The whole notice, as the citizen reads it."""
        return [Reply(self._texts.say("consent.full"))]

    def given(self, conversation_id: str) -> bool:
        """Whether this conversation agreed to the version that is shown now."""
        with self._store.reading() as work:
            return work.conversations.get(conversation_id).consent_version == self.version

    def record(self, conversation_id: str) -> None:
        """Note that the citizen agreed, now; agreeing twice keeps the first time."""
        now = self._clock.now()
        with self._store() as work:
            conversation = work.conversations.get(conversation_id)
            if conversation.consent_version == self.version:
                return
            conversation.consent_version = self.version
            conversation.consent_at = now
            work.conversations.save(conversation)
            work.audit.record(now, "citizen", "consented", conversation_id, self.version)
            work.commit()

    def withdraw(self, conversation_id: str) -> list[Reply]:
        """Take the consent back (个人信息保护法 15); what was done before stays lawful."""
        now = self._clock.now()
        with self._store() as work:
            conversation = work.conversations.get(conversation_id)
            if conversation.consent_version is not None:
                version = conversation.consent_version
                conversation.consent_version = None
                conversation.consent_at = None
                work.conversations.save(conversation)
                work.audit.record(now, "citizen", "withdrew consent", conversation_id, version)
                work.commit()
        return [Reply(self._texts.say("consent.withdrawn"))]
