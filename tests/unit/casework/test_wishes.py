"""What casework hears before the dialogue is asked."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from casework import intakes
from casework.domain.conversation import Conversation
from casework.domain.draft import Draft, Stage
from casework.domain.matter import MatterKind
from casework.domain.messages import Button
from casework.wishes import SUPPLEMENT, Wishes
from tests.fakes.clock import MONDAY_MORNING as NOW

WISHES = Wishes(intakes.load().words)
HERE = Path(__file__).parent
LINES = yaml.safe_load((HERE / "wishes.yml").read_text(encoding="utf-8"))
PAUSES = yaml.safe_load((HERE / "intake" / "putting_off.yml").read_text(encoding="utf-8"))
TALK = Conversation("c", "widget", "s", NOW, NOW)


def _draft(stage: Stage = Stage.COLLECTING, **notes: object) -> Draft:
    return Draft("d", "c", MatterKind.PETITION, NOW, NOW, stage, notes=dict(notes))


def _asked(*payloads: str) -> Conversation:
    offered = tuple(Button(payload, payload) for payload in payloads)
    return Conversation("c", "widget", "s", NOW, NOW, offered=offered)


@pytest.mark.parametrize(("payload", "text"), [(p, t) for p, ts in LINES.items() for t in ts])
def test_a_wish_is_heard_where_nothing_is_being_asked(payload: str, text: str) -> None:
    assert (WISHES.payload(text, TALK, None) or "") == payload
    assert (WISHES.payload(text, TALK, _draft(paused=True)) or "") == payload


@pytest.mark.parametrize("text", PAUSES["pauses"])
def test_a_pause_is_heard_while_a_draft_is_open_and_only_then(text: str) -> None:
    for stage in (Stage.CONSENT, Stage.COLLECTING, Stage.REVIEW):
        assert WISHES.payload(text, TALK, _draft(stage)) == "/pause"
    assert WISHES.payload(text, TALK, None) != "/pause"


@pytest.mark.parametrize("text", [*PAUSES["answers"], *LINES[SUPPLEMENT], *LINES["/retrieve"]])
def test_an_answer_stays_an_answer(text: str) -> None:
    assert WISHES.payload(text, TALK, _draft()) is None


@pytest.mark.parametrize("text", ["保存", "先保存吧", "明天再说"])
def test_what_was_set_aside_can_still_be_kept(text: str) -> None:
    assert WISHES.payload(text, TALK, _draft(paused=True)) == "/pause"


@pytest.mark.parametrize(
    "text", ["对方昨天又来堵门了", "是的", "不补充了", "没有了", "还有一张收据"]
)
def test_words_for_a_matter_are_heard_where_they_were_asked_for(text: str) -> None:
    assert WISHES.payload(text, _asked(SUPPLEMENT), None) == SUPPLEMENT
    assert WISHES.payload(text, _asked("/menu"), None) is None


@pytest.mark.parametrize("text", ["查进度", "转人工", "菜单", "诉讼费要交多少钱？", "谢谢"])
def test_another_wish_is_no_word_for_a_matter(text: str) -> None:
    assert WISHES.payload(text, _asked(SUPPLEMENT), None) is None
