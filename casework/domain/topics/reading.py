"""A topic from the content of its file, and everything that can be wrong with one."""

from __future__ import annotations

import re
import string
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from casework.domain.conversation import RiskLevel
from casework.domain.intake.topic import KINDS, Choice, TopicError
from casework.domain.topics.legal_topic import (
    Clock,
    Condition,
    LegalTopic,
    Priority,
    Proof,
    RouteRule,
    SafetySign,
    Sign,
    Wanted,
    Way,
)

_CITE = re.compile(r"《[^《》]+》第[一二三四五六七八九十百千零]+条")
_NUMBER = re.compile(r"tel\[\d+\]")
_CONDITION = ("when", "also", "unless", "given")
_TOP = {"id", "title", "version", "signs", "least", "facts", "evidence", "clocks", "routes"}
_TOP |= {"safety", "orders"}
# What a question may quote of the story: the clause that matched, and the words that did.
SLOTS = {"said", "word"}
# Facts of the base intakes that a clock may be counted from, or a fact be the same as.
BASE = {"narrative", "against", "when", "where", "amount", "wanted", "evidence", "people"}
_Read = TypeVar("_Read")


def read(loaded: Mapping[str, Any]) -> LegalTopic:
    """A topic (or, without ``signs``, a file of common questions). Raises ``TopicError``."""
    name = str(loaded.get("id", "?"))
    unknown = set(loaded) - _TOP
    if unknown:
        raise TopicError(f"{name}: unknown entry {', '.join(sorted(unknown))}")
    topic = LegalTopic(
        id=name,
        title=_words(loaded, "title", name),
        version=_words(loaded, "version", name),
        facts=_each(loaded, "facts", name, _wanted),
        signs=_each(loaded, "signs", name, _sign),
        least=int(loaded.get("least", 3)),
        evidence=_each(loaded, "evidence", name, _proof),
        clocks=_each(loaded, "clocks", name, _clock),
        routes=_each(loaded, "routes", name, _route),
        safety=_each(loaded, "safety", name, _safety),
        orders=tuple((first, second) for first, second in loaded.get("orders", ())),
    )
    _check_ids(topic)
    return topic


def _each(
    loaded: Mapping[str, Any], key: str, name: str, one: Callable[[dict[str, Any], str], _Read]
) -> tuple[_Read, ...]:
    found = []
    for number, entry in enumerate(loaded.get(key) or (), start=1):
        where = f"{name}: {key} {entry.get('id', number)}"
        try:
            found.append(one(dict(entry), where))
        except re.error as wrong:
            raise TopicError(f"{where}: not a regular expression: {wrong}") from wrong
        except TypeError as wrong:
            raise TopicError(f"{where}: {wrong}") from wrong
        except KeyError as wrong:
            raise TopicError(f"{where}: {wrong.args[0]} is missing") from wrong
        except TopicError:
            raise
        except ValueError as wrong:
            raise TopicError(f"{where}: {wrong}") from wrong
    return tuple(found)


def _check_ids(topic: LegalTopic) -> None:
    ids = [wanted.id for wanted in topic.facts]
    if len(set(ids)) != len(ids):
        twice = next(fact_id for fact_id in ids if ids.count(fact_id) > 1)
        raise TopicError(f"{topic.id}: the fact {twice} stands twice")
    named = [clock.start for clock in topic.clocks if clock.start not in BASE]
    conditions: list[Condition] = [wanted.condition for wanted in topic.facts]
    conditions += [clock.condition for clock in topic.clocks]
    conditions += [route.condition for route in topic.routes]
    named += [fact_id for condition in conditions for fact_id in condition.given]
    named += [fact_id for order in topic.orders for fact_id in order]
    for fact_id in named:
        if fact_id not in ids:
            raise TopicError(f"{topic.id}: there is no fact called {fact_id}")


