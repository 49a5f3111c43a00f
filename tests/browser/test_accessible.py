"""Every page, as people with a screen reader, a keyboard, an old phone or large text meet it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from casework.domain.people import Role
from tests.browser.conftest import DESK, PHONE, House
from tests.browser.test_widget import say

Window = Callable[..., Page]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]}


def examine(page: Page) -> None:
    """No fault by axe-core, one heading of the first level, nothing wider than the screen."""
    found: Any = Axe().run(page, options=RULES).response
    faults = [
        f"{fault['id']}: {fault['help']} at {node['html'][:160]}"
        for fault in found["violations"]
        for node in fault["nodes"]
    ]
    assert faults == [], f"{page.url}\n" + "\n".join(faults)
    assert page.locator("h1").count() == 1
    assert page.locator("html").get_attribute("lang") == "zh-CN"
    wide = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    assert wide <= 0, f"{page.url} is {wide} px wider than the screen"


PUBLIC = ["/", "/chat", "/privacy", "/progress", "/console/sign-in", "/nowhere"]
SIZES = pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["360", "1440"])
THEMES = pytest.mark.parametrize("theme", ["light", "dark"])


@SIZES
@THEMES
def test_public_pages(house: House, window: Window, viewport: dict[str, int], theme: str) -> None:
    page = window(viewport=viewport, color_scheme=theme, reduced_motion="reduce")
    for path in PUBLIC:
        page.goto(house.url + path)
        examine(page)


@SIZES
@THEMES
def test_a_conversation(house: House, window: Window, viewport: dict[str, int], theme: str) -> None:
    page = window(viewport=viewport, color_scheme=theme, reduced_motion="reduce")
    page.goto(f"{house.url}/chat")
    say(page, "公司拖欠工资怎么办")
    expect(page.get_by_role("button", name="我要反映问题")).to_be_visible()
    page.get_by_role("button", name="找人工").click()
    lawyer = house.office.staff(Role.LAWYER, name="王敏")
    expect(page.locator("#who")).to_contain_text("正在为您找值班律师")
    id_ = house.office.handover.waiting(lawyer)[0].conversation_id
    house.office.handover.take(lawyer, id_)
    house.office.handover.say(lawyer, id_, "您好，合同签了吗？", "k")
    expect(page.get_by_text("合同签了吗")).to_be_visible()
    page.context.set_offline(True)
    say(page, "没有签")
    expect(page.get_by_role("button", name="重新发送")).to_be_visible()
    examine(page)


@SIZES
@THEMES
def test_the_desk(house: House, staff_window: Window, viewport: dict[str, int], theme: str) -> None:
    office = house.office
    office.says("我不想活了", sender="red")
    office.says("好几户都这样，转人工", sender="yellow")
    id_ = office.says("转人工", sender="calm")
    office.matter(conversation_id=id_)
    page = staff_window(
        Role.LAWYER, name="王敏", viewport=viewport, color_scheme=theme, reduced_motion="reduce"
    )
    expect(page.locator(".queue li")).to_have_count(3)
    examine(page)
    page.goto(f"{house.url}/console/desk/{id_}")
    examine(page)
    page.get_by_role("button", name="接谈").first.click()
    page.get_by_label("对来访者说").fill("您好")
    page.get_by_label("对来访者说").press("Enter")
    expect(page.locator(".line.own .bubble")).to_have_text(["您好"])
    page.get_by_text("常用语").click()
    examine(page)


@SIZES
@THEMES
def test_the_ledger(
    house: House, staff_window: Window, viewport: dict[str, int], theme: str
) -> None:
    matters = [house.office.matter() for _ in range(31)]
    with house.office.store() as work:
        item = work.outbox.for_matter(matters[-1].id)[0]
        work.outbox.dead(item.id, "422: unknown_kind", house.office.clock.now())
        work.commit()
    sealed = house.office.matter(sealed=True)
    page = staff_window(
        Role.SUPERVISOR, viewport=viewport, color_scheme=theme, reduced_motion="reduce"
    )
    for path in (
        "/console/ledger",
        "/console/ledger?status=closed",
        f"/console/matters/{matters[-1].number}",
        f"/console/matters/{sealed.number}",
        "/console/system",
        "/console/password",
    ):
        page.goto(house.url + path)
        examine(page)


@pytest.mark.parametrize("path", PUBLIC)
def test_large_text_fits_a_small_phone(house: House, window: Window, path: str) -> None:
    page = window(viewport=PHONE)
    page.add_init_script("localStorage.setItem('suqiu.size', 'large')")
    page.goto(house.url + path)
    expect(page.locator("html")).to_have_attribute("data-size", "large")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_the_widget_opens_on_a_small_phone_without_hiding_its_close_button(
    house: House, window: Window
) -> None:
    page = window(viewport=PHONE, has_touch=True)
    page.goto(house.url)
    page.get_by_role("button", name="法律咨询 · 反映问题").click()
    close = page.frame_locator("iframe").get_by_role("button", name="收起对话")
    expect(close).to_be_in_viewport()
    for name in ("找人工", "发送"):
        button = page.frame_locator("iframe").get_by_role("button", name=name, exact=True)
        box = button.bounding_box()
        assert box
        assert box["height"] >= 40
    close.click()
    expect(page.get_by_role("dialog")).to_be_hidden()
