"""What a message in a form means, decided by the trained pipeline."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.shared.core.events import ActiveLoop, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

TABLE = yaml.safe_load((Path(__file__).parent / "form_messages.yml").read_text(encoding="utf-8"))
CASES = [
    (asked, row[0], row[1], row[2] if len(row) > 2 else [])
    for asked, rows in TABLE.items()
    for row in rows
]
Parse = Callable[..., dict[str, Any]]


@pytest.fixture(scope="module")
def parse(model: Path) -> Parse:
    agent = Agent.load(str(model))

    def parse(
        text: str,
        form: str | None = "consultation_form",
        before: UserUttered | None = None,
        **metadata: Any,
    ) -> dict[str, Any]:
        events = [ActiveLoop(form)] if form else []
        events += [before] if before else []
        tracker = DialogueStateTracker.from_events("someone", events)
        message = UserMessage(text, metadata=metadata)
        return asyncio.run(agent.processor.parse_message(message, tracker))

    return parse


def _metadata(asked: str, kinds: list[str], text: str) -> dict[str, Any]:
    asked = asked.partition(" ")[0]
    stage = asked if asked in ("consent", "review") else "collecting"
    kind = {"consent": "yesno", "review": None}.get(asked, asked)
    spans = [{"kind": kind, "start": 0, "end": len(text)} for kind in kinds]
    return {"stage": stage, "asking_kind": kind, "entities": spans, "owner": "bot", "risk": "none"}


@pytest.mark.parametrize(("asked", "text", "intent", "kinds"), CASES)
def test_a_message_means_what_was_asked_for(
    parse: Parse, asked: str, text: str, intent: str, kinds: list[str]
) -> None:
    from components.wire import harmless

    text, _ = harmless(text)
    form = "petition_form" if asked.endswith("petition") else "consultation_form"
    found = parse(text, form, **_metadata(asked, kinds, text))
    assert found["intent"]["name"] == intent


@pytest.mark.parametrize("kind", ["name", "phone", "date", "amount", "place"])
@pytest.mark.parametrize("around", ["电话错了，是X", "X，这个要交钱吗", "转人工X", "X我不想填了"])
def test_what_was_asked_for_is_always_an_answer(parse: Parse, kind: str, around: str) -> None:
    found = parse(around, **_metadata(kind, [kind], around))
    assert found["intent"]["name"] == "inform"


@pytest.mark.parametrize("level", ["red", "orange"])
@pytest.mark.parametrize("form", [None, "consultation_form"])
@pytest.mark.parametrize("text", ["同意", "〔手机号〕", "取消", "他拿着刀"])
def test_danger_goes_before_everything(
    parse: Parse, level: str, form: str | None, text: str
) -> None:
    metadata = _metadata("phone", ["phone"], text) | {"risk": level}
    found = parse(text, form, **metadata)
    assert found["intent"]["name"] == "crisis"
    assert [e["value"] for e in found["entities"] if e["entity"] == "risk"] == [level]


@pytest.mark.parametrize(
    "text", ["我要气死了", "有人造我的谣，我要气死了", "真是急死人了", "愁死我了"]
)
def test_a_figure_of_speech_is_no_crisis(parse: Parse, text: str) -> None:
    assert parse(text, None, **_metadata("text", [], ""))["intent"]["name"] != "crisis"


@pytest.mark.parametrize("text", ["气死了，我不想活了", "愁死我了，真想死了算了"])
def test_a_figure_of_speech_beside_despair_hides_nothing(parse: Parse, text: str) -> None:
    assert parse(text, None, **_metadata("text", [], ""))["intent"]["name"] == "crisis"


def test_worry_alone_is_no_crisis(parse: Parse) -> None:
    found = parse("老板欠我工资不给", **_metadata("text", [], "") | {"risk": "yellow"})
    assert found["intent"]["name"] == "inform"
    assert found["entities"] == []


def test_nobody_gets_stuck_whatever_is_typed(parse: Parse) -> None:
    for asked in ("text", "choice", "name", "phone", "date", "amount", "place", "yesno", "number"):
        for text in ("龘", "？", "12345", "嗯哼哼哼", "x" * 1000, "拆" * 1000, "a b c", "🙂"):
            found = parse(text, **_metadata(asked, [], text))
            assert found["intent"]["name"] not in ("nlu_fallback", None), (asked, text[:10])


def test_a_question_that_is_asked_again_is_the_answer(parse: Parse) -> None:
    asking = _metadata("text", [], "") | {"asking": "story"}
    before = UserUttered("仲裁要交钱吗", {"name": "legal_question"}, metadata=asking)
    assert parse("仲裁要交钱吗", **asking)["intent"]["name"] == "legal_question"
    again = parse("仲裁要交钱吗", before=before, **asking)
    assert again["intent"]["name"] == "inform"
    elsewhere = parse("仲裁要交钱吗", before=before, **(asking | {"asking": "wish"}))
    assert elsewhere["intent"]["name"] == "legal_question"


def test_without_metadata_a_form_still_takes_answers(parse: Parse) -> None:
    assert parse("老板欠我三个月工资")["intent"]["name"] == "inform"


def test_marks_and_spans_become_entities_once(parse: Parse) -> None:
    text = "我叫〔姓名〕，欠我一万五，电话〔手机号〕"
    spans = [{"kind": "name", "start": 2, "end": 6}, {"kind": "amount", "start": 9, "end": 12}]
    spans.append({"kind": "place", "start": 90, "end": 99})
    found = parse(text, None, entities=spans)
    assert [(e["entity"], e["value"]) for e in found["entities"]] == [
        ("name", "〔姓名〕"),
        ("amount", "一万五"),
        ("phone", "〔手机号〕"),
    ]


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        (
            "我叫〔姓名〕，电话〔手机号〕，我要反映问题：去年五月镇政府把我家三间瓦房强拆了，说好补偿十二万"
            "到现在一分没给，我有房产证和照片，没有打过官司，要求把补偿款给我",
            "petition",
        ),
        (
            "我想咨询一下律师，我在工地干活老板欠我工资两万块去年就没给一直拖到现在，打电话不接",
            "consultation",
        ),
    ],
)
def test_a_whole_story_that_says_what_is_wanted_is_a_request(
    parse: Parse, text: str, intent: str
) -> None:
    assert parse(text, None, **_metadata("text", [], ""))["intent"]["name"] == intent


@pytest.mark.parametrize("text", ["我被骗了", "我被人骗了恁么办", "前年被骗了两万"])
def test_who_was_cheated_is_in_no_danger(parse: Parse, text: str) -> None:
    assert parse(text, None, **_metadata("text", [], ""))["intent"]["name"] != "crisis"
