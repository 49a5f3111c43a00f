"""Whatever is said, in whatever order: the draft stays whole, and only a yes hands anything over."""

from __future__ import annotations

import re
from itertools import count

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework.adapters.store import SqlStore
from casework.domain.draft import Draft, Stage
from casework.domain.errors import NothingToSubmit
from casework.domain.intake.words import Move
from casework.domain.matter import MatterKind
from casework.intake import Step
from casework.texts import Texts
from tests.fakes.clock import FakeClock
from tests.integration.casework.intake.town_hall import LABOUR, LOADED, ROAD, Citizen, open_intake

SAYINGS = st.one_of(
    st.sampled_from(["没有了", "就这些", "嗯", "好", "不对", "确认提交", "是的，不过电话错了"]),
    st.sampled_from([*LABOUR, *ROAD]),
    st.sampled_from(
        [
            "确认提交", "同意", "不同意", "取消", "明天再说", "保存", "上一步", "修改", "返回核对", "跳过", "不知道", "没有", "没有了", "就这些", "嗯",
            "？", "电话错了", "把金额改成5万", "不是三万五是五万", "改第2项", "第99项", "3", "0", "为什么",
            "我要举报村支书贪污", "信访目的改成求决", "13900001111", "11010519491231002X", "/affirm", "　",
        ]
    ),
    st.text(max_size=30),
)  # fmt: skip
INTENTS = st.sampled_from(
    ["inform", "affirm", "deny", "skip", "cancel", "go_back", "correct", "review", "why", None]
)
EVENTS = st.one_of(
    st.tuples(st.just("say"), SAYINGS, INTENTS),
    st.tuples(st.just("press"), st.integers(0, 12), st.none()),
    st.tuples(st.sampled_from(["consult", "petition", "resume", "cancel", "pause", "elsewhere", "submit"]), st.none(), st.none()),
)  # fmt: skip
SENDERS = count()
CODE = re.compile(r"[2-9A-Z]{4}(?:-[2-9A-Z]{4}){2}")


def there_and_back(citizen: Citizen) -> None:
    """The draft is kept, taken up by somebody's other conversation, kept there and taken back."""
    other = Citizen(citizen.intake, citizen.store, citizen.clock, f"{citizen.sender} elsewhere")
    for here, there in ((citizen, other), (other, citizen)):
        here.pauses()
        code = CODE.search(here.acknowledged)
        before = here.draft
        if code is None or before is None:
            return
        facts = dict(before.facts)
        there.resumes(f"继续 {code.group()}")
        check(there.draft, there.steps[-1])
        after = there.draft
        if here.draft is None:
            assert after is not None
            assert after.facts == facts


def check(draft: Draft | None, step: Step) -> None:
    assert step.active is (step.question is not None)
    if draft is None:
        return
    topic = LOADED.form(draft)  # with the questions of what the trouble is about
    for fact_id, fact in draft.facts.items():
        assert fact.id == fact_id
        assert topic.spec(fact_id) is not None
        assert fact.sources
        assert fact.text or fact_id in draft.notes.get("refused", [])
    if draft.stage is Stage.COLLECTING and not draft.notes.get("paused"):
        assert topic.spec(draft.asking) is not None
    if draft.stage is Stage.CONSENT:
        assert draft.facts == {}
    assert len(draft.undo) <= 20


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(ready=st.booleans(), events=st.lists(EVENTS, min_size=1, max_size=20))
def test_no_sequence_of_messages_breaks_an_intake(
    sqlite_store: SqlStore,
    clock: FakeClock,
    texts: Texts,
    ready: bool,
    events: list[tuple[str, object, str | None]],
) -> None:
    citizen = Citizen(
        open_intake(sqlite_store, clock, texts), sqlite_store, clock, f"s{next(SENDERS)}"
    )
    citizen.begins(MatterKind.PETITION, "我要反映问题")
    if ready:  # everything is told, and the summary is being read
        citizen.tells(*ROAD)
    for what, given_words, intent in events:
        argument = given_words
        before = citizen.draft
        if what == "say":
            citizen.says(str(argument), intent)
        elif what == "press":
            labels = [button.label for button in citizen.offered] or ["同意"]
            argument = labels[int(str(argument)) % len(labels)]
            citizen.says(argument)
        elif what in ("consult", "petition"):
            kind = MatterKind.CONSULTATION if what == "consult" else MatterKind.PETITION
            citizen.begins(kind, "我要咨询律师" if what == "consult" else "我要反映问题")
        elif what == "resume":
            citizen.resumes()
        elif what == "cancel":
            citizen.cancels()
        elif what == "pause":
            citizen.pauses()
        elif what == "elsewhere":
            there_and_back(citizen)
        else:
            handed = len(citizen.matters)
            confirmed = before is not None and before.stage is Stage.CONFIRMED
            try:
                citizen.submits()
            except NothingToSubmit:
                assert len(citizen.matters) == handed
            else:
                assert confirmed or len(citizen.matters) == handed
            continue
        after = citizen.draft
        check(after, citizen.steps[-1])
        if (
            after
            and after.stage is Stage.CONFIRMED
            and before
            and before.stage is not Stage.CONFIRMED
        ):
            assert before.stage is Stage.REVIEW
            said_yes = LOADED.words.move(str(argument), intent or "inform") is Move.AFFIRM
            assert said_yes or argument == "确认提交"
    for matter in citizen.matters:
        fields = {field["id"]: field for field in matter.summary["fields"]}
        assert fields["narrative"]["state"] == "told"
