"""A real browser and a real server; behind it real use cases on SQLite and a played dialogue."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Error, Page, sync_playwright
from werkzeug.serving import make_server

from casework.adapters.clock import SystemClock
from casework.adapters.database import open_engine
from casework.adapters.store import SqlStore
from casework.adapters.vault import Vault
from casework.domain.people import Role
from casework.settings import Settings
from channels.app import create_app
from channels.stream import Streams
from tests.browser.played_dialogue import PlayedDialogue
from tests.fakes.office import PASSWORD, Office

SYSTEM_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PHONE, DESK = {"width": 360, "height": 740}, {"width": 1440, "height": 900}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The browser named by SUQIU_TEST_BROWSER, else the system's, else Playwright's own."""
    named = os.environ.get("SUQIU_TEST_BROWSER")
    path = named or next((found for name in SYSTEM_BROWSERS if (found := shutil.which(name))), None)
    options: dict[str, Any] = {"executable_path": path} if path else {}
    if os.geteuid() == 0:
        options["args"] = ["--no-sandbox"]  # Chromium refuses its sandbox to root
    with sync_playwright() as playwright:
        try:
            opened = playwright.chromium.launch(**options)
        except Error as error:
            pytest.fail(
                "The browser tests need Chromium or Chrome: run scripts/browser, install one, or set"
                f" SUQIU_TEST_BROWSER to its path ({str(error).splitlines()[0]}).",
                pytrace=False,
            )
        yield opened
        opened.close()


@dataclass
class House:
    """The gateway under an address, and what stands behind it."""

    url: str
    office: Office
    app: Flask
    dialogue: PlayedDialogue
    serve: Callable[[Flask], str]

    def rebuilt(self, **settings: Any) -> House:
        """The same house with other settings, under another address."""
        self.office.settings = self.office.settings.model_copy(update=settings)
        app = create_app(container=self.office)  # type: ignore[arg-type]
        app.extensions["suqiu.streams"] = Streams(places=24, seconds=4.0, look_seconds=0.1)
        return House(self.serve(app), self.office, app, self.dialogue, self.serve)

    def use_streams(self, **options: Any) -> None:
        self.app.extensions["suqiu.streams"] = Streams(**options)


@pytest.fixture
def serve() -> Iterator[Callable[[Flask], str]]:
    """Serves an application on a free port: its address."""
    servers: list[tuple[Any, threading.Thread]] = []

    def start(app: Flask) -> str:
        server = make_server("127.0.0.1", 0, app, threaded=True)
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        servers.append((server, thread))
        return f"http://127.0.0.1:{server.server_port}"

    yield start
    for server, thread in servers:
        server.shutdown()
        thread.join(10)


@pytest.fixture
def house(
    sqlite_settings: Settings, vault: Vault, serve: Callable[[Flask], str]
) -> Iterator[House]:
    engine = open_engine(sqlite_settings)
    clock = SystemClock()
    office = Office.open(sqlite_settings, SqlStore(engine, vault, clock), clock)
    dialogue = PlayedDialogue(office)
    office.dialogue.answering = dialogue
    office.limiter.hit = lambda *_: True  # type: ignore[method-assign]
    app = create_app(container=office)  # type: ignore[arg-type]
    app.extensions["suqiu.streams"] = Streams(places=24, seconds=4.0, look_seconds=0.1)
    yield House(serve(app), office, app, dialogue, serve)
    office.conversations.close()
    engine.dispose()


@pytest.fixture
def faults() -> Iterator[list[str]]:
    """What went wrong inside the pages; a test fails if anything did."""
    found: list[str] = []
    yield found
    assert found == []


@pytest.fixture
def window(browser: Browser, faults: list[str]) -> Iterator[Callable[..., Page]]:
    """``window()``: a page of somebody's own browser, of a phone with ``viewport=PHONE``."""
    contexts: list[BrowserContext] = []

    def open_(**options: Any) -> Page:
        options = {"viewport": DESK, "locale": "zh-CN", "timezone_id": "Asia/Shanghai"} | options
        context = browser.new_context(**options)
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(f"{page.url}: {error}"))
        page.on(
            "console",
            lambda message: (
                faults.append(message.text)
                if message.type == "error" and "Content Security Policy" in message.text
                else None
            ),
        )
        return page

    yield open_
    for context in contexts:
        context.close()


@pytest.fixture
def staff_window(house: House, window: Callable[..., Page]) -> Callable[..., Page]:
    """``staff_window(Role.LAWYER)``: a page of a new member of staff who has signed in."""

    def open_(role: Role, name: str = "", **options: Any) -> Page:
        house.office.staff(role, name=name)
        page = window(**options)
        page.goto(f"{house.url}/console/")
        page.get_by_label("账号").fill(role.value)
        page.get_by_label("密码").fill(PASSWORD)
        page.get_by_role("button", name="登录").click()
        page.wait_for_url("**/console/*")
        return page

    return open_
