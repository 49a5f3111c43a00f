"""Parts of the dialogue server by themselves: store, patches, lexicon, model, lean imports."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from rasa.core.actions.action import RemoteAction
from rasa.core.tracker_store import FailSafeTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActiveLoop,
    BotUttered,
    SessionStarted,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker

import lean
from components import patches
from components.form_rules import FormRules
from components.lexicon import Lexicon
from components.ngrams import IntentModel, grams, plain_words
from components.store import ConversationStore, database_url
from components.text import load, normalise, without_opening
from components.turn import needs_session, replies_to

BOT = Path(__file__).parents[2] / "bot"
LISTEN = ActionExecuted("action_listen")


# ── store ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("setting", "url"),
    [
        ("/tmp/x.db", "sqlite:////tmp/x.db"),
        ("sqlite:////tmp/x.db", "sqlite:////tmp/x.db"),
        ("postgresql+psycopg://u:p@h/d", "postgresql+psycopg2://u:p@h/d"),
        ("postgresql://u:p@h/d", "postgresql://u:p@h/d"),
    ],
)
def test_the_store_takes_a_path_or_an_address(setting: str, url: str) -> None:
    assert database_url(setting) == url


def test_a_conversation_is_read_back_as_it_was_saved(tmp_path: Path) -> None:
    store = ConversationStore(Domain.load(str(BOT / "domain")), str(tmp_path / "a" / "t.db"))

    async def play() -> tuple[Any, Any, Any]:
        tracker = await store.get_or_create_tracker("s", append_action_listen=False)
        first = [SessionStarted(), LISTEN, UserUttered("您好", message_id="m"), BotUttered("好")]
        tracker.update_with_events(first, store.domain)
        await store.save(tracker)
        await store.save(tracker)
        again = await store.retrieve("s")
        again.update_with_events([LISTEN, SessionStarted(), LISTEN], store.domain)
        await store.save(again)
        other = await store.retrieve("somebody else")
        return again, (await store.retrieve("s"), await store.retrieve_full_tracker("s")), other

    whole, (latest, full), other = asyncio.run(play())
    assert other is None
    assert list(full.events) == list(whole.events)
    assert [type(e) for e in latest.events] == [SessionStarted, ActionExecuted]
    assert (tmp_path / "a" / "t.db").stat().st_mode & 0o777 == 0o600


def test_a_store_that_breaks_is_heard_of(tmp_path: Path) -> None:
    patches.install()
    inner = ConversationStore(Domain.empty(), str(tmp_path / "t.db"))
    store = FailSafeTrackerStore(inner)
    inner.engine.dispose()
    (tmp_path / "t.db").write_bytes(b"not a database" * 1000)
    with pytest.raises(Exception, match=r"not a database|malformed"):
        asyncio.run(store.retrieve("s"))


# ── a turn ───────────────────────────────────────────────────────────────────────────────────────


def test_only_a_complete_turn_with_an_answer_counts_as_done() -> None:
    message, answer = UserUttered("您好", message_id="m"), BotUttered("好")
    assert replies_to([LISTEN, message, answer, LISTEN], "m") == [{"text": "好", "buttons": []}]
    assert replies_to([LISTEN, message, answer], "m") is None
    assert replies_to([LISTEN, message, LISTEN], "m") is None
    assert replies_to([LISTEN, message, LISTEN], "other") is None
    later = [UserUttered("谢谢", message_id="n"), BotUttered("不客气"), LISTEN]
    assert replies_to([message, answer, LISTEN, *later], "m") == [{"text": "好", "buttons": []}]


@pytest.mark.parametrize("form", [None, "consultation_form"])
def test_a_session_begins_at_first_after_many_turns_and_after_a_long_silence(
    form: str | None,
) -> None:
    def tracker(turns: int, age: float = 0.0) -> DialogueStateTracker:
        events = [SessionStarted(), LISTEN, ActiveLoop(form)]
        events += [UserUttered(str(i), timestamp=time.time() - age) for i in range(turns)]
        return DialogueStateTracker.from_events("s", events)

    assert needs_session(DialogueStateTracker.from_events("s", []), 60)
    assert not needs_session(tracker(0), 60)
    assert not needs_session(tracker(11), 60)
    assert needs_session(tracker(12), 60)
    assert not needs_session(tracker(3, age=50), 60)
    assert needs_session(tracker(3, age=70), 60)


@pytest.mark.parametrize(
    "answer",
    [
        {"events": [], "responses": []},
        {"events": [{"event": "slot"}], "responses": [{"text": "x"}]},
        {"events": 7},
        {"events": [7], "responses": []},
        {"responses": "x"},
        [],
        {},
    ],
)
def test_the_compiled_check_of_an_answer_says_what_rasas_own_says(answer: Any) -> None:
    patches.install()
    try:
        jsonschema.validate(answer, RemoteAction.action_response_format_spec())
        expected = True
    except jsonschema.ValidationError:
        expected = False
    action = RemoteAction("x", None)
    if expected:
        assert action._validate_action_result(answer) is True
    else:
        with pytest.raises(jsonschema.ValidationError):
            action._validate_action_result(answer)


# ── words ────────────────────────────────────────────────────────────────────────────────────────


def test_texts_are_compared_in_one_form() -> None:
    assert normalise(" ＯＫ。\u200b ") == "ok"
    assert normalise("我 的电话：13812345678！！") == "我的电话0"
    assert normalise("啊啊啊啊啊？？？？") == "啊啊??"
    assert without_opening(normalise("律师您好，我想咨询一下工伤怎么赔")) == "工伤怎么赔"
    assert without_opening(normalise("您好，请问")) == "您好请问"


def test_many_ways_of_saying_a_word_are_read_as_one() -> None:
    assert plain_words("俺要做啥嘞") == plain_words("我要干什么了")
    assert plain_words("刚才") == plain_words("刚刚") == "刚才"
    assert plain_words("谢谢你🌹") == "谢谢你"
    assert plain_words("哈哈") == "哈哈"
    assert plain_words("🙂") == ""
    assert grams("cancel吧") == [
        "cancel",
        "吧",
        "^cancel",
        "cancel吧",
        "吧$",
        "^cancel吧",
        "cancel吧$",
    ]


def test_every_phrase_of_the_lexicon_is_found_under_its_intent() -> None:
    groups = load("lexicon.yml")
    lexicon = Lexicon(groups)
    for intent, phrases in groups.items():
        for phrase in phrases:
            assert isinstance(phrase, str), phrase
            assert lexicon.look_up(f" {phrase}。") == intent
    assert lexicon.look_up("好的呀") == "affirm"
    assert lexicon.look_up("不办了 谢谢您") == "cancel"
    assert lexicon.look_up("我要諮詢律師") == "consultation"
    assert lexicon.look_up("好" * 100_000) is None
    assert lexicon.look_up("这句话不在里面") is None
    with pytest.raises(ValueError):
        Lexicon({"affirm": ["好"], "deny": ["好。"]})


def test_all_rules_of_the_form_context_are_named_by_words() -> None:
    data = load("form_context.yml")
    assert all(isinstance(name, str) for name in data)
    FormRules(data)


def test_patterns_stay_quick_on_the_longest_text() -> None:
    rules = FormRules()
    from components.form_rules import Asked

    started = time.process_time()
    for text in ("不是" * 500, "写错了" * 333, "把" * 1000, "我" * 1000, "改一下" * 333):
        for kind in (None, "text", "phone", "yesno"):
            for stage in ("collecting", "review", "consent"):
                rules.decide(Asked(normalise(text), "inform", 0.9, asking_kind=kind, stage=stage))
    assert time.process_time() - started < 2.0


def test_learning_is_repeatable_and_survives_being_stored(tmp_path: Path) -> None:
    texts = ["你好", "您好啊", "早上好", "工资不发怎么办", "离婚怎么办", "工伤怎么赔"]
    intents = ["greet"] * 3 + ["legal_question"] * 3
    groups = {"how_to": ["怎么办"], "tail_question": ["吗"]}
    first = IntentModel.fit(texts, intents, groups, 20.0, 0.2)
    second = IntentModel.fit(texts, intents, groups, 20.0, 0.2)
    first.save(tmp_path)
    stored = IntentModel.load(tmp_path)
    for text in ("你好呀", "工资怎么办", "离婚吗", "", "龘"):
        assert first.predict(text) == second.predict(text) == stored.predict(text)
    assert first.predict("工资怎么办")[0][0] == "legal_question"
    assert {confidence for _, confidence in first.predict("龘靐")} == {0.0}


# ── the bot's own promises ───────────────────────────────────────────────────────────────────────


def _all(folder: str, key: str) -> list[Any]:
    found: list[Any] = []
    for file in sorted((BOT / folder).glob("*.yml")):
        found += yaml.safe_load(file.read_text(encoding="utf-8")).get(key) or []
    return found


def test_every_action_and_intent_of_the_domain_is_used_by_a_rule_or_a_form() -> None:
    text = "\n".join(f.read_text(encoding="utf-8") for f in (BOT / "data" / "rules").glob("*.yml"))
    for action in _all("domain", "actions"):
        by_form = action.startswith(("validate_", "action_ask_"))
        assert by_form or f"action: {action}\n" in text, action
    # An answer that means nothing outside of a form needs no rule: review and resume share theirs.
    for intent in (name for entry in _all("domain", "intents") for name in entry):
        assert f"intent: {intent}\n" in text, intent


def test_one_feature_has_one_file_name() -> None:
    names = {
        folder: {f.stem for f in (BOT / folder).glob("*.yml")}
        for folder in ("domain", "data/rules", "data/nlu", "data/stories")
    }
    features = names["domain"]
    assert names["data/rules"] == features == names["data/nlu"] == names["data/stories"]


# ── lean imports ─────────────────────────────────────────────────────────────────────────────────


def test_a_server_that_cannot_work_says_why_in_one_sentence(tmp_path: Path) -> None:
    env = {n: v for n, v in os.environ.items() if n not in lean.NEEDED}
    command = [sys.executable, "-m", "lean", "run", "--model", str(tmp_path / "none.tar.gz")]

    def said(**more: str) -> tuple[int, str]:
        done = subprocess.run(
            command,
            cwd=BOT,
            env={**env, **more},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        return done.returncode, done.stderr.strip()

    code, why = said()
    assert code == 1
    assert why == "ACTION_URL, TRACKER_DB, SUQIU_RASA_TOKEN must be set (see bot/README.md)."
    code, why = said(ACTION_URL="x", TRACKER_DB="y", SUQIU_RASA_TOKEN="z")
    assert code == 1
    assert why.startswith("There is no model at ")
    assert "\n" not in why


def test_hollow_modules_bear_what_rasa_does_with_them_at_import() -> None:
    module = lean.HollowImports(frozenset({"hollow_thing"}))
    sys.meta_path.insert(0, module)
    try:
        import hollow_thing.deep.inside as inside
        from hollow_thing import Thing, function

        class Child(Thing.Inner):
            @function
            def kept(self) -> int:
                return 7

        assert Child.kept(object()) == 7
        assert issubclass(inside.SomeError, Exception)
        assert (inside.Tensor | None) is inside.Tensor
        assert inside.Tensor[int] is inside.Tensor
    finally:
        sys.meta_path.remove(module)
