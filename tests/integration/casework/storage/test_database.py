"""The database itself: migrations, keys, files, what is readable in it."""

from __future__ import annotations

import stat
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import text

from casework.adapters import database
from casework.adapters.database import (
    check_keys,
    is_current,
    is_empty,
    migrate,
    open_engine,
)
from casework.adapters.keys import KeyRing, KeysUnusable
from casework.adapters.orm import metadata
from casework.adapters.store import SqlStore
from casework.adapters.vault import Vault
from casework.domain.conversation import RiskLevel
from casework.domain.draft import Draft, Fact, Stage
from casework.domain.errors import Conflict, StorageUnavailable
from casework.domain.matter import Matter, MatterEvent, MatterKind
from casework.domain.messages import Author, Button, Inbound, MessageKind
from casework.settings import Settings
from tests.fakes.clock import FakeClock


def test_models_and_migrations_agree(store: SqlStore) -> None:
    with store.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_migrating_twice_changes_nothing(sqlite_settings: Settings) -> None:
    migrate(sqlite_settings)
    engine = open_engine(sqlite_settings)
    assert is_current(engine)
    assert is_empty(engine)
    engine.dispose()


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_processes_that_migrate_at_once_all_succeed(
    database: str, settings: Settings, request: pytest.FixtureRequest
) -> None:
    if database == "postgresql":
        settings = request.getfixturevalue("postgresql_settings")
        engine = open_engine(settings)
        with engine.begin() as connection:  # the fixture's database is migrated: start from nothing
            connection.execute(text("DROP SCHEMA public CASCADE"))
            connection.execute(text("CREATE SCHEMA public"))
        engine.dispose()
    failures: list[BaseException] = []

    def run() -> None:
        try:
            migrate(settings)
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    engine = open_engine(settings)
    assert is_current(engine)
    engine.dispose()


def test_an_unmigrated_database_is_not_current(settings: Settings) -> None:
    engine = open_engine(settings)
    assert not is_current(engine)
    assert is_empty(engine)
    engine.dispose()


def test_the_files_of_the_database_belong_to_their_owner_alone(
    sqlite_settings: Settings, settings: Settings, tmp_path: Path
) -> None:
    fresh = settings.model_copy(update={"database_url": f"sqlite:///{tmp_path}/new/s.db"})
    migrate(fresh)
    engine = open_engine(fresh)
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM leases"))
        modes = {
            path.name: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "new").iterdir()
        }
    engine.dispose()
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o700
    assert modes == {"s.db": 0o600, "s.db-wal": 0o600, "s.db-shm": 0o600}


def test_a_key_ring_that_is_not_the_databases_own_is_refused(store: SqlStore, vault: Vault) -> None:
    check_keys(store.engine, vault)
    check_keys(store.engine, vault)
    assert not is_empty(store.engine)
    with pytest.raises(KeysUnusable, match="does not belong to this database"):
        check_keys(store.engine, Vault(KeyRing.generate()))


def test_a_rotated_key_ring_is_taken(store: SqlStore, vault: Vault, key_ring: KeyRing) -> None:
    check_keys(store.engine, vault)
    check_keys(store.engine, Vault(key_ring.rotated()))
    with pytest.raises(KeysUnusable):  # now the new key is needed too
        check_keys(store.engine, vault_without(key_ring))


def vault_without(ring: KeyRing) -> Vault:
    """A vault that has lost the keys made last."""
    return Vault(ring)


PERSONAL = (
    "oMwcN6abcdefghijklmnopqrstuv",
    "13812345678",
    "王小明",
    "公司拖欠我三个月工资",
    "330106199001011234",
    "找律师",
    "QX7K-2M9P",
    "已电话告知申请人",
    "活不下去",
)


