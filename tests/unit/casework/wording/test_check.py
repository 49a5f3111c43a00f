"""What of a machine's wording passes, and what does not."""

from __future__ import annotations

import pytest

from casework.domain.wording.answer import LONGEST_PARAGRAPH
from tests.unit.casework.wording.parts import checks, material, said, summary

CHECKS = checks()


@pytest.mark.parametrize(
    "text",
    [
        "来访者〔姓名1〕自述，在青河县宏达建材有限公司工作两年，双方未签订劳动合同。",
        "来访者称2026年6月至8月的工资至今未发，合计1.8万元。",
        "今年6月到8月的工资没有发，一共欠18000元。",
        "老板〔姓名2〕大概在2025年10月表示过两次月底发，后来不接电话。",
        "来访者手中有3张考勤照片，每月工资6000元。",
        "来访者称大概有20个人没有拿到钱。",
        "该争议可以先申请劳动仲裁（《劳动争议调解仲裁法》第五条）。",
        "来访者表示对方“后来就不接电话了”。",
        "对方一直没有支付工资，来访者十分着急。",
    ],
)
def test_what_was_said_may_be_said_in_other_words(text: str) -> None:
    assert CHECKS.fault(said(text)) == ""


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("一共欠三万元。", "number"),
        ("一共欠18001元。", "number"),
        ("来访者工作三年。", "number"),
        ("来访者有4张考勤照片。", "number"),
        ("来访者有百分之五十的工资未发，即50%。", "number"),
        ("老板〔姓名2〕说过三次。", "number"),
        ("还有3次没有发。", "number"),  # three photographs are not three times
        ("大概有20户没有拿到钱。", "number"),
        ("来访者称有20个人没有拿到钱。", "number"),  # 大概 is gone
        ("拖欠工资6000元。", "number"),  # a month's pay is not the debt
        ("每月工资18000元。", "number"),
        ("工资自2024年6月起未发。", "date"),
        ("老板〔姓名2〕在2025年10月表示月底发。", "date"),  # 大概 is gone
        ("老板〔姓名2〕大概在2025年10月5日表示月底发。", "date"),  # surer than what was said
        ("来访者手机13912345678。", "personal"),
        ("来访者身份证110101199003070011。", "personal"),
        ("依据《劳动合同法》应付工资。", "law"),
        ("依据《劳动争议调解仲裁法》第五十条。", "law"),
        ("依据第五条处理。", "law"),
        ("依据劳动法处理。", "word"),
        ("依据民法典处理。", "word"),
        ("老板Wang说没钱。", "word"),
        ("老板诈骗来访者的工资。", "word"),
        ("对方应当支付工资。", "word"),
        ("老板〔姓名3〕说没钱。", "mark"),
        ("老板〔姓名〕说没钱。", "mark"),
        ("老板〔姓名1说没钱。", "mark"),
        ("他说“我不会发工资”。", "quote"),
        ("", "length"),
        ("工资。" * LONGEST_PARAGRAPH, "length"),
        ("第一行\n第二行", "length"),
        ("工资\u202e没发", "length"),
    ],
)
def test_what_was_not_said_does_not_pass(text: str, fault: str) -> None:
    assert CHECKS.fault(said(text)) == fault


@pytest.mark.parametrize(
    "text",
    [
        "老板赵伟没有发工资。",
        "老板卓玛说没钱。",
        "来访者和巴特尔说过。",
        "来访者在青河县人民法院起诉。",
        "来访者在宏达商贸有限公司工作。",
        "事情在柳河镇发生。",
    ],
)
def test_somebody_or_somewhere_else_does_not_pass_whichever_check_sees_it(text: str) -> None:
    assert CHECKS.fault(said(text)) in ("name", "place", "word")


def test_pieces_of_two_places_make_no_third() -> None:
    """青河 and 人民法院 were said, 青河人民法院 was not."""
    quotes = summary()["quotes"]
    quotes[1] = {**quotes[1], "text": "在青河县打工，去过人民法院"}
    assert checks(quotes=quotes).fault(said("来访者去过青河县人民法院。")) == "place"


