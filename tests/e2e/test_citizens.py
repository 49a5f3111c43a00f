"""Eight citizens reach a delivered matter with what they told, whatever their way of talking."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from cli.chat_client import ChatClient
from tests.e2e.citizens import CITIZENS, DONE, MOST_TURNS, live


@pytest.mark.parametrize("who", CITIZENS)
def test_a_citizen_reaches_a_delivered_matter_with_the_facts_told(
    citizen: Callable[[], ChatClient], who: str
) -> None:
    person, chat = CITIZENS[who], citizen()
    talk = list(live(person, chat))
    said = [words for words, _ in talk]
    assert all(turn.replies for _, turn in talk), said
    assert len(talk) <= MOST_TURNS
    assert any(done in talk[-1][1].replies[0] for done in DONE), said

    [matter] = chat.settled_matters()
    assert matter["kind"] == person.kind
    assert [delivery["state"] for delivery in matter["delivered"]] == ["delivered"]
    assert matter["summary"]["sealed"] is person.sealed
    whole = json.dumps(matter["summary"], ensure_ascii=False)
    lost = [fact for fact in person.told if not any(word in whole for word in fact.split("|"))]
    assert not lost, said
    fields = json.dumps(matter["summary"]["fields"], ensure_ascii=False)
    assert not [fact for fact in person.absent if fact in fields]
    for one in matter["summary"]["fields"]:
        pieces = one["text"].split("\n")
        assert len(pieces) == len(set(pieces)), f"{one['label']} says something twice"
