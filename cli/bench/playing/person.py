"""A citizen as data: what they know, in their own words, and how they talk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from cli.failures import Unusable


@dataclass(frozen=True)
class Fact:
    """One thing that a citizen knows.

    ``say`` are the words for it: the first time it is asked for, the second time … ``kept`` must
    stand in the summary once it was said (``a|b``: either); the first words themselves unless given.
    ``asked`` are words of questions that ask for it, beside the usual ones of ``about``.
    """

    about: str
    say: tuple[str, ...]
    kept: tuple[str, ...]
    asked: tuple[str, ...] = ()


@dataclass(frozen=True)
class Person:
    """``kind`` is the matter that ought to come of it, empty where none is to be handed over.

    ``before``: said, once each, instead of an answer when the bot asks about it (``confirm``,
    ``consent`` and ``paused`` among them). ``told`` stands in the opening or in ``before`` and must
    be in the summary; ``absent`` must not be (a|b: either).
    """

    name: str
    topic: str
    kind: str
    opening: tuple[str, ...]
    facts: Mapping[str, Fact]
    before: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    told: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    consent: str = "同意"
    confirm: str = "确认提交"
    presses: bool = True  # the button where there is one, else own words
    each_before: str = ""  # said before every answer
    joined: bool = False  # answers all that a question asks for in one message
    sealed: bool = False
    danger: bool = False  # a person is rightly called before the matter is handed over


def load(folder: Path) -> list[Person]:
    """The citizens of every ``*.yml`` in ``folder``, in order of file and place.

    Raises:
        Unusable: there are none, or a file is not as it should be; the message names it.
    """
    people: list[Person] = []
    for path in sorted(folder.glob("*.yml")):
        try:
            entries = yaml.safe_load(path.read_text(encoding="utf-8"))
            people += [_person(entry) for entry in entries]
        except (yaml.YAMLError, KeyError, TypeError, AttributeError) as wrong:
            raise Unusable(f"{path}: {wrong}") from wrong
    if not people:
        raise Unusable(f"no citizens in {folder}")
    return people


def _person(entry: Mapping[str, Any]) -> Person:
    values = dict(entry)
    values["opening"] = _words(values["opening"])
    values["facts"] = {about: _fact(about, given) for about, given in values["facts"].items()}
    values["before"] = {about: _words(said) for about, said in values.get("before", {}).items()}
    for name in ("told", "absent"):
        values[name] = _words(values.get(name, ()))
    return Person(**values)


def _fact(about: str, given: Any) -> Fact:
    if not isinstance(given, Mapping):
        given = {"say": given}
    say = _words(given["say"])
    return Fact(
        about,
        say,
        kept=_words(given["kept"]) if "kept" in given else say[:1],
        asked=_words(given.get("asked", ())),
    )


def _words(given: str | float | Sequence[Any]) -> tuple[str, ...]:
    if isinstance(given, str | int | float):
        return (str(given),)
    return tuple(str(one) for one in given)
