"""Asking a machine over HTTP: what it gets, what every answer comes to, and where it may stand."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler

import pytest

from casework.adapters import wording_http
from casework.adapters.wording_http import HttpDrafter
from casework.ports import Drafted
from tests.fakes.wording_machine import WordingMachine
from tests.servers import free_port


@pytest.fixture
def machine() -> Iterator[WordingMachine]:
    server = WordingMachine()
    server.content("好")
    yield server
    server.close()


def drafter(machine: WordingMachine, key: str | None = None, seconds: float = 5.0) -> HttpDrafter:
    return HttpDrafter(machine.address, "small-model", key, seconds)


def test_it_is_asked_as_the_interface_says(machine: WordingMachine) -> None:
    assert drafter(machine, "s3cret").draft("请整理", '{"材料": 1}') == Drafted(True, "200", "好")
    ((path, headers, _),) = machine.seen
    assert path == "/v1/chat/completions"
    assert headers["Authorization"] == "Bearer s3cret"
    (asked,) = machine.asked
    assert asked["model"] == "small-model"
    assert asked["temperature"] == 0
    assert asked["stream"] is False
    assert asked["messages"] == [
        {"role": "system", "content": "请整理"},
        {"role": "user", "content": '{"材料": 1}'},
    ]


def test_without_a_key_none_is_sent(machine: WordingMachine) -> None:
    drafter(machine).draft("", "")
    assert "Authorization" not in machine.seen[0][1]


@pytest.mark.parametrize(
    ("answer", "status", "result"),
    [
        ({"choices": [{"message": {"content": "好"}}]}, 200, Drafted(True, "200", "好")),
        ({"choices": [{"message": {"content": ""}}]}, 200, Drafted(False, "bad_answer")),
        ({"choices": [{"message": {"content": None}}]}, 200, Drafted(False, "bad_answer")),
        ({"choices": [{"message": {"content": ["好"]}}]}, 200, Drafted(False, "bad_answer")),
        ({"choices": []}, 200, Drafted(False, "bad_answer")),
        ({"choices": {}}, 200, Drafted(False, "bad_answer")),
        ([], 200, Drafted(False, "bad_answer")),
        (b"<html>log in", 200, Drafted(False, "bad_answer")),
        (b"[" * 100_000, 200, Drafted(False, "bad_answer")),
        (b"\xff\xfe", 200, Drafted(False, "bad_answer")),
        (b"x" * 200_001, 200, Drafted(False, "bad_answer")),
        ({"error": "no such model"}, 404, Drafted(False, "404")),
        ({}, 302, Drafted(False, "302")),
        (b"", 500, Drafted(False, "500")),
    ],
)
def test_every_answer_comes_to_a_result(
    machine: WordingMachine, answer: object, status: int, result: Drafted
) -> None:
    machine.says(answer, status)
    assert drafter(machine).draft("a", "b") == result
    assert len(machine.seen) == 1


@pytest.mark.parametrize(("header", "seconds"), [("120", 120.0), ("99999", 3600.0), ("x", None)])
def test_a_service_may_ask_for_time(
    machine: WordingMachine, header: str, seconds: float | None
) -> None:
    machine.says({}, 503, Retry_After=header)
    assert drafter(machine).draft("a", "b").retry_after == seconds


def test_a_service_that_hangs_is_a_timeout(machine: WordingMachine) -> None:
    machine.answer = lambda _: time.sleep(2)
    assert drafter(machine, seconds=0.2).draft("a", "b") == Drafted(False, "timeout")


def test_a_service_that_sends_a_byte_now_and_then_is_a_timeout(machine: WordingMachine) -> None:
    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "1000")
        handler.end_headers()
        for _ in range(30):
            handler.wfile.write(b" ")
            handler.wfile.flush()
            time.sleep(0.1)

    machine.answer = drip
    assert drafter(machine, seconds=0.5).draft("a", "b") == Drafted(False, "timeout")


def test_a_connection_that_breaks_off_is_unreachable(machine: WordingMachine) -> None:
    def half(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "1000")
        handler.end_headers()
        handler.wfile.write(b'{"choices"')
        handler.wfile.flush()
        handler.connection.shutdown(socket.SHUT_RDWR)

    machine.answer = half
    assert drafter(machine).draft("a", "b").ok is False


def test_no_service_is_unreachable() -> None:
    nobody = HttpDrafter(f"http://127.0.0.1:{free_port()}/v1", "m", None, 1.0)
    assert nobody.draft("a", "b") == Drafted(False, "unreachable")
    assert nobody.reachable() == Drafted(False, "unreachable")


def test_whether_it_is_there_is_asked_without_anything_personal(machine: WordingMachine) -> None:
    machine.says({"data": []})
    assert drafter(machine, "s3cret").reachable() == Drafted(True, "200")
    ((path, headers, body),) = machine.seen
    assert (path, body) == ("/v1/models", b"")
    assert headers["Authorization"] == "Bearer s3cret"


class TestNothingLeavesTheHouse:
    """The address a connection has reached decides, whatever a name or a proxy says."""

    @pytest.fixture
    def elsewhere(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Every connection has reached a machine of somebody else."""
        monkeypatch.setattr(wording_http, "is_own", lambda address: False)

    @pytest.mark.usefixtures("elsewhere")
    def test_a_machine_elsewhere_is_sent_nothing(self, machine: WordingMachine) -> None:
        assert drafter(machine).draft("请整理", "材料") == Drafted(False, "not_own")
        assert drafter(machine).reachable() == Drafted(False, "not_own")
        assert machine.seen == []

    @pytest.mark.usefixtures("elsewhere")
    def test_not_even_a_greeting_is_sent_to_it_by_tls(self, machine: WordingMachine) -> None:
        address = machine.address.replace("http://", "https://")
        assert HttpDrafter(address, "m", None, 2.0).draft("a", "b") == Drafted(False, "not_own")

    @pytest.mark.usefixtures("elsewhere")
    def test_where_it_is_allowed_it_is_by_tls_alone(self, machine: WordingMachine) -> None:
        plain = HttpDrafter(machine.address, "m", None, 2.0, anywhere=True)
        assert plain.draft("a", "b") == Drafted(False, "not_own")
        address = machine.address.replace("http://", "https://")
        secure = HttpDrafter(address, "m", None, 2.0, anywhere=True)
        assert secure.draft("a", "b") == Drafted(False, "unreachable")  # it speaks no TLS
        assert machine.seen == []

    @pytest.fixture
    def named(self, machine: WordingMachine, monkeypatch: pytest.MonkeyPatch) -> HttpDrafter:
        """The machine under a name that does not tell where it leads."""
        real = socket.getaddrinfo

        def resolve(host: str, *args: object, **options: object) -> object:
            return real("127.0.0.1" if host == "model.example" else host, *args, **options)  # type: ignore[arg-type]

        monkeypatch.setattr(socket, "getaddrinfo", resolve)
        return HttpDrafter(machine.address.replace("127.0.0.1", "model.example"), "m", None, 5.0)

    def test_a_name_counts_by_the_address_it_leads_to(
        self, named: HttpDrafter, machine: WordingMachine, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert named.draft("a", "b").ok
        monkeypatch.setattr(wording_http, "is_own", lambda address: address != "127.0.0.1")
        fresh = HttpDrafter(machine.address.replace("127.0.0.1", "model.example"), "m", None, 5.0)
        assert fresh.draft("a", "b") == Drafted(False, "not_own")
        assert len(machine.seen) == 1

    def test_a_proxy_of_the_environment_is_not_used(
        self, named: HttpDrafter, machine: WordingMachine, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        proxy = WordingMachine()
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, proxy.url)
        for name in ("NO_PROXY", "no_proxy"):
            monkeypatch.delenv(name, raising=False)
        assert named.draft("a", "b").ok
        assert len(machine.seen) == 1
        assert proxy.seen == []
        proxy.close()

    def test_a_redirect_is_not_followed(self, machine: WordingMachine) -> None:
        other = WordingMachine()

        def redirect(handler: BaseHTTPRequestHandler) -> None:
            handler.send_response(307)
            handler.send_header("Location", other.address + "/chat/completions")
            handler.send_header("Content-Length", "0")
            handler.end_headers()

        machine.answer = redirect
        assert drafter(machine).draft("a", "b") == Drafted(False, "307")
        assert other.seen == []
        other.close()
