"""What the processes of the channel share: in a file, and in a real Redis."""

from __future__ import annotations

import stat
import threading
import uuid
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import redis

from channels.wechat.shelf import FileShelf, RedisShelf, Shelf, shelf_of


@pytest.fixture(params=["file", "redis"])
def shelf(request: pytest.FixtureRequest, tmp_path: Path) -> Shelf:
    spare = FileShelf(tmp_path / "spare")
    if request.param == "file":
        return FileShelf(tmp_path / "shelf")
    return RedisShelf(redis.Redis.from_url(request.getfixturevalue("redis_url")), spare)


@pytest.fixture
def name() -> str:
    return uuid.uuid4().hex


def test_what_was_put_is_there_until_it_is_dropped(shelf: Shelf, name: str) -> None:
    assert shelf.get(name) is None
    shelf.put(name, "一", 60)
    shelf.put(name, "二", 60)
    assert shelf.get(name) == "二"
    shelf.drop(name)
    assert shelf.get(name) is None


def test_adding_says_what_stood_there_before(shelf: Shelf, name: str) -> None:
    assert shelf.add(name, "first", 60) is None
    assert shelf.add(name, "second", 60) == "first"
    assert shelf.get(name) == "first"


def test_of_many_who_add_at_once_one_wins(shelf: Shelf, name: str) -> None:
    found: list[str | None] = []
    gate = threading.Barrier(8)

    def add(number: int) -> None:
        gate.wait()
        found.append(shelf.add(name, str(number), 60))

    threads = [threading.Thread(target=add, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found.count(None) == 1
    assert len({value for value in found if value is not None}) == 1


def test_what_has_run_out_is_gone_and_can_be_added_again(tmp_path: Path) -> None:
    now = [1000.0]
    shelf = FileShelf(tmp_path / "shelf", now=lambda: now[0])
    shelf.add("a", "1", 10)
    now[0] += 10
    assert shelf.get("a") is None
    assert shelf.add("a", "2", 10) is None


def test_redis_is_told_how_long(redis_url: str, tmp_path: Path, name: str) -> None:
    client = redis.Redis.from_url(redis_url)
    shelf = RedisShelf(client, FileShelf(tmp_path / "spare"))
    shelf.add(name, "1", 60)
    assert 50_000 < client.pttl(f"suqiu:wechat:{name}") <= 60_000


def test_the_file_is_readable_by_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "shelf"
    path.write_bytes(b"")
    path.chmod(0o644)
    FileShelf(path).put("token", "secret", 60)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_two_processes_of_a_machine_see_the_same_file(tmp_path: Path) -> None:
    FileShelf(tmp_path / "shelf").put("a", "1", 60)
    assert FileShelf(tmp_path / "shelf").get("a") == "1"


class RedisThatIsAway:
    """A client without a server; it counts how often it is asked."""

    def __init__(self) -> None:
        self.asked = 0

    def __getattr__(self, command: str) -> Callable[..., Any]:
        def ask(*_: Any, **__: Any) -> Any:
            self.asked += 1
            raise redis.ConnectionError("away")

        return ask


def test_a_redis_that_is_away_is_stood_in_for_and_left_alone_for_a_while(tmp_path: Path) -> None:
    now, away = [100.0], RedisThatIsAway()
    shelf = RedisShelf(away, FileShelf(tmp_path / "spare"), now=lambda: now[0])
    assert shelf.add("a", "1", 60) is None
    assert shelf.add("a", "2", 60) == "1"
    shelf.put("b", "3", 60)
    assert shelf.get("b") == "3"
    shelf.drop("b")
    assert shelf.get("b") is None
    assert away.asked == 1
    now[0] += 10
    shelf.get("b")
    assert away.asked == 2


def test_the_client_of_the_settings_does_not_try_for_long(tmp_path: Path) -> None:
    settings = SimpleNamespace(data_dir=tmp_path, redis_url=f"unix://{tmp_path}/nobody.sock")
    shelf = shelf_of(settings)
    assert isinstance(shelf, RedisShelf)
    retry = shelf._redis.get_retry()
    assert retry.get_retries() <= 1
    assert shelf.add("a", "1", 60) is None


@pytest.mark.parametrize(
    ("url", "kind"), [(None, FileShelf), ("redis://127.0.0.1:1/0", RedisShelf)]
)
def test_the_settings_choose(url: str | None, kind: type[Any], tmp_path: Path) -> None:
    make: Callable[[Any], Shelf] = shelf_of
    assert isinstance(make(SimpleNamespace(data_dir=tmp_path, redis_url=url)), kind)
