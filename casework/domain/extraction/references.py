"""Numbers that name a matter, a case or a car, and accounts that name a person.

Matter numbers (``XF20261122-0007``), query codes (``K7QM-3XPD``) and draft codes
(``K7QM-3XPD-W2HT``) as this service issues them; case
and document numbers of courts, arbitration and authorities (``(2024)豫1003民初123号``); number plates
(GA 36-2018: ``豫K12345``, with one more character for electric cars); WeChat and QQ accounts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from casework.domain import codes
from casework.domain.extraction.entity import (
    ACCOUNT,
    CASE_NUMBER,
    DRAFT_CODE,
    MATTER_NUMBER,
    PLATE,
    QUERY_CODE,
    Entity,
)

_NUMBER = re.compile(
    r"(?<![0-9A-Za-z])([A-Za-z]{2,4})[ -]?(20\d{6})[ ]?[-_/—–]{0,2}[ ]?(\d{4,6})(?![0-9A-Za-z])"
)
_CODE = re.compile(
    rf"(?<![0-9A-Za-z])([{codes.ALPHABET}]{{4}}[- —–]?[{codes.ALPHABET}]{{4}})(?![0-9A-Za-z])", re.I
)
_DRAFT = re.compile(
    rf"(?<![0-9A-Za-z])(?<![0-9A-Za-z][-—–])((?:[{codes.ALPHABET}]{{4}}[- —–]?){{2}}"
    rf"[{codes.ALPHABET}]{{4}})(?![-—–]?[0-9A-Za-z])",
    re.I,
)
_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_PLATE = re.compile(
    rf"(?<![\u4e00-\u9fff](?=[云新青宁][A-Za-z]\d))([{_PROVINCES}][A-HJ-Za-hj-z][·•. -]?"
    r"(?:[A-HJ-NP-Za-hj-np-z0-9]{4}[挂学警港澳领使]|[A-HJ-NP-Za-hj-np-z0-9]{5,6}))(?![A-Za-z0-9])"
)
_YEAR = r"[(\[〔【]\s?(?:19|20)\d{2}\s?[)\]〕】]"
_CASE = re.compile(
    rf"{_YEAR}[ ]?[\u4e00-\u9fff][\u4e00-\u9fff0-9]{{1,14}}?(?:字)?第?[ ]?\d{{1,6}}(?:[-之]\d{{1,3}})?[ ]?号"
    rf"|[\u4e00-\u9fff]{{1,12}}(?:\([\u4e00-\u9fff]{{1,6}}\)[\u4e00-\u9fff]{{0,8}})?[字告决函发裁认政办规][ ]?{_YEAR}[ ]?第?[ ]?\d{{1,6}}(?:-\d{{1,3}})?号"
)
# 我收到许劳人仲案字…: what is said before the number is no part of it.
_BEFORE_CASE = re.compile(
    r"(?:[^(\[〔【]*(?:收到|作出|下达|送达|根据|依据|[的了是为按由见凭号]))(?=[\u4e00-\u9fff])"
)
_ACCOUNT = re.compile(
    r"(?:微信|[vV]信|[vV][xX]|wx|WX|[wW]e[cC]hat|QQ|qq|抖音|快手)(?:号码?|[账帐]号)?(?:就?是|为|:)?[ ]?"
    r"([A-Za-z0-9][A-Za-z0-9_-]{4,19})(?![A-Za-z0-9_@.-])"
)


def find(text: str) -> Iterator[Entity]:
    """Such numbers and accounts in folded text, in either case."""
    for match in _NUMBER.finditer(text):
        value = f"{match.group(1).upper()}{match.group(2)}-{match.group(3)}"
        yield Entity(MATTER_NUMBER, *match.span(), match.group(), value)
    drafts = [(m, codes.normalise_draft(m.group(1))) for m in _DRAFT.finditer(text)]
    taken = [match.span(1) for match, code in drafts if _is_code(code)]
    for match, code in drafts:
        if _is_code(code):
            yield Entity(DRAFT_CODE, *match.span(1), match.group(1), code)
    for match in _CODE.finditer(text):
        code = codes.normalise(match.group(1))
        inside = any(start <= match.start(1) < end for start, end in taken)
        if _is_code(code) and not inside:
            yield Entity(QUERY_CODE, *match.span(1), match.group(1), code)
    for match in _CASE.finditer(text):
        before = _BEFORE_CASE.match(match.group())
        start = match.start() + (before.end() if before else 0)
        said = text[start : match.end()]
        yield Entity(CASE_NUMBER, start, match.end(), said, said.replace(" ", ""))
    for match in _PLATE.finditer(text):
        plate = re.sub("[·•. -]", "", match.group(1)).upper()
        if sum(c.isdigit() for c in plate) >= 2:
            yield Entity(PLATE, *match.span(1), match.group(1), plate)
    for match in _ACCOUNT.finditer(text):
        if re.search("[0-9_-]", match.group(1)):
            yield Entity(ACCOUNT, *match.span(1), match.group(1), match.group(1))


def _is_code(code: str | None) -> bool:
    """A code of ours has a letter and a digit in it; a telephone number or a word is none."""
    return bool(code) and any(map(str.isdigit, code or "")) and any(map(str.isalpha, code or ""))
