"""Take the pictures of README and docs: ``.venv/bin/python scripts/screenshots.py``.

Starts a system of its own in a scratch folder, lets citizens talk with it as the end-to-end scripts
do, looks at every kind of page at 1440 and at 360 px, and stops it. The pictures are for looking at:
after a change of the pages, take them anew, look, and mend.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from casework.bootstrap import Container, build
from casework.domain.people import Role
from cli.builds import build_index, train_model
from cli.chat import parse_line
from cli.chat_client import ChatClient
from cli.system.plan import Plan, plan_scratch
from cli.system.supervisor import Supervisor

ROOT = Path(__file__).resolve().parents[1]
SCRIPTS = ROOT / "tests" / "e2e" / "scripts"
SIZES = {1440: 900, 360: 740}
LARGEST = 300_000  # bytes of one picture in the repository
QUESTION = "公司拖欠我三个月工资怎么办"


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--out", type=Path, default=ROOT / "docs" / "screenshots")
    out: Path = options.parse_args().out
    out.mkdir(parents=True, exist_ok=True)
    with running_system() as plan, chromium() as browser:
        container = build(plan.settings)
        people_have_been_here(plan.settings.public_url, container)
        for width, height in SIZES.items():
            camera = Camera(browser, plan, container, out, width, height)
            camera.citizen()
            camera.phone()
            camera.lawyer()
            camera.clerk()
    too_large = [p.name for p in out.glob("*.png") if p.stat().st_size > LARGEST]
    for picture in sorted(out.glob("*.png")):
        print(f"{picture.stat().st_size:>8}  {picture.name}")
    if too_large:
        print(f"over {LARGEST} bytes: {', '.join(too_large)}", file=sys.stderr)
    return 1 if too_large else 0


@contextmanager
def running_system() -> Iterator[Plan]:
    train_model(print)
    build_index(print)
    with tempfile.TemporaryDirectory(prefix="suqiu-pictures-") as folder:
        plan = plan_scratch(Path(folder), {"SUQIU_LIMIT_FACTOR": "100"}, practice=True)
        plan.prepare()
        supervisor = Supervisor(plan.services(), plan.log_dir, print)
        supervisor.start()
        try:
            supervisor.wait_healthy()
            yield plan
        finally:
            supervisor.stop()


@contextmanager
def chromium() -> Iterator[Browser]:
    path = next((p for name in ("chromium", "google-chrome") if (p := shutil.which(name))), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


def people_have_been_here(url: str, container: Container) -> None:
    """Citizens of the end-to-end scripts, and the staff who will look at what they said."""
    for name in ("petition_with_corrections", "labour_consultation", "lawyer_handover", "crisis"):
        client = ChatClient(url)
        for line in (SCRIPTS / f"{name}.txt").read_text(encoding="utf-8").splitlines():
            kind, text = parse_line(line)
            if text.strip():
                client.press(text) if kind == "button" else client.say(text)
    for username, name, role in (
        ("lawyer", "王敏", Role.LAWYER),
        ("clerk", "李卫国", Role.CLERK),
    ):
        container.accounts.add(username, name, role)


class Camera:
    """Looks at the system with a window of one width."""

    def __init__(
        self, browser: Browser, plan: Plan, container: Container, out: Path, width: int, height: int
    ) -> None:
        self._browser = browser
        self._url = plan.settings.public_url
        self._phone_url = f"http://127.0.0.1:{plan.settings.practice_port}/"
        self._container = container
        self._out = out
        self._width = width
        self._size = {"width": width, "height": height}

    def citizen(self) -> None:
        page = self._window()
        page.goto(self._url)
        self._take(page, "home")
        page.get_by_label("您遇到了什么事").fill(QUESTION)
        page.get_by_role("button", name="问一问").click()
        chat = page.frame_locator("iframe")
        chat.locator(".line.bot[data-seq]").first.wait_for()
        page.wait_for_timeout(1200)
        self._take(page, "widget")
        page.goto(f"{self._url}/progress")
        self._take(page, "progress")
        page.context.close()

    def phone(self) -> None:
        page = self._window()
        page.goto(self._phone_url)
        page.wait_for_timeout(800)
        for name in ("关注", "关注公众号"):
            button = page.get_by_role("button", name=name, exact=True)
            if button.count() and button.first.is_visible():
                button.first.click()
        page.wait_for_timeout(2500)
        box = page.locator("textarea, input[type=text]").first
        box.fill(QUESTION)
        box.press("Enter")
        page.wait_for_timeout(3500)
        self._take(page, "phone")
        page.context.close()

    def lawyer(self) -> None:
        page = self._signed_in("lawyer")
        page.goto(f"{self._url}/console/desk")
        self._take(page, "desk")
        queue = page.locator(".queue li").filter(has_text="来访者要求转人工")
        taken = queue.get_by_role("button", name="接谈")
        if taken.count():
            taken.first.click()
        else:
            page.get_by_role("link", name="继续谈").first.click()
        box = page.get_by_label("对来访者说")
        page.wait_for_timeout(800)
        if not page.locator(".line.own").count():
            self._greet(page)
        box.focus()
        page.wait_for_timeout(800)
        self._take(page, "conversation")
        page.context.close()

    def _greet(self, page: Page) -> None:
        box = page.get_by_label("对来访者说")
        box.fill("您好，我是值班律师王敏。您前面说的情况我看过了，先问一句：孩子现在跟谁一起住？")
        box.press("Enter")
        page.locator(".line.own .meta").last.wait_for()

    def clerk(self) -> None:
        page = self._signed_in("clerk")
        page.goto(f"{self._url}/console/ledger")
        self._take(page, "ledger")
        page.locator("td.c-number a").last.click()
        page.locator("#status-now").wait_for()
        self._take(page, "matter")
        page.context.close()

    def _signed_in(self, username: str) -> Page:
        """Through a one-time sign-in, as everybody's first time is."""
        with self._container.store.reading() as work:
            member = work.staff.by_username(username)
        if member is None:
            raise SystemExit(f"there is no account {username}")
        page = self._window()
        page.goto(f"{self._url}/console/first?ticket={self._container.accounts.ticket(member)}")
        page.get_by_role("button", name="登录并设置密码").click()
        page.get_by_label("新密码").fill("a picture of 2026")
        page.get_by_label("再输一次").fill("a picture of 2026")
        page.get_by_role("button", name="保存").click()
        page.wait_for_url("**/console/**")
        return page

    def _window(self) -> Page:
        context = self._browser.new_context(
            viewport=self._size, locale="zh-CN", timezone_id="Asia/Shanghai"
        )
        return context.new_page()

    def _take(self, page: Page, name: str) -> None:
        page.wait_for_timeout(300)
        page.screenshot(path=self._out / f"{name}-{self._width}.png")


if __name__ == "__main__":
    sys.exit(main())
