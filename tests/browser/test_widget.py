"""The citizen's side, in a real browser."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import Any

from flask import Flask
from playwright.sync_api import Page, Route, expect

from casework.domain.people import Role
from tests.browser.conftest import PHONE, House

Window = Callable[..., Page]


def say(page: Page, text: str) -> None:
    box = page.get_by_label("您要说的话")
    box.fill(text)
    box.press("Enter")


def bubbles(page: Page) -> list[str]:
    """What stands in the conversation, without the greeting."""
    found: list[str] = page.locator("#log .line:not(#greeting) .bubble").all_inner_texts()
    return found


def test_a_citizen_asks_and_is_answered_with_the_law_cited(house: House, window: Window) -> None:
    page = window()
    page.goto(f"{house.url}/chat")
    expect(page.get_by_text("不是真人")).to_be_visible()
    say(page, "公司拖欠我三个月工资怎么办")
    expect(page.get_by_text("《劳动合同法》第三十条")).to_be_visible()
    expect(page.get_by_role("link", name="12333")).to_have_attribute("href", "tel:12333")
    assert bubbles(page)[0] == "公司拖欠我三个月工资怎么办"
    assert len(bubbles(page)) == 3
    expect(page.locator(".pending")).to_have_count(0)
    expect(page.get_by_role("group", name="可选的回答").get_by_role("button")).to_have_text(
        ["我要反映问题", "转人工"]
    )


def test_who_writes_before_the_session_has_begun_stays_one_visitor(
    house: House, window: Window
) -> None:
    page, begun, begin = window(), [], house.app.view_functions["widget.session"]

    def slowly() -> Any:
        begun.append(1)
        time.sleep(1)
        return begin()

    house.app.view_functions["widget.session"] = slowly
    page.goto(f"{house.url}/chat")
    say(page, "公司拖欠我三个月工资怎么办")
    expect(page.get_by_text("《劳动合同法》第三十条")).to_be_visible()
    expect(page.locator(".pending")).to_have_count(0)
    assert len(begun) == 1


def test_a_petition_is_told_reviewed_confirmed_and_found_again(
    house: House, window: Window
) -> None:
    page = window(viewport=PHONE)
    page.goto(f"{house.url}/chat")
    page.get_by_role("button", name="反映问题（信访）").click()
    choices = page.get_by_role("group", name="可选的回答")
    choices.get_by_role("button", name="同意", exact=True).click()
    answers = [
        "去年十月柳河镇张庄村村委会修路占了我家三分地，说好给补偿，到现在一分钱没给",
        "把补偿款按标准发给我", "张建军", "13900001234", "都没有", "就我一个", "有量地的单子",
        "张庄村村委会", "2025年10月", "柳河镇张庄村", "没有了", "没有",
    ]  # fmt: skip
    asked = page.locator("#log .line.bot .bubble")
    for _ in range(20):
        expect(page.locator(".pending")).to_have_count(0)
        if choices.get_by_role("button", name="确认提交").is_visible():
            break
        question = asked.last.inner_text()
        say(page, _answer_to(question, answers))
        expect(page.locator(".pending")).to_have_count(0)
    choices.get_by_role("button", name="确认提交").click()
    expect(page.get_by_text(re.compile("XF[0-9]{8}-[0-9]{4}")).last).to_be_visible()
    told = asked.last.inner_text()
    number = re.findall(r"XF\d{8}-\d{4}", told)[0]
    code = re.findall(r"[0-9A-Z]{4}-[0-9A-Z]{4}(?!\d)", told.replace(number, ""))[0]
    page.goto(f"{house.url}/progress")
    page.get_by_label("事项编号").fill(number)
    page.get_by_label("查询码").fill(code)
    page.get_by_role("button", name="查一查").click()
    expect(page.get_by_role("status")).to_contain_text("已提交")


def _answer_to(question: str, answers: list[str]) -> str:
    known = {
        "经过": answers[0], "补充": "就这些", "诉求": answers[1], "姓名": answers[2], "手机号": answers[3],
        "电话": answers[3], "官司": answers[4], "多少人": answers[5], "证据": answers[6],
        "哪个单位": answers[7], "什么时候": answers[8], "什么地方": answers[9],
    }  # fmt: skip
    last = question.rsplit("步）", maxsplit=1)[-1]
    return next((answer for word, answer in known.items() if word in last), "不清楚")


def test_the_question_on_the_bureaus_page_opens_the_widget_and_is_asked(
    house: House, window: Window
) -> None:
    page = window()
    page.goto(house.url)
    page.get_by_label("您遇到了什么事").fill("公司拖欠工资怎么办")
    page.get_by_role("button", name="问一问").click()
    chat = page.frame_locator("iframe")
    expect(chat.get_by_text("《劳动合同法》第三十条")).to_be_visible()
    assert page.url.rstrip("/") == house.url


def test_escape_closes_the_widget_and_gives_the_focus_back(house: House, window: Window) -> None:
    page = window()
    page.goto(house.url)
    launcher = page.get_by_role("button", name="法律咨询 · 反映问题")
    launcher.press("Enter")
    box = page.frame_locator("iframe").get_by_label("您要说的话")
    expect(box).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(launcher).to_be_focused()


def test_a_closed_widget_counts_what_came_meanwhile(house: House, window: Window) -> None:
    house.dialogue.pause_seconds = 1.0
    page = window()
    page.goto(house.url)
    page.get_by_role("button", name="法律咨询 · 反映问题").click()
    chat = page.frame_locator("iframe")
    chat.get_by_label("您要说的话").fill("您好")
    chat.get_by_role("button", name="发送").click()
    chat.get_by_role("button", name="收起对话").click()
    expect(page.locator(".suqiu-count")).to_have_text("1")


def test_the_widget_works_on_another_site_through_one_script_tag(
    house: House, window: Window, serve: Callable[[Flask], str]
) -> None:
    other = Flask("other")
    # A host name of its own makes it another site, whose frames get no cookies of ours.
    address = serve(other).replace("127.0.0.1", "localhost")
    embedding = house.rebuilt(embed_origins=address)
    script = f'<script src="{embedding.url}/widget.js" data-label="问一问" defer></script>'
    other.add_url_rule("/", "page", lambda: f"<!doctype html><title>x</title><h1>他站</h1>{script}")
    page = window()
    page.goto(address)
    page.get_by_role("button", name="问一问").click()
    chat = page.frame_locator("iframe")
    chat.get_by_label("您要说的话").fill("您好")
    chat.get_by_role("button", name="发送").click()
    expect(chat.get_by_text("收到：您好")).to_be_visible()
    page.reload()
    page.get_by_role("button", name="问一问").click()
    expect(page.frame_locator("iframe").get_by_text("收到：您好")).to_be_visible()


def test_a_dropped_connection_loses_nothing_and_doubles_nothing(
    house: House, window: Window
) -> None:
    office = house.office
    page = window()
    page.goto(f"{house.url}/chat")
    page.get_by_role("button", name="找人工").click()
    expect(page.locator("#who")).to_contain_text("正在为您找值班律师")
    lawyer = office.staff(Role.LAWYER, name="王敏")
    id_ = office.handover.waiting(lawyer)[0].conversation_id
    office.handover.take(lawyer, id_)
    expect(page.locator("#who")).to_contain_text("值班律师 王敏")

    page.context.set_offline(True)
    expect(page.get_by_text("网络断了")).to_be_visible()
    office.handover.say(lawyer, id_, "断线时律师说的第一句", "k1")
    say(page, "断线时写的第一句")
    say(page, "断线时写的第二句")
    office.handover.say(lawyer, id_, "断线时律师说的第二句", "k2")
    expect(page.locator(".pending")).to_have_count(2)
    expect(page.get_by_role("button", name="重新发送")).to_have_count(1)

    page.context.set_offline(False)
    expect(page.locator(".pending")).to_have_count(0, timeout=20_000)
    expect(page.get_by_text("网络断了")).to_be_hidden()
    said = [line.text for line in office.conversations.transcript(id_) if line.author != "notice"]
    assert said[-4:] == [
        "断线时律师说的第一句", "断线时律师说的第二句", "断线时写的第一句", "断线时写的第二句",
    ]  # fmt: skip
    expect(page.get_by_text("断线时律师说的第二句")).to_have_count(1)
    assert bubbles(page)[-4:] == said[-4:]


def test_what_could_not_be_sent_survives_a_reload(house: House, window: Window) -> None:
    page = window()
    page.goto(f"{house.url}/chat")
    say(page, "先说一句")
    expect(page.get_by_text("收到：先说一句")).to_be_visible()

    def cut(route: Route) -> None:
        if route.request.method == "POST":
            route.abort()
        else:
            route.continue_()

    page.route("**/widget/messages*", cut)
    say(page, "没发出去的话")
    expect(page.get_by_text("没有发出去")).to_be_visible()
    page.reload()
    expect(page.locator(".pending")).to_contain_text("没发出去的话")
    page.unroute("**/widget/messages*")
    expect(page.get_by_text("收到：没发出去的话")).to_be_visible(timeout=20_000)
    assert bubbles(page).count("没发出去的话") == 1
    assert page.evaluate("localStorage.getItem('suqiu.unsent')") is None


def test_an_answer_that_was_lost_on_the_way_does_not_double_the_message(
    house: House, window: Window
) -> None:
    page = window()
    page.goto(f"{house.url}/chat")
    lost: list[bool] = []

    def lose_the_first_answer(route: Route) -> None:
        if route.request.method == "POST" and not lost:
            lost.append(True)
            route.fetch()  # the server has it; the page never hears
            route.abort()
        else:
            route.continue_()

    page.route("**/widget/messages*", lose_the_first_answer)
    say(page, "只算一次")
    expect(page.get_by_text("收到：只算一次")).to_be_visible(timeout=20_000)
    # The stream has shown it already; the page sends it again all the same, with the same key.
    for _ in range(100):
        if page.evaluate("localStorage.getItem('suqiu.unsent')") is None:
            break
        page.wait_for_timeout(200)
    expect(page.locator(".pending")).to_have_count(0)
    assert page.evaluate("localStorage.getItem('suqiu.unsent')") is None
    assert bubbles(page) == ["只算一次", "收到：只算一次"]
    assert len(house.office.dialogue.taken) == 1


def test_ones_own_words_stand_there_once_while_the_answer_is_awaited(
    house: House, window: Window
) -> None:
    house.dialogue.pause_seconds = 3.0
    page = window()
    page.goto(f"{house.url}/chat")
    say(page, "您好")
    expect(page.locator("#log .line.citizen[data-seq]")).to_have_count(1)
    assert bubbles(page) == ["您好"]
    expect(page.locator("#thinking")).to_be_visible()
    expect(page.get_by_text("收到：您好")).to_be_visible()
    expect(page.locator("#thinking")).to_be_hidden()


def test_without_a_place_for_a_stream_the_page_asks_every_few_seconds(
    house: House, window: Window
) -> None:
    house.use_streams(places=0)
    page = window()
    page.goto(f"{house.url}/chat")
    page.get_by_role("button", name="找人工").click()
    lawyer = house.office.staff(Role.LAWYER, name="王敏")
    expect(page.locator("#who")).to_contain_text("正在为您找值班律师")
    id_ = house.office.handover.waiting(lawyer)[0].conversation_id
    house.office.handover.take(lawyer, id_)
    expect(page.get_by_text("值班律师王敏已接入")).to_be_visible(timeout=15_000)


def test_a_session_that_has_ended_is_begun_anew_without_losing_the_words(
    house: House, window: Window
) -> None:
    page = window()
    page.goto(f"{house.url}/chat")
    say(page, "第一句")
    expect(page.get_by_text("收到：第一句")).to_be_visible()
    page.context.clear_cookies()
    say(page, "第二句")
    expect(page.get_by_text("收到：第二句")).to_be_visible()


def test_everything_works_with_the_keyboard_alone(house: House, window: Window) -> None:
    page = window()
    page.goto(f"{house.url}/chat")
    page.keyboard.press("Tab")
    expect(page.get_by_text("跳到输入框")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_label("您要说的话")).to_be_focused()
    page.keyboard.type("公司拖欠工资")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="我要反映问题")).to_be_visible()
    expect(page.get_by_label("您要说的话")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(page.get_by_role("button", name="转人工")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#who")).to_contain_text("正在为您找值班律师")


def test_shift_enter_makes_a_line_and_enter_sends(house: House, window: Window) -> None:
    page = window()
    page.goto(f"{house.url}/chat")
    page.get_by_label("您要说的话").focus()
    page.keyboard.type("第一行")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("第二行")
    assert bubbles(page) == []
    page.keyboard.press("Enter")
    expect(page.get_by_text("收到：第一行")).to_be_visible()
    assert bubbles(page)[0] == "第一行\n第二行"


def test_screen_readers_hear_new_lines_and_not_the_history(house: House, window: Window) -> None:
    page = window()
    page.goto(f"{house.url}/chat")
    log = page.get_by_role("log", name="对话")
    expect(log).to_have_attribute("aria-live", "polite")
    say(page, "您好")
    expect(page.get_by_text("收到：您好")).to_be_visible()
    page.add_init_script(
        "new MutationObserver(() => {const l = document.getElementById('log');"
        " if (l && l.querySelector('[data-seq]') && !window.first)"
        " { window.first = l.getAttribute('aria-live'); }})"
        ".observe(document, {subtree: true, childList: true});"
    )
    page.reload()
    expect(page.get_by_text("收到：您好")).to_be_visible()
    assert page.evaluate("window.first") == "off"
    expect(log).to_have_attribute("aria-live", "polite")


def test_large_text_and_dark_mode_are_kept(house: House, window: Window) -> None:
    page = window(viewport=PHONE)
    page.goto(f"{house.url}/chat")
    size = "parseFloat(getComputedStyle(document.querySelector('.bubble')).fontSize)"
    ground = "getComputedStyle(document.body).backgroundColor"
    before, light = page.evaluate(size), page.evaluate(ground)
    page.get_by_role("button", name="大字").click()
    page.get_by_role("button", name="深色").click()
    expect(page.get_by_role("button", name="大字")).to_have_attribute("aria-pressed", "true")
    assert page.evaluate(size) >= before * 1.2
    dark = page.evaluate(ground)
    assert dark != light
    page.reload()
    assert page.evaluate(size) >= before * 1.2
    assert page.evaluate(ground) == dark
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_whoever_wants_no_motion_gets_none(house: House, window: Window) -> None:
    house.dialogue.pause_seconds = 3.0
    page = window(reduced_motion="reduce")
    page.goto(f"{house.url}/chat")
    say(page, "您好")
    dots = page.locator("#thinking i").first
    expect(dots).to_be_visible()
    assert dots.evaluate("e => getComputedStyle(e).animationIterationCount") == "1"


def test_the_chat_is_whole_without_script(house: House, window: Window) -> None:
    page = window(java_script_enabled=False, viewport=PHONE)
    page.goto(house.url)
    page.get_by_role("button", name="欠薪").click()
    page.wait_for_url("**/chat#last")
    expect(page.get_by_text("《劳动合同法》第三十条")).to_be_visible()
    page.get_by_role("button", name="找人工").click()
    expect(page.locator("#who")).to_contain_text("正在为您找值班律师")
    page.get_by_label("您要说的话").fill("再补一句")
    page.get_by_role("button", name="发送").click()
    expect(page.get_by_text("收到：再补一句")).to_be_visible()


def test_a_long_answer_is_shown_from_its_beginning(house: House, window: Window) -> None:
    from casework.domain.messages import Reply

    house.office.dialogue.answering = lambda turn: [
        Reply("开头的一句\n" + "中间很长的一段\n" * 60), Reply("最后一段")
    ]  # fmt: skip
    page = window(viewport=PHONE)
    page.goto(f"{house.url}/chat")
    say(page, "宅基地怎么确权")
    expect(page.get_by_text("开头的一句")).to_be_in_viewport()
    page.get_by_role("button", name="下面还有").click()
    expect(page.get_by_text("最后一段")).to_be_in_viewport()
