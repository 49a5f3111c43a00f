"""Which messages ask for a figure, and which figures they give; and which ask for none."""

from __future__ import annotations

import contextlib
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.domain.calculators import BadInput, calculate
from casework.domain.calculators.asking import recognise
from tests.unit.casework.calculators.worked import TODAY


def plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return float(value)
    return value.isoformat() if isinstance(value, date) else value


#: message -> calculator, what it was given.
ASKED: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("我工资6000干了3年半被辞退能赔多少", "compensation", {"wage": 6000, "years": 3, "months": 6}),
    ("做了五年零三个月，一个月到手5500，老板把我开除了，该赔多少", "compensation",
     {"wage": 5500, "years": 5, "months": 3}),
    ("被裁员，工龄12年，月薪1万5，N+1是多少", "compensation",
     {"wage": 15000, "years": 12, "months": 0, "reason": "layoff"}),
    ("2019年6月1日入职，2026年10月31日合同到期公司不续签，月工资4800，补偿怎么算", "compensation",
     {"wage": 4800, "start": "2019-06-01", "end": "2026-10-31", "reason": "expired"}),
    ("我怀孕被辞退，干了2年，工资7千，咋赔", "compensation",
     {"wage": 7000, "years": 2, "months": 0, "reason": "unlawful"}),
    ("上班半年就把我辞了解除合同，底薪3800，能拿多少补偿", "compensation",
     {"wage": 3800, "years": 0, "months": 6}),
    ("一个月4500块，在厂里干了八个月没签合同，双倍工资怎么算", "double_pay",
     {"wage": 4500, "start": "2026-03-22"}),
    ("今年3月1号入职一直没签合同，工资5000一个月，二倍工资怎么算", "double_pay",
     {"wage": 5000, "start": "2026-03-01"}),
    ("月薪5000，周日加班4天没给加班费，能要多少", "overtime", {"wage": 5000, "restday_days": 4}),
    ("国庆加班3天，月薪6000，加班费应该给多少", "overtime", {"wage": 6000, "holiday_days": 3}),
    ("每天加班3小时，一个月22天，工资3500，加班费怎么算", "overtime",
     {"wage": 3500, "weekday_hours": 66}),
    ("5天年假没休，月薪1万，能赔多少", "annual_leave", {"wage": 10000, "days": 5}),
    ("工龄15年，今年年假一天没休，工资8000，怎么算", "annual_leave", {"wage": 8000, "career": 15}),
    ("工伤九级，工资五千，能赔多少钱", "work_injury", {"wage": 5000, "grade": 9}),
    ("我爱人上班时猝死了，2026年5月的事，能赔多少", "work_injury", {"death": True, "year": 2026}),
    ("借了10万月息2分合法吗", "loan_interest", {"principal": 100000, "monthly_rate": 2}),
    ("借朋友3万，利息3分，算高利贷吗", "loan_interest", {"principal": 30000, "monthly_rate": 3}),
    ("月息2分5算不算高利贷，借的8万", "loan_interest", {"principal": 80000, "monthly_rate": 2.5}),
    ("年息一分合法吗", "loan_interest", {"principal": 10000, "rate": 10}),
    ("借条写的日息万分之五，本金2万，合法吗", "loan_interest", {"principal": 20000, "rate": 18.25}),
    ("我欠他5万，他要我每个月还利息2500，算高利贷吗", "loan_interest",
     {"principal": 50000, "monthly_rate": 5}),
    ("我借给朋友5万块，年利率20%，2023年5月1号借的，现在能要多少利息", "loan_interest",
     {"principal": 50000, "rate": 20, "start": "2023-05-01"}),
    ("判决10万，去年5月1日到期没还，迟延履行利息怎么算", "late_interest",
     {"principal": 100000, "due": "2025-05-01"}),
    ("起诉要20万诉讼费多少", "litigation_fee", {"amount": 200000}),
    ("标的额35万的案件受理费多少", "litigation_fee", {"amount": 350000}),
    ("打离婚官司，财产80万，诉讼费大概多少", "litigation_fee", {"kind": "divorce", "amount": 800000}),
    ("离婚诉讼费多少钱", "litigation_fee", {"kind": "divorce"}),
    ("申请强制执行15万，执行费多少", "litigation_fee", {"kind": "enforcement", "amount": 150000}),
    ("他月工资9000，两个孩子抚养费一个月该给多少", "child_support", {"income": 9000, "children": 2}),
    ("误工费怎么算，我一天工资180，误工45天", "injury", {"daily_income": 180, "lost_days": 45}),
    ("2026年3月14号被辞退，劳动仲裁最晚到哪天", "deadline",
     {"kind": "labour_arbitration", "from": "2026-03-14"}),
    ("上周三收到判决书，上诉最晚哪天", "deadline", {"kind": "appeal_judgment", "from": "2026-11-11"}),
    ("事故认定书是11月19日拿到的，申请复核来得及吗", "deadline",
     {"kind": "traffic_review", "from": "2026-11-19"}),
    ("2023年6月1日借的钱说好2023年12月1日还，现在起诉过时效了吗", "deadline",
     {"kind": "civil_claim", "from": "2023-12-01"}),
    ("2025年12月1日收到处罚决定书，申请行政复议过期没有", "deadline",
     {"kind": "reconsideration", "from": "2025-12-01"}),
    ("11月10号收到信访处理意见书，申请复查截止哪天", "deadline",
     {"kind": "petition_review", "from": "2026-11-10"}),
    ("11月18号递交的信访，什么时候能有结果", "petition_clocks", {"received": "2026-11-18"}),
    ("我是农民工被欠工资，能申请法律援助吗", "legal_aid", {"matter": "wages", "who": "migrant"}),
    ("我被老公家暴，可以申请法律援助吗", "legal_aid", {"matter": "violence"}),
)  # fmt: skip


