"""Writing facts into a draft so that each names its messages and can be taken back."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from casework.domain.draft import Draft, Fact
from casework.domain.intake.answers import Answer
from casework.domain.intake.topic import FactSpec, Topic
from casework.domain.messages import InboxMessage
from casework.domain.text import fold

# Notes that are taken back together with the facts of a message.
_KEPT = ("refused", "sealed", "unsealed", "thin", "short")
_MOST_UNDO = 20
_PIECES = re.compile("[；、\n]")
_MOST_TEXT = 20_000


def text_of(draft: Draft, fact_id: str) -> str:
    fact = draft.facts.get(fact_id)
    return fact.text if fact else ""


def is_open(draft: Draft, fact_id: str) -> bool:
    """Whether the fact was left open or refused: what is told later may still fill it."""
    return fact_id in draft.skipped or fact_id in draft.notes.get("refused", [])


def put_all(draft: Draft, answers: Mapping[str, Answer], message_id: str) -> list[str]:
    """Write several facts of one message; the ids that are told now. One step for undo."""
    if not answers:
        return []
    _remember(draft, list(answers), message_id)
    for fact_id, answer in answers.items():
        _write(draft, fact_id, answer, message_id)
    return list(answers)


def put(draft: Draft, fact_id: str, answer: Answer, message_id: str, refused: bool = False) -> None:
    """Write one fact; ``refused`` notes that the citizen would rather not say."""
    _remember(draft, [fact_id], message_id)
    _write(draft, fact_id, answer, message_id)
    if refused:
        draft.notes.setdefault("refused", []).append(fact_id)


def tell(draft: Draft, fact_id: str, text: str, message_id: str) -> None:
    """Add a piece to the story. Neither the same message nor the same words are told twice."""
    known = draft.facts.get(fact_id)
    if known and (message_id in known.sources or text in known.text.split("\n")):
        return
    _remember(draft, [fact_id], message_id)
    joined = f"{known.text}\n{text}" if known and known.text else text
    sources = (*(known.sources if known else ()), message_id)
    draft.facts[fact_id] = Fact(fact_id, joined[:_MOST_TEXT], joined[:_MOST_TEXT], sources)
    if fact_id in draft.skipped:
        draft.skipped.remove(fact_id)


def credit(draft: Draft, messages: Sequence[InboxMessage]) -> None:
    """Let facts that several messages told as one name those in whose words they stand."""
    if len(messages) < 2:
        return
    turn = messages[-1].id
    for fact in list(draft.facts.values()):
        if turn not in fact.sources:
            continue
        named = [m.id for m in messages if _stands_in(fact.text, m.text)]
        others = [s for s in fact.sources if s != turn]
        sources = dict.fromkeys([*others, *(named or [m.id for m in messages])])
        draft.facts[fact.id] = replace(fact, sources=tuple(sources))


def _stands_in(fact: str, message: str) -> bool:
    """Whether words of a fact were said in a message, or the other way round."""
    said = message.strip()
    pieces = [piece.strip() for piece in _PIECES.split(fact) if piece.strip()]
    return bool(said) and (said in fact or any(piece in said for piece in pieces))


def leave_open(draft: Draft, fact_id: str, message_id: str) -> None:
    _remember(draft, [fact_id], message_id)
    if fact_id not in draft.skipped:
        draft.skipped.append(fact_id)


def is_short(draft: Draft, fact_id: str) -> bool:
    """Whether the fact was told in passing, so that it is asked for all the same."""
    return fact_id in draft.notes.get("short", ())


def leave_short(draft: Draft, fact_id: str) -> None:
    """Note that a fact was told in passing only."""
    draft.notes.setdefault("short", []).append(fact_id)


def fill_up(draft: Draft, fact_id: str) -> None:
    """A fact told in passing stands as it is."""
    if is_short(draft, fact_id):
        draft.notes["short"].remove(fact_id)


def longer(draft: Draft, fact_id: str, answer: Answer) -> Answer:
    """An answer joined to what was told in passing before it."""
    before = text_of(draft, fact_id)
    if not before or before in answer.text:
        return answer
    joined = f"{before}；{answer.text}"
    return replace(answer, text=joined, value=joined)


def undo(draft: Draft) -> bool:
    """Take the last message's facts back; False when there is nothing to take back."""
    if not draft.undo:
        return False
    last = draft.undo.pop()
    _put_back(draft, last)
    while draft.undo and draft.undo[-1]["message"] == last["message"]:
        _put_back(draft, draft.undo.pop())
    draft.notes.pop("editing", None)
    return True


