"""The bureau's page, and the chat of a browser without script."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from casework.domain.people import Role
from tests.fakes.clock import FakeClock
from tests.fakes.office import Office
from tests.integration.channels.gateway.conftest import Browser

NONCE = re.compile(r'name="nonce" value="([^"]+)"')


def test_the_bureaus_page_names_it_and_its_reviewed_phones(
    browser: Browser, office: Office
) -> None:
    page = browser.get("/").get_data(as_text=True)
    assert office.bureau.name in page
    assert office.bureau.address in page
    for line in office.directory.all():
        assert f'href="tel:{line.number}"' in page
    assert "号码核对日期" in page


def test_the_page_says_whether_a_lawyer_is_on_duty(browser: Browser, clock: FakeClock) -> None:
    assert "现在有律师在岗" in browser.get("/").get_data(as_text=True)
    clock.advance(hours=12)
    assert "下次值班：11月24日（周二）09:00" in browser.get("/").get_data(as_text=True)


def test_the_loader_may_be_used_by_another_site(browser: Browser) -> None:
    for path in ("/widget.js", "/widget.css"):
        answer = browser.get(path)
        assert answer.status_code == 200
        assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"


def test_the_chat_says_that_it_is_an_automatic_assistant(browser: Browser) -> None:
    page = browser.get("/chat").get_data(as_text=True)
    assert "不是真人" in page
    assert "找人工" in page
    assert 'href="tel:110"' in page
    assert "/privacy" in page


def test_the_chat_works_without_script(browser: Browser) -> None:
    answer = browser.post("/chat/messages", page="/chat", nonce="n1", text="公司拖欠工资")
    assert answer.status_code == 303
    assert answer.headers["Location"].endswith("/chat#last")
    page = browser.get("/chat").get_data(as_text=True)
    assert "公司拖欠工资" in page
    assert "《劳动合同法》第三十条" in page
    assert 'name="button" value="不用"' in page


def test_the_first_question_may_be_asked_on_the_bureaus_page(browser: Browser) -> None:
    answer = browser.post("/chat/messages", page="/", nonce="n1", text="", chosen="我想离婚")
    assert answer.status_code == 303
    assert "收到：我想离婚" in browser.get("/chat").get_data(as_text=True)


def test_a_button_without_script_travels_as_a_button(browser: Browser, office: Office) -> None:
    browser.post("/chat/messages", page="/chat", nonce="n1", text="工资")
    browser.post("/chat/messages", page="/chat", nonce="n2", button="好")
    assert office.dialogue.asked[-1].text == "/affirm"
    assert office.dialogue.asked[-1].trusted


def test_a_quick_action_without_script_calls_a_person(browser: Browser) -> None:
    browser.post("/chat/messages", page="/chat", nonce="n1", action="person")
    assert 'data-owner="waiting"' in browser.get("/chat").get_data(as_text=True)
    unknown = browser.post("/chat/messages", page="/chat", nonce="n2", action="restart")
    assert unknown.status_code == 400


def test_the_same_form_sent_twice_is_one_message_but_other_words_are_another(
    browser: Browser, office: Office
) -> None:
    for text in ("一次", "一次", "两次"):
        browser.post("/chat/messages", page="/chat", nonce="same", text=text)
    assert [turn.text for turn in office.dialogue.asked] == ["一次", "两次"]


def test_an_empty_form_says_nothing(browser: Browser, office: Office) -> None:
    assert browser.post("/chat/messages", page="/chat", nonce="n", text=" ").status_code == 303
    assert office.dialogue.asked == []


def test_what_people_say_is_never_markup(browser: Browser) -> None:
    evil = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    browser.post("/chat/messages", page="/chat", nonce="n", text=evil)
    page = browser.get("/chat").get_data(as_text=True)
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_what_people_say_cannot_leave_the_data_of_the_page(browser: Browser) -> None:
    browser.post("/chat/messages", page="/chat", nonce="n", text="</script><b>x")
    page = browser.get("/chat").get_data(as_text=True)
    assert "</script><b>x" not in page


def test_a_form_without_its_token_is_refused_with_a_page(browser: Browser, office: Office) -> None:
    browser.get("/chat")
    answer = browser.client.post("/chat/messages", data={"text": "x", "csrf": "wrong"})
    assert answer.status_code == 400
    assert "刷新页面" in answer.get_data(as_text=True)
    assert office.dialogue.asked == []


def test_a_visitor_without_a_cookie_of_ours_sees_an_empty_chat(app: Flask) -> None:
    stranger = Browser(app.test_client())
    stranger.client.set_cookie("suqiu_visitor", "forged")
    answer = stranger.get("/chat")
    assert answer.status_code == 200
    assert 'id="last"' not in answer.get_data(as_text=True)


def test_the_chat_shows_who_has_joined(browser: Browser, office: Office) -> None:
    browser.post("/chat/messages", page="/chat", nonce="n", action="person")
    lawyer = office.staff(Role.LAWYER, name="王敏")
    office.handover.take(lawyer, office.handover.waiting(lawyer)[0].conversation_id)
    page = browser.get("/chat").get_data(as_text=True)
    assert "值班律师王敏已接入" in page
    assert re.search(r'id="who"[^>]*>[^<]*值班律师 王敏', page)


def test_the_privacy_notice_is_the_one_people_consent_to(browser: Browser, office: Office) -> None:
    page = browser.get("/privacy").get_data(as_text=True)
    assert office.texts.say("consent.full").splitlines()[1] in page
    assert office.texts.say("consent.version") in page


@pytest.mark.parametrize("path", ["/", "/chat", "/privacy", "/progress", "/console/sign-in"])
def test_every_form_carries_a_token_and_every_message_form_a_nonce(
    browser: Browser, path: str
) -> None:
    page = browser.get(path).get_data(as_text=True)
    for form in re.findall(r"<form[^>]*method=\"post\".*?</form>", page, re.S):
        assert 'name="csrf"' in form
        if "/chat/messages" in form:
            assert NONCE.search(form)
