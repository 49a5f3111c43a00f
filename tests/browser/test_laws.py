"""The law behind an answer, opened under it: with a finger, a keyboard, an old or an offline phone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, House
from tests.browser.test_accessible import SIZES, THEMES, examine
from tests.browser.test_widget import say
from tests.fakes.law_texts import import_texts

Window = Callable[..., Page]
TEXT = "用人单位应当按照约定，及时足额支付劳动报酬。"


@pytest.fixture
def library(house: House) -> House:
    """The house with law texts imported."""
    import_texts(house.office.settings.data_dir)
    return house


def answered(house: House, page: Page) -> None:
    page.goto(f"{house.url}/chat")
    say(page, "公司拖欠工资怎么办")
    expect(page.get_by_role("button", name="我要反映问题")).to_be_visible()


@SIZES
@THEMES
def test_the_articles_open_under_the_answer(
    library: House, window: Window, viewport: dict[str, int], theme: str
) -> None:
    page = window(viewport=viewport, color_scheme=theme, reduced_motion="reduce")
    answered(library, page)
    expect(page.get_by_text(TEXT)).to_have_count(0)
    page.get_by_text("法条原文（2 条）").click()
    page.get_by_text("《劳动合同法》第三十条", exact=True).click()
    expect(page.get_by_text(TEXT)).to_be_visible()
    expect(page.get_by_text("2012年12月28日公布的文本")).to_be_visible()
    examine(page)


def test_they_open_with_the_keyboard_and_come_back_with_the_conversation(
    library: House, window: Window
) -> None:
    page = window(viewport=PHONE)
    answered(library, page)
    page.reload()
    page.locator(".laws > summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("以欺诈的手段订立的")).to_be_visible()


def test_only_the_answer_that_relies_on_law_has_articles(library: House, window: Window) -> None:
    page = window()
    answered(library, page)
    say(page, "您好")
    expect(page.get_by_text("收到：您好")).to_be_visible()
    expect(page.locator(".laws")).to_have_count(1)


def test_without_imported_texts_there_is_nothing_to_open(house: House, window: Window) -> None:
    page = window()
    answered(house, page)
    expect(page.locator(".laws")).to_have_count(0)


def test_a_text_that_cannot_be_had_now_leaves_a_link(library: House, window: Window) -> None:
    page = window(viewport=PHONE)
    answered(library, page)
    page.context.set_offline(True)
    page.get_by_text("法条原文（2 条）").click()
    page.get_by_text("《劳动合同法》第三十条", exact=True).click()
    link = page.get_by_role("link", name="在新页面打开这一条")
    expect(link).to_be_visible()
    page.context.set_offline(False)
    with page.expect_popup() as opened:
        link.click()
    expect(opened.value.get_by_role("heading", level=1)).to_have_text("《劳动合同法》第三十条")


def test_a_browser_that_knows_no_details_gets_links(library: House, window: Window) -> None:
    page = window(viewport=PHONE)
    page.add_init_script(
        "const make = document.createElement.bind(document);"
        "document.createElement = (tag) => make(tag === 'details' ? 'x-details' : tag);"
    )
    answered(library, page)
    expect(page.locator(".laws").get_by_role("link")).to_have_text(
        ["《劳动合同法》第二十六条", "《劳动合同法》第三十条"]
    )


@SIZES
@THEMES
def test_the_pages_of_articles(
    library: House, window: Window, viewport: dict[str, int], theme: str
) -> None:
    page = window(viewport=viewport, color_scheme=theme, java_script_enabled=True)
    answered(library, page)
    message_id = page.evaluate("fetch('/widget/messages?after=0').then((r) => r.json())")[
        "utterances"
    ][0]["message_id"]
    for path in ("/law/劳动合同法/30", f"/law/of/{message_id}"):
        page.goto(library.url + path)
        expect(page.get_by_text(TEXT)).to_be_visible()
        examine(page)


def test_without_script_the_articles_are_links(library: House, window: Window) -> None:
    page = window(java_script_enabled=False, viewport=PHONE)
    page.goto(f"{library.url}/chat")
    page.get_by_label("您要说的话").fill("公司拖欠工资怎么办")
    page.get_by_role("button", name="发送").click()
    page.get_by_text("法条原文（2 条）").click()
    with page.expect_popup() as opened:
        page.get_by_role("link", name="《劳动合同法》第三十条").click()
    expect(opened.value.get_by_text(TEXT)).to_be_visible()
