"""A first look at legal aid (法律援助预检): never a refusal, always where to apply.

法律援助法 31 (matters), 32 (no hardship test), 42 (no check of it), 38 (where), 43, 44, 49 (clocks).
"""

from __future__ import annotations

from datetime import date

from casework.domain.calculators.result import Result
from casework.domain.calculators.sheet import Sheet

NAME = "legal_aid"
_FREE = ("hero", "brave", "retrial", "violence")
_LISTED = (
    "compensation", "insurance", "pension", "support", "wages", "capacity", "injury", "environment",
)  # fmt: skip
_SOON_DAYS = 7


def calculate(sheet: Sheet) -> Result:
    """Which of the ways in is open, where to apply, with which papers, and how long it takes."""
    matter: str = sheet.get("matter")
    name = sheet.spec.inputs["matter"].choices[matter]
    if matter in _FREE:
        sheet.line("free", matter=name)
        sheet.cite("free")
        outcome = "sure_free"
        if matter == "violence":
            sheet.caveat("safety")
    elif matter == "criminal":
        sheet.line("criminal")
        sheet.cite("criminal")
        outcome = "sure_hardship"
    elif matter in _LISTED:
        sheet.line("listed", matter=name)
        sheet.cite("listed")
        outcome = _means(sheet, matter)
    else:
        sheet.line("unlisted")
        sheet.cite("listed", "consult")
        outcome = "ask_unlisted"
    _where_and_when(sheet)
    return sheet.result(outcome)


def _means(sheet: Sheet, matter: str) -> str:
    """How the means of the person count for a matter of article 31."""
    who: str = sheet.get("who", "none")
    migrant = who == "migrant" and matter in ("wages", "injury")
    if who in ("no_income", "assisted") or migrant:
        sheet.line("no_check", who=sheet.spec.inputs["who"].choices[who])
        sheet.cite("no_check")
        return "sure_no_check"
    sheet.line("hardship")
    sheet.cite("hardship")
    if sheet.get("hardship") is False:
        sheet.caveat("well_off")
        sheet.cite("consult")
        return "sure_ask"
    return "sure_hardship" if sheet.get("hardship") else "sure_ask"


def _where_and_when(sheet: Sheet) -> None:
    stage = sheet.get("stage")
    sheet.line("court" if stage == "court" else "not_court" if stage == "other" else "either")
    sheet.line("papers")
    sheet.line("clock")
    sheet.cite("where", "papers", "clock")
    limit: date | None = sheet.get("limit")
    if limit is not None and 0 <= (limit - sheet.today).days < _SOON_DAYS:
        sheet.line("urgent", limit=limit)
        sheet.cite("urgent")
