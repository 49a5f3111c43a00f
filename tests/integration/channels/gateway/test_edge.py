"""What holds for every answer of the gateway: headers, errors, health, metrics."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator

import pytest
import structlog
from flask import Flask
from flask.testing import FlaskClient
from pydantic import SecretStr

from casework import logs
from casework.adapters.store import SqlStore
from casework.domain.people import Role
from casework.settings import Settings
from channels.app import create_app
from tests.fakes.clock import FakeClock
from tests.fakes.office import Office
from tests.integration.channels.gateway.conftest import Browser

PAGES = ["/", "/chat", "/privacy", "/progress", "/console/sign-in", "/nowhere", "/healthz"]


def rebuilt(office: Office, **settings: object) -> Flask:
    office.settings = office.settings.model_copy(update=settings)
    return create_app(container=office)  # type: ignore[arg-type]


@pytest.mark.parametrize("path", PAGES)
def test_no_page_may_load_anything_from_another_host(browser: Browser, path: str) -> None:
    answer = browser.get(path)
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert "*" not in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"
    page = answer.get_data(as_text=True)
    assert not re.search(r'(src|href|action)="(https?:)?//', page)
    assert not re.search(r"<script(?![^>]*(src=|application/json))", page)
    assert not re.search(r"\son[a-z]+=|<style|\sstyle=", page)


@pytest.mark.parametrize("role", list(Role))
def test_pages_of_staff_are_never_framed_or_kept(app: Flask, office: Office, role: Role) -> None:
    browser = Browser(app.test_client())
    office.staff(role)
    browser.sign_in(role.value)
    page = browser.get(browser.get("/console/").headers["Location"])
    assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]
    assert page.headers["X-Frame-Options"] == "DENY"
    assert page.headers["Cache-Control"] == "no-store"


def test_only_the_named_sites_may_show_the_chat(office: Office) -> None:
    app = rebuilt(office, embed_origins="https://www.sfj.example.gov.cn")
    chat = app.test_client().get("/chat").headers
    assert (
        "frame-ancestors 'self' https://www.sfj.example.gov.cn" in chat["Content-Security-Policy"]
    )
    assert "X-Frame-Options" not in chat
    assert "example.gov.cn" not in app.test_client().get("/").headers["Content-Security-Policy"]


def test_behind_https_cookies_travel_over_https_only(office: Office) -> None:
    client = rebuilt(office, secure_cookies=True).test_client()
    assert "Secure" in client.post("/widget/session", json={}).headers["Set-Cookie"]
    cookie = client.get("/console/sign-in").headers["Set-Cookie"]
    assert all(word in cookie for word in ("Secure", "HttpOnly", "SameSite=Lax"))


def test_static_files_are_named_by_their_content(browser: Browser) -> None:
    page = browser.get("/").get_data(as_text=True)
    address = re.findall(r'href="(/static/base\.css\?v=[0-9a-f]{10})"', page)[0]
    assert "max-age" in browser.get(address).headers["Cache-Control"]


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nowhere", 404),
        ("GET", "/console/nowhere", 404),
        ("DELETE", "/", 405),
        ("GET", "/widget/session", 405),
    ],
)
def test_a_wrong_address_gets_a_sentence(
    client: FlaskClient, method: str, path: str, status: int
) -> None:
    answer = client.open(path, method=method, headers={"Accept": "text/html"})
    assert answer.status_code == status
    assert re.search(r"[\u4e00-\u9fff]{4}", answer.get_data(as_text=True))
    if status == 405:
        assert answer.headers["Allow"]


SECRET = "13900001234 张建军"


@pytest.mark.parametrize("accept", ["text/html", "application/json"])
def test_nobody_ever_sees_a_stack_trace(
    app: Flask,
    office: Office,
    monkeypatch: pytest.MonkeyPatch,
    accept: str,
    capfd: pytest.CaptureFixture[str],
) -> None:
    def break_(*_: object) -> None:
        raise RuntimeError(SECRET)

    monkeypatch.setattr(office.progress, "by_code", break_)
    answer = app.test_client().post(
        "/api/progress", json={"number": "x", "code": "y"}, headers={"Accept": accept}
    )
    assert answer.status_code == 500
    shown = answer.get_data(as_text=True)
    assert "Traceback" not in shown
    assert "RuntimeError" not in shown
    assert "已经记录" in shown
    logged = "".join(capfd.readouterr())
    assert "RuntimeError" in logged
    assert SECRET not in logged


def test_a_page_that_breaks_is_a_page_still(
    app: Flask, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office.directory, "all", lambda: 1 / 0)
    answer = app.test_client().get("/", headers={"Accept": "text/html"})
    assert answer.status_code == 500
    assert "<h1>" in answer.get_data(as_text=True)


def test_a_busy_store_is_a_sentence_and_a_time_to_come_back(
    app: Flask, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    from casework.domain.errors import StorageUnavailable

    def busy(*_: object) -> None:
        raise StorageUnavailable

    monkeypatch.setattr(office.progress, "by_code", busy)
    answer = app.test_client().post("/api/progress", json={"number": "x", "code": "y"})
    assert answer.status_code == 503
    assert answer.headers["Retry-After"]


def test_the_process_lives_even_when_the_parts_do_not(client: FlaskClient, office: Office) -> None:
    office.dialogue.failures = 1
    assert client.get("/healthz").get_json() == {"status": "ok"}
    ready = client.get("/readyz")
    assert ready.status_code == 503
    assert ready.get_json()["parts"] == {"store": True, "dialogue": False}
    office.dialogue.failures = 0
    assert client.get("/readyz").status_code == 200


def test_metrics_are_for_this_machine_only(client: FlaskClient) -> None:
    client.get("/")
    text = client.get("/metrics").get_data(as_text=True)
    assert 'suqiu_http_requests_total{method="GET",route="widget.home",status="200"} 1.0' in text
    assert "suqiu_streams 0.0" in text
    assert client.get("/metrics").status_code == 200, "measured again without complaint"
    away = {"REMOTE_ADDR": "203.0.113.9"}
    assert client.get("/metrics", environ_overrides=away).status_code == 403
    # A reverse proxy on this machine must not open them to the world.
    proxied = client.get("/metrics", headers={"X-Forwarded-For": "203.0.113.9"})
    assert proxied.status_code == 403


def test_metrics_with_a_token_need_the_token(office: Office) -> None:
    client = rebuilt(office, metrics_token=SecretStr("a-token-of-metrics")).test_client()
    assert client.get("/metrics").status_code == 403
    wrong = client.get("/metrics", headers={"Authorization": "Bearer wrong\u00e9"})
    assert wrong.status_code == 403
    right = client.get("/metrics", headers={"Authorization": "Bearer a-token-of-metrics"})
    assert right.status_code == 200


def test_addresses_are_believed_only_from_our_own_proxies(office: Office) -> None:
    def last_allowed(app: Flask) -> int:
        codes = [
            app.test_client().post(
                "/widget/session", json={}, headers={"X-Forwarded-For": f"203.0.113.{n}"}
            ).status_code
            for n in range(41)
        ]  # fmt: skip
        return codes[-1]

    assert last_allowed(rebuilt(office)) == 429, "a forged header must not make a new address"
    office.limiter.forget()
    assert last_allowed(rebuilt(office, trusted_proxies=1)) == 200


@pytest.fixture
def _logs_on() -> Iterator[None]:
    """The logs as the gateway sets them up, whatever an earlier test left."""
    root = logging.getLogger()
    handlers, level, config = root.handlers[:], root.level, structlog.get_config()
    logs.configure("info", "json", "gateway")
    yield
    root.handlers[:], root.level = handlers, level
    structlog.configure(**config)


@pytest.mark.usefixtures("_logs_on")
def test_no_log_line_carries_what_people_say_or_ask_for(
    client: FlaskClient, office: Office, capfd: pytest.CaptureFixture[str]
) -> None:
    matter = office.matter()
    client.get(f"/progress?number={matter.number}")
    client.post("/api/progress", json={"number": matter.number, "code": matter.code})
    client.post("/widget/session", json={})
    client.post("/widget/messages", json={"key": "k", "text": "我叫张建军"})
    logged = "".join(capfd.readouterr())
    assert "route=api.progress" in logged or '"api.progress"' in logged
    for private in (matter.number, matter.code, "张建军"):
        assert private not in logged


def test_the_gateway_opens_wechat_only_where_it_is_set_up(
    office: Office, sqlite_settings: Settings, sqlite_store: SqlStore, clock: FakeClock
) -> None:
    assert rebuilt(office).test_client().get("/wechat").status_code == 404
    app = rebuilt(office, wechat_token=SecretStr("token-of-wechat"), wechat_app_id="wx123")
    unsigned = app.test_client().get("/wechat")
    assert unsigned.status_code in (400, 401, 403)
