"""The classifier on frozen messages it has not seen, and the data it learns from."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from rasa.core.agent import Agent

HERE = Path(__file__).parent
BOT = HERE.parents[1] / "bot"
HELD_OUT: dict[str, list[str]] = yaml.safe_load(
    (HERE / "nlu_heldout.yml").read_text(encoding="utf-8")
)
PARAPHRASES: dict[str, dict[str, list[str]]] = yaml.safe_load(
    (HERE / "nlu_paraphrases.yml").read_text(encoding="utf-8")
)
# No words are learned for these: a button has them, or casework hears them (casework/wishes.py).
BUTTONS = set(
    yaml.safe_load((HERE.parents[1] / "config.yml").read_text(encoding="utf-8"))["pipeline"][0][
        "buttons"
    ]
)
Parsed = list[tuple[str, str, dict[str, Any]]]


def _training() -> dict[str, list[str]]:
    examples: dict[str, list[str]] = {}
    for file in sorted((BOT / "data" / "nlu").glob("*.yml")):
        for entry in yaml.safe_load(file.read_text(encoding="utf-8"))["nlu"]:
            lines = entry["examples"].splitlines()
            examples.setdefault(entry["intent"], []).extend(line[2:].strip() for line in lines)
    return examples


def _domain_intents() -> set[str]:
    found: set[str] = set()
    for file in (BOT / "domain").glob("*.yml"):
        for entry in yaml.safe_load(file.read_text(encoding="utf-8")).get("intents", []):
            found |= set(entry)
    return found


@pytest.fixture(scope="module")
def parse(model: Path) -> Callable[[dict[str, list[str]]], Parsed]:
    agent = Agent.load(str(model))
    return lambda messages: [
        (text, intent, asyncio.run(agent.parse_message(text)))
        for intent, texts in messages.items()
        for text in texts
    ]


@pytest.fixture(scope="module")
def parsed(parse: Callable[[dict[str, list[str]]], Parsed]) -> Parsed:
    return parse(HELD_OUT)


def _figures(parsed: Parsed, of: str) -> tuple[float, float, str]:
    """Shares of the messages whose first choice is right, and that are mistaken with confidence."""
    best = [
        (intent, found["intent"]["name"], found["intent_ranking"][0]) for _, intent, found in parsed
    ]
    # The lexicon's word counts; where the gate held back, the classifier's first choice, unless
    # it knew nothing.
    right = sum(
        i == (first["name"] if name == "nlu_fallback" and first["confidence"] else name)
        for i, name, first in best
    )
    held_back = sum(name == "nlu_fallback" for _, name, _ in best)
    wrong = sum(name not in (i, "nlu_fallback") for i, name, _ in best)
    total = len(best)
    line = (
        f"{of}: {total} unseen messages: top-1 {right / total:.3f}, confidently wrong"
        f" {wrong / total:.3f}, held back {held_back / total:.3f}"
    )
    return right / total, wrong / total, line


@pytest.mark.parametrize("name", ["held out", *PARAPHRASES])
def test_unseen_messages_are_understood_and_seldom_mistaken(
    parse: Callable[[dict[str, list[str]]], Parsed], capsys: pytest.CaptureFixture[str], name: str
) -> None:
    right, wrong, line = _figures(parse(PARAPHRASES.get(name, HELD_OUT)), name)
    with capsys.disabled():
        print(f"\n{line}")
    assert right >= 0.93
    assert wrong <= 0.03


def test_no_intent_is_far_behind(parsed: Parsed) -> None:
    for intent in HELD_OUT:
        names = [found["intent"]["name"] for _, i, found in parsed if i == intent]
        assert names.count(intent) / len(names) >= 0.66, (intent, names)


def test_the_unseen_messages_are_unseen_and_cover_every_typed_intent() -> None:
    seen = {text for texts in _training().values() for text in texts}
    for messages in (HELD_OUT, *PARAPHRASES.values()):
        assert not [text for texts in messages.values() for text in texts if text in seen]
        assert set(messages) == _domain_intents() - BUTTONS - {"nlu_fallback"}
        assert all(len(set(texts)) >= 8 for texts in messages.values())
    assert all(len(set(texts)) >= 12 for texts in HELD_OUT.values())


def test_every_intent_has_enough_examples_and_no_example_two_intents() -> None:
    training = _training()
    owner: dict[str, str] = {}
    for intent, texts in training.items():
        for text in texts:
            assert owner.setdefault(text, intent) == intent, text
        assert len(set(texts)) >= (1 if intent in BUTTONS else 80), intent
    assert len(training["legal_question"]) >= 200


def test_words_never_seen_have_no_confidence(model: Path) -> None:
    agent = Agent.load(str(model))
    for text in ("龘靐齉爩", "ψφξ", "🙂🙂", "⌘⌥"):
        found = asyncio.run(agent.parse_message(text))
        assert found["intent"] == {"name": "nlu_fallback", "confidence": 0.0}, text


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("公司拖欠工资三个月了怎么办", "legal_question"),
        ("我要咨询律师，公司拖欠我工资", "consultation"),
        ("我要反映问题", "petition"),
        ("我要信访", "petition"),
        ("信访要多久答复", "legal_question"),
        ("我要跟真人说", "person"),
        ("没有错", "affirm"),
        ("没有", "deny"),
        ("没毛病！！！", "affirm"),
        ("  ＯＫ 。", "affirm"),
    ],
)
def test_neighbours_are_told_apart(model: Path, text: str, intent: str) -> None:
    found = asyncio.run(Agent.load(str(model)).parse_message(text))
    assert found["intent"]["name"] == intent


def test_a_story_is_never_taken_for_a_short_command(model: Path) -> None:
    agent = Agent.load(str(model))
    story = (
        "他说先不填了以后再补，上一步也没跟我说，就让我签字，谢谢你帮我看看这个合同到底能不能算数"
    )
    found = asyncio.run(agent.parse_message(story))
    assert found["intent"]["name"] in ("legal_question", "nlu_fallback", "inform", "consultation")
