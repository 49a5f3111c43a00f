"""The official account, through a platform that signs, encrypts, retries and counts."""

from __future__ import annotations

import re

import pytest

from cli.system.plan import Plan
from cli.system.supervisor import Supervisor
from tests.e2e.phone import Phone

PETITION = (
    "我要反映问题",
    "同意",
    "去年十月村里修路占了我家三分地，说好给补偿到现在没给，找了村里好几次",
    "青河县柳河镇东街村村委会",
    "青河县柳河镇东街村",
    "希望把占地的钱补给我",
    "李秀英",
    "13912345678",
    "没有打过官司",
    "就我们一家",
    "有当时量地的单子",
    "没有了",
)


@pytest.mark.parametrize("mode", ["plain", "aes"])
def test_a_petition_by_wechat_gets_a_number_and_can_be_asked_after(
    plan: Plan, system: Supervisor, phone: Phone, mode: str
) -> None:
    phone.switch(mode)
    heard: list[str] = []
    for line in PETITION:
        heard = phone.say(line)
        assert heard, f"no answer to {line}"
        if "确认提交" in heard[-1]:
            break
    heard = phone.say("确认提交")
    number = re.search(r"[A-Z]{2}\d{8}-\d{4}", heard[-1])
    assert number
    assert number.group() in "".join(phone.say("查进度"))


def test_a_message_delivered_three_times_is_answered_once(
    plan: Plan, system: Supervisor, phone: Phone
) -> None:
    phone.switch("plain")
    phone.say("公司拖欠我三个月工资怎么办", copies=3)
    said = [line for line in phone.lines if line["author"] not in ("me", "system")]
    answers = [line["text"] for line in said if "劳动合同法" in line["text"]]
    assert len(answers) == 1
