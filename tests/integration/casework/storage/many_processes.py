"""Run by test_many_processes.py: one of several processes that write the same database."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from casework.adapters.clock import SystemClock
from casework.adapters.database import open_engine
from casework.adapters.keys import read_key_file
from casework.adapters.store import SqlStore
from casework.adapters.vault import Vault
from casework.domain.matter import MatterKind
from casework.domain.messages import Author, Inbound, MessageKind
from casework.settings import Settings

DAY = date(2026, 11, 23)


def main(url: str, key_file: str, worker: str, rounds: int) -> None:
    clock = SystemClock()
    settings = Settings(database_url=url, key_file=Path(key_file))
    store = SqlStore(open_engine(settings), Vault(read_key_file(settings.key_file)), clock)
    for number in range(rounds):
        now = clock.now()
        with store() as work:
            # Reading first and writing then is what fails in a deferred transaction of SQLite.
            conversation = work.conversations.find_or_create("widget", f"v{number % 3}", now)
            inbound = Inbound("widget", "v", f"shared-{number}", MessageKind.TEXT, "你好", now)
            message, is_new = work.inbox.add(inbound, conversation.id)
            if is_new:
                work.transcript.append(
                    conversation.id, Author.CITIZEN, worker, now, message_id=message.id
                )
            conversation.notes["count"] = conversation.notes.get("count", 0) + 1
            work.conversations.save(conversation)
            work.outbox.add("push", "widget", f"{worker}-{number}", {"n": number}, now)
            work.matters.next_number(MatterKind.PETITION, DAY)
            work.commit()
        with store() as work:
            for item in work.outbox.claim_due(clock.now(), worker, 60, 2):
                sys.stdout.write(item.key + "\n")
            work.commit()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]))
