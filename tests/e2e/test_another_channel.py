"""Begun on the phone, kept, and finished in the widget by the code."""

from __future__ import annotations

import re
from collections.abc import Callable

from cli.chat_client import ChatClient
from tests.e2e.phone import Phone

CODE = re.compile(r"[2-9A-Z]{4}(?:-[2-9A-Z]{4}){2}")
ON_THE_PHONE = (
    "我要反映问题",
    "同意",
    "去年十月村里修路占了我家三分地，说好给补偿到现在没给，找了村里好几次",
    "青河县柳河镇东街村村委会",
)
ANSWERS = {
    "诉求": "希望把占地的钱补给我",
    "地点": "青河县柳河镇东街村",
    "姓名": "李秀英，13912345678",
    "电话": "13912345678",
    "诉讼": "没有打过官司",
    "多少人": "就我们一家",
    "材料": "有当时量地的单子",
}


def test_a_petition_begun_on_the_phone_is_finished_in_the_widget_and_delivered_once(
    phone: Phone, citizen: Callable[[], ChatClient]
) -> None:
    phone.switch("plain")
    for line in ON_THE_PHONE:
        assert phone.say(line), f"no answer to {line}"
    kept = "".join(phone.say("我先去接孩子，明天再接着填"))
    code = CODE.search(kept)
    assert code, kept

    web = citizen()
    asked = "".join(web.say("取回草稿").replies)
    assert "暂存码" in asked
    wrong = "".join(web.say("继续 ABCD-EFGH-2345").replies)
    assert "没有找到" in wrong
    turn = web.say(code.group().lower())
    for _ in range(12):
        question = turn.replies[-1]
        if "确认提交" in question:
            break
        turn = web.say(next((v for k, v in ANSWERS.items() if k in question), "没有了"))
    assert "三分地" in turn.replies[-1]
    # The phone has been told, and what is said there now goes nowhere.
    assert "接着填" in "".join([*phone.read(), *phone.say("我叫王二")])
    turn = web.press("确认提交")
    number = re.search(r"XF\d{8}-\d{4}", "".join(turn.replies))
    assert number, turn.replies

    (matter,) = web.settled_matters()
    assert matter["number"] == number.group()
    assert [delivery["state"] for delivery in matter["delivered"]] == ["delivered"]
    told = {field["id"]: field["text"] for field in matter["summary"]["fields"]}
    assert "三分地" in told["narrative"]  # on the phone
    assert "村委会" in told["against"]
    assert told["wanted"] == ANSWERS["诉求"]  # in the widget
    assert told["name"] == "李秀英"
    quotes = [quote["text"] for quote in matter["summary"]["quotes"]]
    assert ON_THE_PHONE[2] in quotes
    assert ANSWERS["诉求"] in quotes
    refused = "".join(phone.say(f"继续 {code.group()}"))
    assert number.group() in refused
    assert "查询码" in refused

    # And something more about it, by number and code, from the phone.
    query = re.search(r"[2-9A-Z]{4}-[2-9A-Z]{4}", "".join(turn.replies).split("查询码")[1])
    assert query
    phone.say(f"补充 {number.group()} {query.group()}：昨天测量的人来过了")
    assert number.group() in "".join(phone.say("确认补充"))
    (matter,) = web.settled_matters()
    assert [s["text"] for s in matter["summary"]["supplements"]] == ["昨天测量的人来过了"]
