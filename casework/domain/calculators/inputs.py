"""Reading what somebody gave a calculator: every mistake is one plain sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from casework.domain.calculators import data
from casework.domain.calculators.spec import InputSpec, Spec

_YES = frozenset({"yes", "true", "1", "y", "是", "有", "对"})
_NO = frozenset({"no", "false", "0", "n", "否", "没有", "不是", "无"})
_LONGEST = 200
_MOST_AGES = 10


class BadInput(ValueError):
    """Something that was given cannot be used; the message is one plain Chinese sentence."""


class MissingInput(BadInput):
    """Figures without which nothing can be worked out. ``names`` are the inputs' names."""

    def __init__(self, names: Sequence[str], sentence: str) -> None:
        super().__init__(sentence)
        self.names = tuple(names)


def say(key: str, **values: object) -> str:
    """A sentence about inputs in general, from ``casework/data/calculators/common.yml``."""
    words: dict[str, str] = data.load("calculators/common")["words"]
    return words[key].format(**values)


def read(spec: Spec, given: Mapping[str, Any]) -> dict[str, Any]:
    """The inputs as values: Decimal, int, date, bool, the choice's name, or a list of pairs.

    ``given`` may hold strings (from a command line) or JSON values; names may use - for _. What is
    None or empty counts as not given. Raises ``BadInput``, ``MissingInput``.
    """
    values: dict[str, Any] = {}
    for raw_name, raw in given.items():
        name = str(raw_name)[:40].replace("-", "_")
        found = spec.inputs.get(name)
        if found is None:
            raise BadInput(say("unknown", name=name, known="、".join(spec.inputs)))
        if raw is None or (isinstance(raw, str) and not raw.strip()):
            continue
        values[name] = _value(found, raw)
    missing = [one for one in spec.inputs.values() if one.required and one.name not in values]
    if missing:
        raise missing_of(spec, [one.name for one in missing])
    return values


def missing_of(spec: Spec, names: Sequence[str]) -> MissingInput:
    """The error that names what is missing, with an example of each."""
    labels = [
        say("missing_one", label=one.label, name=name, example=one.example)
        for name in names
        for one in (spec.inputs[name],)
    ]
    return MissingInput(names, say("missing", what="；".join(labels)))


def _value(spec: InputSpec, raw: Any) -> Any:
    if spec.kind == "choice":
        return _choice(spec, raw)
    if spec.kind == "yes":
        return _yes(spec, raw)
    if spec.kind == "date":
        return _date(spec, raw)
    if spec.kind == "ages":
        return _ages(spec, raw)
    value = _number(spec, raw)
    too_small = value < spec.least or (spec.above and value == spec.least)
    if too_small or (spec.most is not None and value > spec.most):
        key = "above" if spec.above else "between"
        raise BadInput(
            say(key, label=spec.label, name=spec.name, least=f"{spec.least:f}", most=spec.most)
        )
    if spec.kind == "whole":
        if value != value.to_integral_value():
            raise _wrong(spec, raw)
        return int(value)
    return value


def _number(spec: InputSpec, raw: Any) -> Decimal:
    if isinstance(raw, bool) or not isinstance(raw, int | float | str | Decimal):
        raise _wrong(spec, raw)
    text = str(raw).strip().replace(",", "").replace("，", "")
    text = text.removesuffix("%").removesuffix("％") if spec.kind == "percent" else text
    text = text.removesuffix("元") if spec.kind == "money" else text
    try:
        value = Decimal(text) if len(text) <= 40 else None
    except InvalidOperation:
        value = None
    if value is None or not value.is_finite() or abs(value) > Decimal("1e15"):
        raise _wrong(spec, raw)
    # More digits than a hundredth of a hundredth are no figure that a person wrote down.
    return round(value, 6)


def _date(spec: InputSpec, raw: Any) -> date:
    if isinstance(raw, datetime):
        return raw.date()
    if isinstance(raw, date):
        return raw
    if isinstance(raw, str):
        text = raw.strip()[:20].replace("/", "-").replace(".", "-")
        parts = text.split("-")
        try:
            if len(parts) == 3 and len(parts[0]) == 4:
                found = date(*(int(part) for part in parts))
                if 1949 <= found.year <= 2100:
                    return found
        except ValueError:
            pass
    raise _wrong(spec, raw)


def _choice(spec: InputSpec, raw: Any) -> str:
    text = str(raw).strip()[:_LONGEST].replace("-", "_")
    if text in spec.choices:
        return text
    for value, label in spec.choices.items():
        if text == label:
            return value
    known = "；".join(f"{value}（{label}）" for value, label in spec.choices.items())
    raise BadInput(say("choice", label=spec.label, name=spec.name, known=known))


def _yes(spec: InputSpec, raw: Any) -> bool:
    if isinstance(raw, bool):
        return raw
    text = str(raw).strip().lower()[:_LONGEST]
    if text in _YES | _NO:
        return text in _YES
    raise BadInput(say("yes", label=spec.label, name=spec.name))


def _ages(spec: InputSpec, raw: Any) -> list[tuple[int, int]]:
    """``8:2,70:3`` or ``[[8, 2], [70, 3]]``: ages, and by how many each is supported."""
    pairs: Any = raw
    if isinstance(raw, str):
        pairs = [part.split(":") for part in raw.replace("：", ":").replace("，", ",").split(",")]
    if not isinstance(pairs, list | tuple) or not 1 <= len(pairs) <= _MOST_AGES:
        raise _wrong(spec, raw)
    found = []
    for pair in pairs:
        if not isinstance(pair, list | tuple) or not 1 <= len(pair) <= 2:
            raise _wrong(spec, raw)
        try:
            age, supporters = int(pair[0]), int(pair[1]) if len(pair) == 2 else 1
        except (TypeError, ValueError, OverflowError):
            raise _wrong(spec, raw) from None
        if not 0 <= age <= 150 or not 1 <= supporters <= 20:
            raise _wrong(spec, raw)
        found.append((age, supporters))
    return found


def _wrong(spec: InputSpec, raw: Any) -> BadInput:
    got = str(raw).encode("utf-8", "replace").decode("utf-8").replace("\n", " ")[:30]
    return BadInput(say(spec.kind, label=spec.label, name=spec.name, example=spec.example, got=got))