def _wanted(entry: dict[str, Any], where: str) -> Wanted:
    entry["condition"] = _condition(entry)
    for key in ("told", "urgent"):
        entry[key] = _pattern(entry.get(key))
    entry["priority"] = Priority(entry["priority"])
    entry["covers"] = tuple(entry.get("covers", ()))
    choices = entry.get("choices", ())
    entry["choices"] = tuple(
        Choice(c["label"], str(c["value"]), _pattern(c.get("match"))) for c in choices
    )
    wanted = Wanted(**entry)
    if wanted.kind not in KINDS:
        raise TopicError(f"{where}: kind must be one of {', '.join(KINDS)}")
    if (wanted.kind in ("choice", "yesno")) != bool(wanted.choices):
        raise TopicError(f"{where}: choices belong to kind choice and yesno, and to no other")
    if wanted.then and not wanted.told:
        raise TopicError(f"{where}: then is asked once the fact was told, but told is missing")
    if wanted.base and wanted.base not in BASE:
        raise TopicError(f"{where}: base must be one of {', '.join(sorted(BASE))}")
    quotes = bool(wanted.condition.when)
    _check_slots(where, "ask", wanted.ask, set())
    _check_slots(where, "full", wanted.full, SLOTS if quotes else set())
    _check_slots(where, "then", wanted.then, SLOTS)
    if wanted.each > 1 and not quotes:
        raise TopicError(f"{where}: each counts the matches of when, but when is missing")
    return wanted


def _sign(entry: dict[str, Any], _: str) -> Sign:
    unknown = set(entry) - {"match", "weight", "also"}
    if unknown:
        raise ValueError(f"unknown entry {', '.join(sorted(unknown))}")
    return Sign(re.compile(entry["match"]), int(entry["weight"]), _pattern(entry.get("also")))


def _proof(entry: dict[str, Any], _: str) -> Proof:
    return Proof(entry["label"], re.compile(entry["match"]))


def _clock(entry: dict[str, Any], where: str) -> Clock:
    _check_slots(where, "note", entry.get("note", ""), set())
    start = entry.pop("from")
    return Clock(start=start, condition=_condition(entry), **entry)


def _route(entry: dict[str, Any], where: str) -> RouteRule:
    _check_cite(where, entry["cite"])
    _check_slots(where, "why", entry["why"], set())
    entry["way"] = Way(entry["way"])
    return RouteRule(condition=_condition(entry), **entry)


def _safety(entry: dict[str, Any], where: str) -> SafetySign:
    _check_slots(where, "say", entry["say"], set())
    return SafetySign(re.compile(entry["match"]), RiskLevel(entry["level"]), entry["say"])


def _condition(entry: dict[str, Any]) -> Condition:
    """Take the words of a condition out of an entry."""
    when, also, unless, given = (entry.pop(key, None) for key in _CONDITION)
    return Condition(
        _pattern(when),
        _pattern(also),
        _pattern(unless),
        {fact_id: re.compile(pattern) for fact_id, pattern in (given or {}).items()},
    )


def _check_cite(where: str, cite: str) -> None:
    if not _CITE.search(cite):
        raise TopicError(
            f"{where}: cite must name a law and an article, as 《民法典》第一百八十八条"
        )


def _check_slots(where: str, key: str, text: str, allowed: set[str]) -> None:
    """Names in braces: only those allowed, and numbers of the directory, {tel[110]}."""
    found = {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
    found = {name for name in found if not _NUMBER.fullmatch(name)}
    if found - allowed:
        raise TopicError(f"{where}: {key} may not hold {{{', '.join(sorted(found - allowed))}}}")


def _words(loaded: Mapping[str, Any], key: str, name: str) -> str:
    value = loaded.get(key)
    if not isinstance(value, str) or not value.strip():
        raise TopicError(f"{name}: {key} is missing")
    return value


def _pattern(text: str | None) -> re.Pattern[str] | None:
    return re.compile(text) if text else None
