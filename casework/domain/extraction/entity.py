"""What extraction finds: a stretch of the text and what it stands for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

PHONE = "phone"
ID_NUMBER = "id_number"
BANK_CARD = "bank_card"
EMAIL = "email"
NAME = "name"
ALIAS = "alias"
DATE = "date"
DURATION = "duration"
AMOUNT = "amount"
PEOPLE = "people"
PLACE = "place"
ADDRESS = "address"
ORGANISATION = "organisation"
MATTER_NUMBER = "matter_number"
QUERY_CODE = "query_code"
DRAFT_CODE = "draft_code"
CASE_NUMBER = "case_number"
PLATE = "plate"
ACCOUNT = "account"


@dataclass(frozen=True)
class Entity:
    """A span of the text as written (``text[start:end]``) and its normalised value.

    Values: phone and card: digits; id_number: 18 (or 15) characters; e-mail: lower case; name,
    place, address, organisation: the words; date: an EDTF string (ISO 8601-2: ``2024-05-01``,
    ``2024-05``, ``2024``, ``2026-01~`` for "about", ``a/b`` for a range); duration: ISO 8601
    (``P3M``); amount: yuan; people: how many; matter number, query code, draft code, case number and number
    plate: as they are issued, without blanks; account (WeChat, QQ): as written.
    ``detail`` says more where there is more: ``month`` for an amount per month, ``about``,
    ``self``, ``other`` or ``unknown`` for whose name or phone it is, ``checksum`` for an ID that fails
    it. An ``alias`` (老张, 陈某) says who is meant and hides who it is. ``role`` is what somebody is called
    before the name or alias: 邻居, 老板; empty where nothing is.
    """

    kind: str
    start: int
    end: int
    text: str
    value: Any
    detail: str = ""
    role: str = ""