@pytest.mark.parametrize(("text", "name", "inputs"), ASKED, ids=[text for text, _, _ in ASKED])
def test_a_question_with_its_figures_is_understood(
    text: str, name: str, inputs: dict[str, Any]
) -> None:
    request = recognise(text, TODAY)
    assert request is not None
    assert (request.calculator, request.missing) == (name, ())
    assert {key: plain(value) for key, value in request.inputs.items()} == inputs
    assert calculate(name, request.inputs, TODAY).conclusion


@pytest.mark.parametrize(
    ("text", "name", "missing"),
    [
        ("被辞退了，工资5000，能赔多少", "compensation", ("years",)),
        ("干了4年被开除，赔多少钱", "compensation", ("wage",)),
        ("工伤七级怎么赔", "work_injury", ("wage",)),
        ("月薪6000加班费怎么算", "overtime", ("weekday_hours",)),
        ("年假没休5天，该给多少", "annual_leave", ("wage",)),
        ("没签合同，工资4500，双倍工资怎么算", "double_pay", ("start",)),
    ],
)
def test_a_question_that_lacks_one_figure_names_it(
    text: str, name: str, missing: tuple[str, ...]
) -> None:
    request = recognise(text, TODAY)
    assert request is not None
    assert (request.calculator, request.missing) == (name, missing)


@pytest.mark.parametrize(
    "text",
    [
        "我工资6000干了3年半被辞退了",  # a story, no question
        "被公司辞退能赔多少",  # no figure: the guidance answers
        "借钱不还怎么办",
        "公司拖欠我三个月工资一共一万八怎么办",
        "工资五千，干了三年，老板欠我两个月工资怎么办",
        "我借了他2万块，他不还，怎么办",
        "房东不退押金2000怎么办",
        "买了一台车12万，有质量问题，能赔多少",
        "房子拆迁补偿款80万，能要回来多少",
        "贷款20万，银行年利率5%合法吗",
        "抚养费一个月600，一共13年，够不够",
        "月收入只有几千块，抚养费给多少",
        "诉讼费谁承担",
        "上诉期是多久",
        "劳动仲裁时效是多久",
        "加班费怎么算",
        "被骗了3万块能要回来吗",
        "2026年3月14号我被辞退了",
        "你好",
        "",
    ],
)
def test_what_asks_for_no_figure_is_left_to_the_guidance(text: str) -> None:
    assert recognise(text, TODAY) is None


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("工资6000，干了3年多被辞退能赔多少", "about"),
        ("2021年3月入职，月薪8000，被裁了能拿多少", "to_today"),
        ("2026年3月被辞退，劳动仲裁最晚到哪天", "about_day"),
        ("月息3分合法吗", "principal"),
    ],
)
def test_what_had_to_be_assumed_is_noted(text: str, note: str) -> None:
    request = recognise(text, TODAY)
    assert request is not None
    assert request.notes == (note,)


def test_a_sum_owed_is_no_wage() -> None:
    request = recognise("老板欠我8000，我一个月工资5000，干了2年被辞退能赔多少", TODAY)
    assert request is not None
    assert request.inputs["wage"] == 5000


def test_full_width_and_english_letters_are_read_alike() -> None:
    request = recognise("工资６０００，干了３年，Ｎ＋１是多少？被辞退", TODAY)
    assert request is not None
    assert (request.inputs["wage"], request.inputs["years"]) == (6000, 3)


PIECES = st.sampled_from(
    [text for text, _, _ in ASKED]
    + ["工资", "6000", "三年半", "多少", "被辞退", "月息", "2分", "借了", "10万", "合法吗", "2024年2月30日",
       "工伤", "十一级", "〇级", "诉讼费", "亿", "九九九九九年", "。", "\n", " ", "99999999999999999999", "\ud800"]
)  # fmt: skip


@given(st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=8).map("".join)))
def test_no_message_breaks_the_reading_or_the_working(text: str) -> None:
    request = recognise(text, TODAY)
    if request is None or request.missing:
        return
    with contextlib.suppress(BadInput):
        assert calculate(request.calculator, request.inputs, TODAY).citations


@pytest.mark.parametrize(
    "unit", ["借", "3", "一", "多少", "工资6000", "月息2分", "干了3年", "信访", "仲裁"]
)
@pytest.mark.timeout(30)
def test_a_long_message_is_not_searched_for_ever(unit: str) -> None:
    recognise(unit * (600 // len(unit)), TODAY)
    assert recognise(unit * (100_000 // len(unit)), TODAY) is None
