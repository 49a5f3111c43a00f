"""How the answer to a question is read, by the kind of fact that was asked for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from casework.domain.extraction import amounts, names, people
from casework.domain.extraction.entity import (
    ADDRESS,
    AMOUNT,
    DATE,
    DURATION,
    EMAIL,
    ID_NUMBER,
    NAME,
    PEOPLE,
    PHONE,
    PLACE,
    Entity,
)
from casework.domain.intake.topic import FactSpec
from casework.domain.intake.words import han
from casework.domain.text import fold

_BUT = re.compile(r"但|不过|只是|就是|只(?:有|打|去|找)")
# 没仲裁 · 谁有钱打官司: named, but not done.
_NOT_DONE = re.compile(r"没|未|无|不|谁|哪|想|准备|打算")
_IN = re.compile(r"^(?:我|俺|我们|俺们)?(?:是|就|就是|发生|住|家住)?在(?=.{2})")
# An answer up to this long is kept whole beside the value found in it.
WHOLE = 40
_TIME_WORDS = re.compile(
    r"年|月|日|号|天|时候|季|春|夏|秋|冬|上午|下午|晚上|最近|一直|以前|期间|那会|前|后|疫情|现在"
)


@dataclass(frozen=True)
class Answer:
    """A fact as answered: the words, the normalised value, and what is said about it, if anything."""

    text: str
    value: Any
    said: str = ""  # a sentence of ``casework/texts/intake.yml``


@dataclass(frozen=True)
class _Said:
    """An answer beside its question."""

    spec: FactSpec
    said: str
    entities: Sequence[Entity]

    def first(self, *kinds: str) -> Entity | None:
        """The first entity of the first of these kinds that there is."""
        for kind in kinds:
            for entity in self.entities:
                if entity.kind == kind:
                    return entity
        return None


@dataclass(frozen=True)
class Unclear:
    """No answer to the question was found. ``hint`` names the sentence that helps."""

    hint: str = "reask.unclear"
    values: tuple[tuple[str, Any], ...] = ()


def read(spec: FactSpec, text: str, entities: Sequence[Entity]) -> Answer | Unclear:
    """The answer that ``text`` gives to ``spec``. ``entities`` are those of ``text``."""
    said = text.strip()
    if spec.none and spec.none.fullmatch(_trim(said)):
        return Answer(_trim(said), None, "none")
    reader = _READERS.get(spec.kind, _text)
    return reader(_Said(spec, said, entities))


def _trim(text: str) -> str:
    return re.sub(r"^[\s,。.!！]+|[\s,，。.!！~了呢啊呀吧的哦]+$", "", fold(text))


def _whole(said: str, entity: Entity) -> str:
    return said if len(said) <= WHOLE and "\n" not in said else entity.text


def _text(a: _Said) -> Answer | Unclear:
    said = a.said
    least = 1 if a.spec.yes_no else 2
    return Answer(said, said) if han(said) >= least else Unclear("reask.meaningless")


def _name(a: _Said) -> Answer | Unclear:
    said = a.said
    found = [e for e in a.entities if e.kind == NAME]
    own = next((e for e in found if e.detail == "self"), None)
    if own:
        return Answer(own.text, own.value)
    folded = fold(said)
    name = names.from_answer(folded)
    worded = re.sub(r"[\d -]{7,}", "", folded)  # a telephone number beside it does not count
    if name and (han(worded) <= 16 or folded.startswith(name)):
        at = folded.find(name)  # as its bearer writes it
        written = said[at : at + len(name)] if at >= 0 else name
        return Answer(written, written)
    if 2 <= han(said) <= 6 and not re.search(r"\d", said) and not a.first(PHONE, DATE, AMOUNT):
        return Answer(said.strip(" ,，。.!！"), said.strip(" ,，。.!！"))
    return Unclear()


def _phone(a: _Said) -> Answer | Unclear:
    said = a.said
    entity = a.first(PHONE)
    if entity:
        return Answer(entity.text, entity.value)
    email = a.first(EMAIL)
    if email:
        return Answer(email.text, email.value, "alternative")
    if a.first(ID_NUMBER):
        return Unclear("ack.id_number")
    wechat = re.search(
        r"(?:微信|v信|vx|wx|QQ|qq)(?:号)?(?:是|:)?\s*([A-Za-z0-9_-]{5,20})", fold(said)
    )
    if wechat:
        return Answer(said[:WHOLE], said[:WHOLE], "alternative")
    digits = re.sub(r"\D", "", fold(said), flags=re.ASCII)
    if 5 <= len(digits) <= 20 and len(digits) >= han(said) - 8:
        return Unclear("ack.phone_digits", (("count", len(digits)),))
    return Unclear()


def _place(a: _Said) -> Answer | Unclear:
    said = a.said
    entity = a.first(ADDRESS, PLACE)
    if entity:
        text = _IN.sub("", _whole(said, entity))
        return Answer(text, entity.value)
    if 2 <= han(said) <= WHOLE and not a.first(PHONE):
        return Answer(said, said)
    return Unclear()


def _date(a: _Said) -> Answer | Unclear:
    said = a.said
    dates = [e for e in a.entities if e.kind == DATE]
    if dates:
        text = _whole(said, dates[0]) if len(dates) == 1 else "、".join(e.text for e in dates[:4])
        if len(dates) > 1 and len(said) <= WHOLE:
            text = said
        return Answer(text, dates[0].value if len(dates) == 1 else [e.value for e in dates[:4]])
    duration = a.first(DURATION)
    if duration:
        return Answer(_whole(said, duration), duration.value)
    if 2 <= han(said) <= WHOLE and _TIME_WORDS.search(said) and not a.first(PHONE):
        return Answer(said, said)
    return Unclear()


def _amount(a: _Said) -> Answer | Unclear:
    said = a.said
    sums = [e for e in a.entities if e.kind == AMOUNT]
    if sums:
        best = next((e for e in sums if e.detail not in ("month", "day", "year")), sums[0])
        if len(said) <= WHOLE and len(sums) == 1:
            return Answer(said, best.value)
        return Answer(
            "、".join(e.text for e in sums[:4]) if len(said) > WHOLE else said, best.value
        )
    if a.first(PHONE, DATE):
        return Unclear()
    value = amounts.from_answer(fold(said))
    if value is not None and han(said) <= WHOLE:
        return Answer(said, value)
    if 2 <= han(said) <= 20 and re.search(r"钱|块|元|万|千|百|算|多|少", said):
        return Answer(said, said)
    return Unclear()


def _number(a: _Said) -> Answer | Unclear:
    said = a.said
    entity = a.first(PEOPLE)
    if entity:
        return Answer(_whole(said, entity), entity.value)
    if a.first(PHONE):
        return Unclear()
    value = people.from_answer(fold(said))
    if value is not None and 0 < value < 100_000:
        return Answer(said[:WHOLE], value)
    if 2 <= han(said) <= 20 and re.search(r"人|户|家|村|大家|全|都|多", said):
        return Answer(said, said)
    return Unclear()


def _choice(a: _Said) -> Answer | Unclear:
    said = a.said
    trimmed = _trim(said)
    for choice in a.spec.choices:
        if trimmed == choice.label:
            return Answer(choice.label, choice.value)
    number = re.fullmatch(r"\d", trimmed)
    if number and 1 <= int(trimmed) <= len(a.spec.choices):
        chosen = a.spec.choices[int(trimmed) - 1]
        return Answer(chosen.label, chosen.value)
    if a.spec.free and han(said) >= 2:
        if a.spec.choices[0].value == "none":
            return _free_choice(a.spec, said, trimmed)
        named = (c.value for c in a.spec.choices if c.match and c.match.search(trimmed))
        return Answer(said, next(named, said))
    for choice in a.spec.choices:
        if choice.match and choice.match.search(trimmed) and han(said) <= WHOLE:
            return Answer(choice.label, choice.value)
    return Unclear()


def _free_choice(spec: FactSpec, said: str, trimmed: str) -> Answer | Unclear:
    """An answer in own words. 没有打过官司 names a lawsuit and means none."""
    none = spec.choices[0]
    denied = none.match.match(trimmed) if none.match else None
    but = _BUT.search(trimmed) if denied else None
    meant = trimmed[but.end() :] if but else trimmed
    affirmed = ",".join(c for c in re.split(r"[,。;!?\n]", meant) if not _NOT_DONE.search(c))
    named = [c for c in spec.choices[1:] if c.match and c.match.search(affirmed)]
    mentioned = [c for c in spec.choices[1:] if c.match and c.match.search(meant)]
    if denied and not but and not named and (mentioned or denied.end() == len(trimmed)):
        return Answer(said, none.value)
    named = named or mentioned
    if named:
        return Answer(said, named[0].value)
    if denied:
        return Unclear()
    return Answer(said, said)


_READERS = {
    "text": _text,
    "name": _name,
    "phone": _phone,
    "place": _place,
    "date": _date,
    "amount": _amount,
    "number": _number,
    "choice": _choice,
    "yesno": _choice,
}