def fill(store: SqlStore, clock: FakeClock, sealed: bool = False) -> None:
    """Write personal data wherever it can get to."""
    openid, phone, name, story, identity, label, code, note, sign = PERSONAL
    now = clock.now()
    with store() as work:
        conversation = work.conversations.find_or_create("wechat", openid, now)
        conversation.offered = (Button(label, "/person"),)
        conversation.notes = {"alias": name}
        conversation.waiting_reason = story
        conversation.risk, conversation.risk_signals = RiskLevel.RED, (sign,)
        work.conversations.save(conversation)
        inbound = Inbound("wechat", openid, f"{openid}1795395600", MessageKind.TEXT, story, now)
        message, _ = work.inbox.add(inbound, conversation.id)
        work.transcript.append(
            conversation.id, Author.CITIZEN, story, now, [label], message.id, key=openid
        )
        draft = Draft("d1", conversation.id, MatterKind.PETITION, now, now, Stage.SUBMITTED)
        draft.facts = {"name": Fact("name", name, name, (message.id,))}
        draft.undo, draft.notes = [{"phone": phone}], {"id": identity}
        work.drafts.save(draft)
        number = work.matters.next_number(MatterKind.PETITION, date(2026, 11, 23))
        matter = Matter(
            *("m1", number, code, MatterKind.PETITION, conversation.id, "d1"),
            summary={"name": name, "phone": phone, "story": story},
            created_at=now,
            sealed=sealed,
        )
        work.matters.add(matter)
        work.matters.add_event("m1", MatterEvent(now, "note", "system", note=note))
        work.outbox.add("matter", "http", "matter:m1", {"phone": phone}, now, matter_id="m1")
        work.outbox.add("push", "wechat", "reply:1", {"recipient": openid}, now)
        for item in work.outbox.claim_due(now, "w", 60, 10):
            work.outbox.retry(item.id, now, f"no such person {name}")
        work.effects.put(message.id, "answer", {"said": story}, now)
        work.audit.record(now, "system", "viewed", "m1", f"{name} {phone}")
        work.commit()


def everything_in(store: SqlStore) -> bytes:
    """All cells of all tables, as the database has them."""
    found = []
    with store.engine.connect() as connection:
        for table in metadata.sorted_tables:
            for row in connection.execute(text(f"SELECT * FROM {table.name}")):
                for cell in row:
                    found.append(
                        bytes(cell) if isinstance(cell, bytes | memoryview) else str(cell).encode()
                    )
    return b"\n".join(found)


def test_no_personal_data_can_be_read_in_the_database(store: SqlStore, clock: FakeClock) -> None:
    fill(store, clock)
    stored = everything_in(store)
    assert b"XF20261123-0001" in stored  # the search does see what is plain
    assert [words for words in PERSONAL if words.encode() in stored] == []
    assert [words for words in PERSONAL if words.encode("unicode_escape") in stored] == []


def test_no_personal_data_can_be_read_in_the_files(
    sqlite_store: SqlStore, sqlite_settings: Settings, clock: FakeClock
) -> None:
    fill(sqlite_store, clock)
    raw = b"".join(p.read_bytes() for p in sqlite_settings.data_dir.iterdir())
    assert b"XF20261123-0001" in raw
    assert [words for words in PERSONAL if words.encode() in raw] == []


def test_a_sealed_matter_cannot_be_opened_with_the_keys_for_ordinary_data(
    store: SqlStore, clock: FakeClock, key_ring: KeyRing
) -> None:
    fill(store, clock, sealed=True)
    with store.engine.connect() as connection:
        cells = connection.execute(
            text(
                "SELECT code, summary, note, payload FROM matters, matter_events, outbox"
                " WHERE outbox.matter_id IS NOT NULL"
            )
        ).one()
    sealed_key = key_ring.sealed.current.encode()
    assert [bytes(cell)[2:4] for cell in cells] == [sealed_key] * 4
    with store.reading() as work:
        assert work.matters.get("m1").code == "QX7K-2M9P"
        assert work.matters.events("m1")[0].note == "已电话告知申请人"
        assert work.outbox.for_matter("m1")[0].payload == {"phone": "13812345678"}


def test_errors_of_the_database_do_not_show_what_was_stored(
    store: SqlStore, clock: FakeClock
) -> None:
    fill(store, clock)
    with store.reading() as work:
        again = work.matters.get("m1")
    again.id = "m2"
    with store() as work, pytest.raises(Conflict) as refused:
        work.matters.add(again)
    shown = f"{refused.value} {refused.value.__cause__}"
    assert [words for words in PERSONAL if words in shown] == []


def test_a_writer_waits_for_another_and_gives_up_in_the_end(
    sqlite_store: SqlStore, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_SECONDS", 1)

    def write() -> bool:
        with sqlite_store() as work:
            taken = work.leases.acquire("a", "b", clock.now(), 5)
            work.commit()
        return taken

    with ThreadPoolExecutor() as pool:
        with sqlite_store() as first:
            waiting = pool.submit(write)
            time.sleep(0.2)
            assert not waiting.done()
            first.commit()
        assert waiting.result(5)
        with sqlite_store():
            with pytest.raises(StorageUnavailable):
                pool.submit(write).result(5)
            with sqlite_store.reading() as work:  # who only looks does not wait
                assert work.leases.holder("a", clock.now()) == "b"


def test_an_unreachable_database_is_an_error_of_ours(settings: Settings, vault: Vault) -> None:
    away = settings.model_copy(
        update={"database_url": "postgresql+psycopg://x@/x?host=/nonexistent"}
    )
    store = SqlStore(open_engine(away), vault, FakeClock())
    with pytest.raises(StorageUnavailable):
        store().__enter__()
