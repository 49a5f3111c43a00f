"""The practice phone and the reference receiver's page, as people see and use them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from pydantic import SecretStr

from channels import practice, receiver
from channels.receiver.verify import Delivered
from tests.browser.conftest import DESK, PHONE, House
from tests.browser.test_accessible import SIZES, THEMES, examine

Window = Callable[..., Page]
APP_ID, SECRET, TOKEN = "wx0123456789abcdef", "s3cret", "a1b2c3"
KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"


@pytest.fixture
def platform(house: House) -> Flask:
    """A practice account for the house's webhook."""
    account = {"wechat_app_id": APP_ID, "wechat_mode": "compatible"} | {
        name: SecretStr(value)
        for name, value in {
            "wechat_secret": SECRET,
            "wechat_token": TOKEN,
            "wechat_aes_key": KEY,
        }.items()
    }
    gateway = house.rebuilt(**account)
    return practice.create_app(
        practice.PracticeConfig(f"{gateway.url}/wechat", APP_ID, SECRET, TOKEN, KEY)
    )


@pytest.fixture
def phone(house: House, platform: Flask) -> str:
    """The address of the phone."""
    return house.serve(platform)


def bubbles(page: Page) -> Any:
    return page.locator(".line.account .bubble")


def test_a_conversation_with_the_keyboard_alone(phone: str, window: Window) -> None:
    page = window(viewport=PHONE)
    page.goto(phone)
    follow = page.get_by_role("button", name="关注公众号")
    follow.focus()
    page.keyboard.press("Enter")
    say = page.get_by_label("写给公众号的话")
    expect(say).to_be_focused()
    page.keyboard.type("公司拖欠我工资怎么办")
    page.keyboard.press("Enter")
    expect(bubbles(page).last).to_contain_text("要我帮您整理成材料吗")
    expect(say).to_have_value("")
    choice = page.get_by_role("group", name="请选择").last.get_by_role("button")
    expect(choice).to_have_text(["1我要反映问题", "2转人工"])
    choice.first.focus()
    page.keyboard.press("Enter")
    # The choice was sent as its number, and the older choices cannot be pressed any more.
    expect(page.locator(".line.me .bubble").last).to_contain_text("1")
    expect(
        page.get_by_role("group", name="请选择").first.get_by_role("button").first
    ).to_be_disabled()
    assert page.get_by_role("log", name="聊天记录").get_attribute("aria-live") == "polite"


def test_answers_are_read_from_their_beginning_and_the_page_stays_in_its_frame(
    phone: str, window: Window, house: House
) -> None:
    page = window(viewport=PHONE)
    page.goto(phone)
    page.get_by_role("button", name="关注公众号").click()
    say = page.get_by_label("写给公众号的话")
    say.fill("一句很长的话，" * 70)
    say.press("Enter")
    expect(bubbles(page).last).to_contain_text("一句很长的话")
    expect(page.locator(".typing")).to_have_count(0)
    expect(bubbles(page).last).to_be_in_viewport()
    top = bubbles(page).last.evaluate(
        "e => e.getBoundingClientRect().top - document.getElementById('log').getBoundingClientRect().top"
    )
    assert 0 <= top < 200


def test_pictures_stickers_and_voice_get_an_answer(phone: str, window: Window) -> None:
    page = window()
    page.goto(phone)
    page.get_by_role("button", name="关注公众号").click()
    expect(bubbles(page)).to_have_count(1)
    for number, (name, answer) in enumerate(
        [
            ("图片", "图片我收下了"),
            ("表情", "表情收到了"),
            ("听不清的语音", "没听清"),
            ("位置", "位置收到了"),
            ("语音", "要我帮您整理成材料吗"),
        ],
        start=2,
    ):
        page.get_by_role("button", name="发语音、图片、位置等").click()
        page.get_by_role("button", name=name, exact=True).click()
        expect(bubbles(page)).to_have_count(number)
        expect(bubbles(page).last).to_contain_text(answer)