def _put_back(draft: Draft, last: dict[str, Any]) -> None:
    for fact_id, before in last["facts"].items():
        if before is None:
            draft.facts.pop(fact_id, None)
        else:
            text, value, sources = before
            draft.facts[fact_id] = Fact(fact_id, text, value, tuple(sources))
    draft.skipped[:] = last["skipped"]
    for key in _KEPT:
        if key in last["notes"]:
            draft.notes[key] = last["notes"][key]
        else:
            draft.notes.pop(key, None)


def restore(draft: Draft, aside: dict[str, Any], wanted: set[str]) -> None:
    """Put facts that waited aside back where they are wanted and not told anew."""
    for fact_id in [i for i in aside if i in wanted]:
        text, value, sources = aside.pop(fact_id)
        if fact_id not in draft.facts:
            draft.facts[fact_id] = Fact(fact_id, text, value, tuple(sources))


def wipe(draft: Draft) -> None:
    """Forget everything that was told."""
    draft.facts.clear()
    draft.asked.clear()
    draft.skipped.clear()
    draft.undo.clear()
    draft.asking = None
    draft.notes.clear()


def count(draft: Draft, fact_id: str) -> int:
    """How often the question was put again."""
    return int(draft.notes.get("again", {}).get(fact_id, 0))


def count_up(draft: Draft, fact_id: str) -> int:
    counts = draft.notes.setdefault("again", {})
    counts[fact_id] = int(counts.get(fact_id, 0)) + 1
    return int(counts[fact_id])


def forget_count(draft: Draft, fact_id: str) -> None:
    draft.notes.get("again", {}).pop(fact_id, None)


def derived(draft: Draft, spec: FactSpec) -> str | None:
    """The value that the rules of a fact give it, where the citizen has not said another."""
    for rule in spec.derive:
        if rule.sealed and not draft.notes.get("sealed"):
            continue
        if rule.match and not any(
            rule.match.search(fold(text_of(draft, fact_id))) for fact_id in rule.inside
        ):
            continue
        return rule.value
    return None


def shown(draft: Draft, topic: Topic, spec: FactSpec) -> bool:
    """Whether the review has a line for the fact."""
    if spec.id in draft.facts or spec.id in draft.skipped:
        return True
    if draft.notes.get("sealed") and spec.id not in topic.sealed_facts:
        return spec.id == "purpose"
    return bool(spec.derive) or (spec.asked and spec.required)


def _remember(draft: Draft, fact_ids: list[str], message_id: str) -> None:
    before: dict[str, Any] = {}
    for fact_id in fact_ids:
        fact = draft.facts.get(fact_id)
        before[fact_id] = [fact.text, fact.value, list(fact.sources)] if fact else None
    notes = {key: _copy(draft.notes[key]) for key in _KEPT if key in draft.notes}
    draft.undo.append(
        {"message": message_id, "facts": before, "skipped": list(draft.skipped), "notes": notes}
    )
    del draft.undo[:-_MOST_UNDO]


def _copy(value: Any) -> Any:
    return list(value) if isinstance(value, list) else value


def _write(draft: Draft, fact_id: str, answer: Answer, message_id: str) -> None:
    before = draft.facts.pop(fact_id, None)  # what was told last stands last
    sources = (
        (*before.sources, message_id) if before and is_short(draft, fact_id) else (message_id,)
    )
    draft.facts[fact_id] = Fact(fact_id, answer.text, answer.value, sources)
    fill_up(draft, fact_id)
    if fact_id in draft.skipped:
        draft.skipped.remove(fact_id)
    refused = draft.notes.get("refused", [])
    if fact_id in refused:
        refused.remove(fact_id)
