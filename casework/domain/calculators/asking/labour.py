"""The inputs of the calculators about work, from one message."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from casework.domain.calculators.asking.figures import Figures, first_day, is_exact
from casework.domain.calculators.periods import add_months

_STARTED = r"入职|进厂|进的?公司|到.{0,8}(?:上班|工作|干)|来.{0,6}(?:上班|工作|干)|去.{0,6}(?:上班|工作)|开始|上班|干到|工作到|至今|起"
_ENDED = r"合同到期|到期|被?(?:辞退|开除|解雇|裁|离职|解除|辞职|走)|离开"
_PAID_DAYS = Decimal("21.75")


def compensation(said: Figures) -> dict[str, Any]:
    return {"wage": _wage(said), **_span(said)}


def double_pay(said: Figures) -> dict[str, Any]:
    found = {"wage": _wage(said), **_dates(said)}
    service = said.service()
    if found.get("start") is None and service is not None:
        # So long until today is what the span means; the day itself was not said.
        found["start"] = add_months(said.today, -int(service.years * 12 + service.months))
    return found


def overtime(said: Figures) -> dict[str, Any]:
    found: dict[str, Any] = {
        "wage": _wage(said),
        "hourly": said.number(r"(?:时薪|小时工资)[^\d]{0,3}<n>"),
    }
    places = {
        "restday": "周末|休息日|双休|周六|周日|星期[六日天]",
        "holiday": "国庆|春节|法定|节假日|五一|元旦|中秋|端午|清明",
    }
    for kind, words in places.items():
        found[f"{kind}_hours"] = said.number(rf"(?:{words})[^,。;]{{0,10}}?<n> ?个?(?:小时|钟头)")
        if found[f"{kind}_hours"] is None:
            found[f"{kind}_days"] = said.number(rf"(?:{words})[^,。;]{{0,10}}?<n> ?天")
    daily = said.number(r"(?:每天|一天|每日|天天)[^,。;]{0,8}?<n> ?个?(?:小时|钟头)")
    days = said.number(r"(?:每个?月|一个?月|上了|干了|一共|共)[^,。;]{0,4}?<n> ?天", r"<n> ?天")
    if daily is not None and days is not None and daily < 16:
        found["weekday_hours"] = daily * days
    elif not any(
        found.get(key) for key in ("restday_hours", "restday_days", "holiday_hours", "holiday_days")
    ):
        found["weekday_hours"] = said.number(
            r"(?:加班|平时|工作日)[^,。;]{0,10}?<n> ?个?(?:小时|钟头)"
        )
    return found


def annual_leave(said: Figures) -> dict[str, Any]:
    days = said.number(
        r"<n> ?天(?:的)?(?:带薪)?年(?:休)?假",
        r"年(?:休)?假[^,。;]{0,8}?<n> ?天",
        r"(?:没休|未休)[^,。;]{0,6}?<n> ?天",
    )
    if said.says(r"[一1] ?天(?:年(?:休)?假)?(?:都|也)?没(?:有)?(?:休|放)"):
        days = None  # not one day was taken: all of them are left
    service = said.service()
    found: dict[str, Any] = {"wage": _wage(said), "days": days}
    if days is None and service is not None:
        found["career"] = service.years + (service.months / 12)
    return found


def work_injury(said: Figures) -> dict[str, Any]:
    found: dict[str, Any] = {"wage": _wage(said)}
    if said.says(r"工亡|因工死亡|(?:工伤|上班).{0,12}(?:去世|死亡|死了|猝死|没了)"):
        dead: dict[str, Any] = {"death": True, **({"wage": found["wage"]} if found["wage"] else {})}
        died = said.days[0] if len(said.days) == 1 else None
        dead["year"] = first_day(died).year if died is not None and first_day(died) else None  # type: ignore[union-attr]
        return dead
    grade = said.number(r"<n> ?级(?:伤残|工伤|残疾)?", r"(?:伤残|工伤|等级)[^\d,。;]{0,4}<n>(?=级)")
    if grade is not None and 1 <= grade <= 10:
        found["grade"] = int(grade)
    if said.says("离职|解除|不干了|终止|辞职"):
        found["leaving"] = True
    if said.says(
        "河南|郑州|许昌|洛阳|开封|新乡|南阳|信阳|商丘|周口|驻马店|安阳|焦作|濮阳|漯河|三门峡|平顶山|鹤壁|济源"
    ):
        found["province"] = "河南"
    found["local_wage"] = said.money(r"(?:社平|平均|社会平均)工资")
    return found


def _wage(said: Figures) -> Decimal | None:
    wage = said.wage()
    if wage is not None:
        return wage
    daily = said.number(r"(?:日薪|日工资|一天|每天)[^\d,。;]{0,4}<n> ?(?:元|块)")
    return daily * _PAID_DAYS if daily is not None and daily >= 50 else None


def _span(said: Figures) -> dict[str, Any]:
    """The years of work, or the days between which it lay."""
    service = said.service()
    if service is not None:
        return {"years": service.years, "months": service.months}
    return _dates(said)


def _dates(said: Figures) -> dict[str, Any]:
    started = said.day_beside(before="从|自", after=_STARTED)
    ended = said.day_beside(before="到|至", after=_ENDED)
    found: dict[str, Any] = {}
    if started is not None:
        found["start"] = first_day(started)
    if ended is not None and ended is not started and is_exact(ended):
        found["end"] = first_day(ended)
    start: date | None = found.get("start")
    if start is not None and start > said.today:
        found.pop("start")
    return found