def test_the_back_office_shows_what_went_over_the_wire(phone: str, window: Window) -> None:
    page = window()
    page.goto(phone)
    page.get_by_role("button", name="关注公众号").click()
    expect(page.locator(".calls li")).to_have_count(1)
    expect(page.locator(".calls li").first).to_contain_text("安全模式")
    page.get_by_label("明文").check()
    page.get_by_text("故意制造麻烦").click()
    page.get_by_label("丢掉第一次回包").check()
    page.get_by_role("button", name="公司拖欠我三个月工资怎么办").click()
    expect(bubbles(page).last).to_contain_text("要我帮您整理成材料吗")
    expect(bubbles(page)).to_have_count(2)
    expect(page.locator(".calls li").first).to_contain_text("第 2 次投递")
    expect(page.locator(".calls li").first).to_contain_text("明文模式")
    page.locator(".calls li").first.get_by_text("收到的回包").click()
    expect(page.locator(".calls li pre:visible")).to_contain_text("<Content>")


def test_a_citizen_can_come_back_and_another_can_begin(phone: str, window: Window) -> None:
    page = window(viewport=PHONE)
    page.goto(phone)
    page.get_by_role("button", name="关注公众号").click()
    expect(bubbles(page)).to_have_count(1)
    page.reload()
    expect(bubbles(page)).to_have_count(1)
    page.get_by_role("button", name="后台").click()
    page.get_by_role("button", name="换一位市民").click()
    expect(page.get_by_role("button", name="关注公众号")).to_be_visible()
    expect(bubbles(page)).to_have_count(0)


def test_large_text_stays_and_fits(phone: str, window: Window) -> None:
    page = window(viewport=PHONE)
    page.goto(phone)
    page.get_by_role("button", name="大字").click()
    page.reload()
    expect(page.get_by_role("button", name="大字")).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="关注公众号").click()
    expect(bubbles(page)).to_have_count(1)
    examine(page)


@SIZES
@THEMES
def test_the_phone_meets_everyone(
    phone: str, window: Window, viewport: dict[str, int], theme: str
) -> None:
    page = window(viewport=viewport, color_scheme=theme, reduced_motion="reduce")
    page.goto(phone)
    expect(page.get_by_role("button", name="关注公众号")).to_be_visible()
    examine(page)
    page.get_by_role("button", name="关注公众号").click()
    expect(bubbles(page)).to_have_count(1)
    page.get_by_label("写给公众号的话").fill("公司拖欠我工资怎么办")
    page.get_by_role("button", name="发送").click()
    expect(bubbles(page)).to_have_count(2)
    page.get_by_role("button", name="发语音、图片、位置等").click()
    page.get_by_role("button", name="更多").click()
    examine(page)
    if viewport == PHONE:
        page.keyboard.press("Escape")
        page.get_by_role("button", name="后台").click()
        expect(page.get_by_role("button", name="关闭")).to_be_focused()
        examine(page)


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["360", "1440"])
@THEMES
def test_the_receivers_page_meets_everyone(
    house: House, window: Window, tmp_path: Path, viewport: dict[str, int], theme: str
) -> None:
    app = receiver.create_app(receiver.ReceiverConfig("sixteen-letters-or-more", tmp_path / "r"))
    url = house.serve(app)
    page = window(viewport=viewport, color_scheme=theme)
    page.goto(url)
    expect(page.get_by_text("还没有收到事项")).to_be_visible()
    examine(page)
    for number, kind in enumerate(("petition", "consultation"), start=1):
        matter = {"number": f"XF20261123-000{number}", "kind": kind, "summary": {"title": "欠薪"}}
        app.extensions["receiver"].take(Delivered(f"k{number}", matter, "d"), 1795395600)
    page.reload()
    expect(page.get_by_text("2026-000002")).to_be_visible()
    examine(page)