@pytest.mark.parametrize(
    ("quote", "messages", "fault"),
    [
        ("一共欠我一万八千块", ("m1",), ""),
        ("我叫〔姓名1〕", ("m1",), ""),
        ("一共欠我一万八千块", ("m2",), "quote"),  # said, but elsewhere
        ("一共欠我18000块", ("m1",), "quote"),
        ("一共欠我一万八千块。", ("m1",), "quote"),
        (" ", ("m1",), "quote"),
        ("欠", ("m1",), "quote"),
        ("〔姓名9〕", ("m1",), "quote"),
        ("一共欠我一万八千块", ("m1", "m9"), "message"),
        ("一共欠我一万八千块", (), "message"),
    ],
)
def test_a_quote_stands_verbatim_in_a_message_that_is_named(
    quote: str, messages: tuple[str, ...], fault: str
) -> None:
    assert CHECKS.fault(said("对方没有发工资。", quote, messages=messages)) == fault


def test_what_passes_carries_the_real_names_and_messages() -> None:
    checked = CHECKS.check(
        [
            said("老板〔姓名2〕没有发工资。", "老板〔姓名2〕大概去年十月", messages=("m2",)),
            said("一共欠三万元。"),
            said("老板〔姓名7〕没有发工资。"),
            said("合计两万元。"),
        ]
    )
    (kept,) = checked.paragraphs
    assert kept.text == "老板赵德柱没有发工资。"
    assert kept.quotes == ("老板赵德柱大概去年十月",)
    assert kept.messages == ("message-2",)
    assert checked.faults == {"number": 2, "mark": 1}


def test_the_way_that_rules_found_may_be_said_and_no_other() -> None:
    without = checks(
        route={"main": {"label": "信访", "why": "", "cite": "《信访工作条例》第十七条"}}
    )
    text = "该争议可以先申请仲裁（《劳动争议调解仲裁法》第五条）。"
    assert CHECKS.fault(said(text)) == ""
    assert without.fault(said(text)) == "law"


@pytest.mark.parametrize(
    ("day", "fault"),
    [("2025年5月8日", ""), ("2025年5月", ""), ("2025年", ""), ("2025年5月9日", "date")],
)
def test_a_date_may_be_said_less_exactly(day: str, fault: str) -> None:
    quotes = summary()["quotes"]
    quotes[1] = {**quotes[1], "text": "他2025年5月8日借的钱"}
    assert checks(quotes=quotes).fault(said(f"对方在{day}借款。")) == fault


def test_a_number_that_was_said_alone_takes_any_unit_and_no_other_number_does() -> None:
    quotes = summary()["quotes"]
    quotes[1] = {**quotes[1], "text": "俺今年58，有12亩地"}
    assert checks(quotes=quotes).fault(said("来访者今年58岁。")) == ""
    assert checks(quotes=quotes).fault(said("来访者今年12岁。")) == "number"


def test_a_long_paragraph_without_a_stop_is_read_like_any_other() -> None:
    assert CHECKS.fault(said("工资没有发" * (LONGEST_PARAGRAPH // 5))) == ""
    assert CHECKS.fault(said("工资没有发" * (LONGEST_PARAGRAPH // 5 - 1) + "彤彤")) == "word"


def test_relative_dates_count_from_the_day_they_were_written() -> None:
    quotes = summary()["quotes"]
    quotes[1] = {
        "source": "message-2",
        "text": "去年3月开始拖欠",
        "at": "2025-05-01T04:00:00+00:00",
    }
    earlier = checks(quotes=quotes)
    assert earlier.fault(said("对方从2024年3月开始拖欠。")) == ""
    assert earlier.fault(said("对方从2025年3月开始拖欠。")) == "date"


def test_only_what_was_shown_counts_as_said() -> None:
    long = {
        "source": "message-9",
        "text": "欠我九万元" + "啊" * 9000,
        "at": "2026-11-22T08:00:00+00:00",
    }
    quotes = [*summary()["quotes"], long]
    assert len(material(quotes=quotes).messages) == 3
    assert checks(quotes=quotes).fault(said("一共欠九万元。")) == "number"
