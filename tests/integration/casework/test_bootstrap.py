"""Setting up, and joining the parts."""

from __future__ import annotations

import stat
from datetime import UTC, datetime

import pytest

from casework.adapters.keys import create_key_file, read_key_file
from casework.bootstrap import Container, build, prepare
from casework.domain.errors import CannotStart
from casework.domain.messages import Inbound, MessageKind
from casework.settings import Settings


@pytest.fixture
def ready(settings: Settings) -> Settings:
    prepare(settings)
    return settings


def write(container: Container, text: str = "你好") -> str:
    inbound = Inbound("widget", "visitor", text, MessageKind.TEXT, text, datetime.now(UTC))
    return container.conversations.receive(inbound).conversation_id


def test_setting_up_makes_a_private_folder_with_keys_and_a_database(ready: Settings) -> None:
    modes = {p.name: stat.S_IMODE(p.stat().st_mode) for p in ready.data_dir.iterdir()}
    assert stat.S_IMODE(ready.data_dir.stat().st_mode) == 0o700
    assert modes["keys.json"] == modes["suqiu.db"] == 0o600


def test_setting_up_twice_changes_nothing(ready: Settings) -> None:
    conversation_id = write(build(ready))
    ring = read_key_file(ready.key_file)
    prepare(ready)
    assert read_key_file(ready.key_file) == ring
    (line,) = build(ready).conversations.transcript(conversation_id)
    assert line.text == "你好"


def test_processes_share_what_they_wrote(ready: Settings) -> None:
    gateway, worker = build(ready), build(ready)
    conversation_id = write(gateway)
    assert [line.text for line in worker.conversations.transcript(conversation_id)] == ["你好"]


def test_without_set_up_the_start_stops_with_a_sentence(settings: Settings) -> None:
    with pytest.raises(CannotStart, match=r"keys\.json is missing"):
        build(settings)
    create_key_file(settings.key_file)
    with pytest.raises(CannotStart, match="run suqiu setup"):
        build(settings)


def test_a_lost_key_file_is_never_replaced_by_a_new_one(ready: Settings) -> None:
    write(build(ready))
    ready.key_file.unlink()
    with pytest.raises(CannotStart, match="put the file back"):
        prepare(ready)
    assert not ready.key_file.exists()


def test_another_key_file_is_refused(ready: Settings) -> None:
    ready.key_file.unlink()
    create_key_file(ready.key_file)
    for start in (prepare, build):
        with pytest.raises(CannotStart, match="does not belong to this database"):
            start(ready)


def test_a_key_file_open_to_others_is_refused(ready: Settings) -> None:
    ready.key_file.chmod(0o644)
    with pytest.raises(CannotStart, match="chmod 600"):
        build(ready)


def test_keys_may_come_from_the_environment(
    ready: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    conversation_id = write(build(ready))
    monkeypatch.setenv("SUQIU_DATA_KEYS", ready.key_file.read_text(encoding="utf-8"))
    ready.key_file.unlink()
    settings = Settings(data_dir=ready.data_dir)
    prepare(settings)
    assert len(build(settings).conversations.transcript(conversation_id)) == 1
    assert not ready.key_file.exists()


def test_a_broken_bureau_file_stops_the_start_with_a_sentence(ready: Settings) -> None:
    broken = ready.data_dir / "bureau.yml"
    for content in ("name: 司法局\n", "{", ""):
        broken.write_text(content, encoding="utf-8")
        with pytest.raises(CannotStart):
            build(ready.model_copy(update={"bureau_file": broken}))
    with pytest.raises(CannotStart, match=r"nowhere\.yml"):
        build(ready.model_copy(update={"bureau_file": ready.data_dir / "nowhere.yml"}))


def test_a_petition_system_takes_part_where_the_settings_name_it(ready: Settings) -> None:
    away = Settings(
        data_dir=ready.data_dir,
        petition_system="http",
        petition_endpoint="http://127.0.0.1:1/",
        petition_secret="sixteen letters!",
    )
    outcomes = []
    for settings in (ready, away):
        container = build(settings)
        with container.store() as work:
            key = settings.petition_system
            work.outbox.add("matter", "http", key, {"number": "XF1"}, datetime.now(UTC))
            work.commit()
        container.delivery.deliver_due()
        outcomes.append(container.delivery.counts())
    assert outcomes == [
        {"pending": 0, "delivered": 0, "dead": 1},  # nobody to give it to
        {"pending": 1, "delivered": 0, "dead": 1},  # somebody, who is away
    ]


def test_the_same_on_postgresql_with_redis(postgresql_settings: Settings, redis_url: str) -> None:
    settings = postgresql_settings.model_copy(update={"redis_url": redis_url})
    prepare(settings)
    container = build(settings)
    conversation_id = write(container)
    assert len(container.conversations.transcript(conversation_id)) == 1
    assert container.limiter.hit("bootstrap", "x", 1, 60)
    assert not build(settings).limiter.hit("bootstrap", "x", 1, 60)
