"""The inputs of the calculators about loans, court fees, support and damages, from one message."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from casework.domain.calculators.asking.figures import Figures, first_day, is_exact

_PARTS = {
    "分": Decimal(1),
    "厘": Decimal("0.1"),
    "毛": Decimal(10),
    "%": Decimal(1),
    "个点": Decimal(1),
}
_UNIT = r"(?P<unit>分|厘|毛|[%％]|个点)(?P<half>半|5|五)?"
_MONTHLY = (
    rf"月(?:息|利率?|利息)[^\d,。;]{{0,5}}?<n> ?{_UNIT}",
    rf"<n> ?{_UNIT}(?:的)?(?:月息|月利)",
    r"(?:每月|一个月)[^\d,。;]{0,4}<n> ?(?P<unit>分|[%％]|个点)(?P<half>半|5|五)?",
)
_YEARLY = (
    rf"年(?:息|利率?|化|利息)(?:利率|收益)?[^\d,。;]{{0,5}}?<n> ?{_UNIT}",
    r"利率[^\d,。;]{0,4}<n> ?(?P<unit>[%％])(?P<half>5)?",
)
_CUSTOMARY = (r"<n> ?(?P<unit>分|厘|毛)(?P<half>半|5|五)?(?:的)?(?:利|息)", r"利息[^\d,。;]{0,4}?<n> ?(?P<unit>分|厘|毛)(?P<half>半|5|五)?", r"<n> ?(?P<unit>分|厘)(?P<half>半|5|五)?(?=合法|违法|高不高|算)")  # fmt: skip
_HUNDREDTHS = (
    r"月(?:息|利率?)[^\d,。;]{0,4}百分之<n>",
    r"年(?:息|利率?|化)[^\d,。;]{0,4}百分之<n>",
)
ASSUMED = Decimal(10_000)
_DAYS_A_YEAR = 365


def loan_interest(said: Figures) -> dict[str, Any]:
    """Without a principal the rate alone is judged, on ten thousand yuan."""
    found = _rates(said)
    principal = (
        said.money(
            r"借(?:给|款|了|出|入|我|他|她|朋友|同事|亲戚|人|别人|到|来)*",
            r"本金",
            r"欠(?:了|我|他|款)*",
        )
        or said.largest()
    )
    interest = said.money(
        r"(?:每月|月|一个月)(?:要)?(?:还|付|给|交|收)?利息", r"利息(?:每个?月|一个月)"
    )
    if not found and principal and interest and interest < principal:
        found["monthly_rate"] = round(interest * 100 / principal, 4)
    if not found and not said.says("没(?:有)?(?:约定|说|写|谈)(?:过)?利[息率]|无息"):
        return {}
    if principal is None:
        if not found:
            return {}
        principal = ASSUMED
    found["principal"] = principal
    lent = said.day_beside(after=r"借|打(?:的)?欠条|写(?:的)?借条|转")
    found["start"] = first_day(lent) if lent is not None else None
    due = said.day_beside(before="还款日|到期日?|约定", after=r"还|到期")
    if due is not None and due is not lent and is_exact(due):
        found["due"] = first_day(due)
    return found


def late_interest(said: Figures) -> dict[str, Any]:
    principal = (
        said.money(r"判决?(?:了|对方|他|我|被告|还|付|给|支付|返还|偿还)*") or said.largest()
    )
    due = said.day_beside(before="期限|之?前|到|截至|截止", after="到期|前|届满|还|付|生效")
    if due is None and len(said.days) == 1:
        due = said.days[0]
    exact = due is not None and is_exact(due)
    return {"principal": principal, "due": first_day(due) if due is not None and exact else None}


def litigation_fee(said: Figures) -> dict[str, Any]:
    amount = said.money(
        r"标的(?:额|金额)?",
        r"起诉(?:要|他|对方|金额|追讨|还|返还|赔)*",
        r"(?:要|追|讨)(?:回|求|还)?",
        r"借(?:了|款|给)*",
        r"欠(?:了|我|款)*",
        r"财产|保全|执行|金额",
    )
    return {"amount": amount or said.largest()}


def child_support(said: Figures) -> dict[str, Any]:
    children = said.number(r"<n> ?个(?:孩子|小孩|子女|娃|儿子|女儿)")
    return {
        "income": said.wage() or said.money(r"(?:月收入|收入|月薪|工资|挣)"),
        "children": int(children) if children is not None and 1 <= children <= 10 else None,
    }


def injury(said: Figures) -> dict[str, Any]:
    lost = said.number(
        r"误工[^\d,。;]{0,6}<n> ?天", r"<n> ?天[^,。;]{0,4}(?:没|不能)(?:上班|干活|工作)"
    )
    nursing = said.number(r"护理[^\d,。;]{0,6}<n> ?天")
    daily = said.number(
        r"(?:一天|每天|日薪|日工资)[^\d,。;]{0,5}<n>(?! ?(?:个)?小时)",
        r"<n> ?(?:元|块)(?:钱)?(?:一天|每天|/天)",
    )
    wage = said.wage() if daily is None else None
    found: dict[str, Any] = {}
    if nursing is not None and lost is None:
        found |= {"nursing_days": nursing, "nursing_daily": daily}
    elif lost is not None:
        income = daily if daily is not None else round(wage / 30, 2) if wage else None
        found |= {"lost_days": lost, "daily_income": income}
    grade = said.number(r"<n> ?级")
    income_year = said.money(r"人均可支配收入")
    age = said.number(r"<n> ?(?:周?岁)")
    if grade is not None and 1 <= grade <= 10 and income_year is not None and age is not None:
        found |= {"grade": int(grade), "yearly_income": income_year, "age": int(age)}
    return found


def _rates(said: Figures) -> dict[str, Any]:
    for patterns, name in (
        (_MONTHLY, "monthly_rate"),
        (_YEARLY, "rate"),
        (_CUSTOMARY, "monthly_rate"),
    ):
        for pattern in patterns:
            for match, value in said.numbers(pattern):
                # 年息一分 is a tenth a year, where 月息一分 is a hundredth a month.
                unit = _PARTS[match["unit"].replace("％", "%")]
                if name == "rate" and match["unit"] in "分厘毛":
                    unit *= 10
                half = Decimal("0.5") if match["half"] else Decimal(0)
                return {name: (value + half) * unit}
    for pattern, name in zip(_HUNDREDTHS, ("monthly_rate", "rate"), strict=True):
        found = said.number(pattern)
        if found is not None:
            return {name: found}
    daily = said.number(r"日(?:息|利率?)[^\d,。;]{0,4}万分之<n>")
    if daily is not None:
        return {"rate": daily * _DAYS_A_YEAR / 100}
    return {}
