"""Places of a summary beside the words they were told in: today's divisions and their code."""

from __future__ import annotations

from typing import Any

from casework.domain.addresses import Address
from casework.domain.intake.topic import Topic
from casework.ports import Locator


def located(summary: dict[str, Any], topic: Topic, locate: Locator | None) -> dict[str, Any]:
    """``summary`` with ``place`` in each field of a place that was told and is known.

    The words stay as they are: the place is worked out, and may be empty in parts (a village that
    no table has keeps its name without a code).
    """
    if locate is None:
        return summary
    places = {spec.id for spec in topic.facts if spec.kind == "place"}
    fields = [
        _located(field, locate) if field["id"] in places and field["state"] == "told" else field
        for field in summary["fields"]
    ]
    return {**summary, "fields": fields}


def _located(field: dict[str, Any], locate: Locator) -> dict[str, Any]:
    found = locate(field["text"])
    return {**field, "place": _as_json(found)} if found.named else field


def _as_json(address: Address) -> dict[str, Any]:
    return {
        "province": address.province,
        "city": address.city,
        "county": address.county,
        "town": address.street,
        "village": address.village,
        "rest": address.rest,
        "official": address.official,
        "code": address.code,
    }
