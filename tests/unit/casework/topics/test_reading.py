"""A topic file that is wrong is refused with the entry named."""

from __future__ import annotations

from typing import Any

import pytest

from casework.domain.intake.topic import TopicError
from casework.domain.topics.legal_topic import Priority, Way
from casework.domain.topics.reading import read


def _file(**changes: Any) -> dict[str, Any]:
    fact = {
        "id": "paid",
        "label": "付款",
        "priority": "decisive",
        "ask": "怎么付的？",
        "why": "要证明。",
    }
    return {
        "id": "t",
        "title": "题目",
        "version": "1",
        "signs": [{"match": "借条", "weight": 3}],
        "facts": [fact | changes.pop("fact", {})],
        "routes": [{"way": "litigation", "cite": "《民法典》第一百八十八条", "why": "去起诉。"}],
        **changes,
    }


def test_a_file_becomes_a_topic() -> None:
    topic = read(_file(fact={"when": "转账", "full": "“{said}”是转给谁的？"}))
    fact = topic.wanted("paid")
    assert fact is not None
    assert fact.priority is Priority.DECISIVE
    assert fact.condition.when is not None
    assert topic.routes[0].way is Way.LITIGATION


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"colour": "red"}, "colour"),
        ({"fact": {"priority": "urgent"}}, "urgent"),
        ({"fact": {"colour": "red"}}, "colour"),
        ({"fact": {"kind": "poem"}}, "kind"),
        ({"fact": {"kind": "choice"}}, "choices"),
        ({"fact": {"when": "("}}, "regular expression"),
        ({"fact": {"full": "您说“{said}”？"}}, "said"),
        ({"fact": {"then": "您说“{said}”？"}}, "told"),
        ({"fact": {"ask": "您说“{said}”？", "when": "x"}}, "said"),
        ({"fact": {"given": {"nobody": "有"}}}, "nobody"),
        ({"fact": {"each": 3}}, "each"),
        ({"clocks": [{"rule": "civil_claim", "from": "nobody"}]}, "nobody"),
        ({"routes": [{"way": "litigation", "cite": "民法典", "why": "去起诉。"}]}, "cite"),
        ({"routes": [{"way": "moon", "cite": "《民法典》第一百八十八条", "why": "去。"}]}, "moon"),
        ({"safety": [{"match": "打", "level": "red"}]}, "say"),
        ({"title": ""}, "title"),
        ({"signs": [{"match": "借条", "weight": 3, "colour": "red"}]}, "colour"),
    ],
)
def test_a_wrong_entry_is_refused_by_name(changes: dict[str, Any], named: str) -> None:
    with pytest.raises(TopicError, match=named):
        read(_file(**changes))


def test_a_fact_may_not_stand_twice() -> None:
    wrong = _file()
    wrong["facts"] *= 2
    with pytest.raises(TopicError, match="paid stands twice"):
        read(wrong)
