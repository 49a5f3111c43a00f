"""Whether somebody may be in danger: a level for a conversation, from what was just said.

The levels are those of the product's safety rules (red, orange, yellow); the words are data
(``casework/data/risk.yml``). Beside them listens a second reader that has learnt from examples
(``casework.domain.risk_reading``): what it alone hears is orange. A level is a reason for a person to look, never a judgement on the
citizen: petitioning again, or at a higher level, is a right (信访工作条例 18, 20) and no signal.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from casework.domain.conversation import RiskLevel
from casework.domain.text import fold

_SENTENCE = re.compile(r"[^。!?;\n…]{1,400}[。!?;\n…]{0,3}")
_BLANKS = re.compile(r"(?<=[\u4e00-\u9fff])[ \t~.·*_-]{1,3}(?=[\u4e00-\u9fff])")
_MAX_CHARS = 20_000
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_MORE_THAN_A_DENIAL = 4  # characters beside it


@dataclass(frozen=True)
class Risk:
    """``signals`` are the short Chinese names staff see, most urgent first."""

    level: RiskLevel
    signals: tuple[str, ...] = ()

    @property
    def urgent(self) -> bool:
        """Red or orange: a person is asked for at once."""
        return self.level.rank >= RiskLevel.ORANGE.rank


class SecondReader(Protocol):
    """Hears danger that the lexicon has no words for (``casework.domain.risk_reading``)."""

    def signals(self, text: str) -> Sequence[str]: ...


@dataclass(frozen=True)
class _Signal:
    name: str
    level: RiskLevel
    patterns: tuple[re.Pattern[str], ...]
    unless: tuple[str, ...]  # frames of the same sentence that take the meaning away
    unless_anywhere: tuple[str, ...]  # the same, of the whole text
    lower: dict[str, RiskLevel]  # frames that lower the level
    negatable: bool


class RiskAssessor:
    """Reads a text sentence by sentence against a lexicon, and as a whole with a second reader.

    ``lexicon`` is the content of ``risk.yml``: ``frames`` (a name and its patterns) and
    ``signals``. Without a ``reader`` the lexicon is alone. Raises ``ValueError`` with the signal's
    name if the lexicon is not well formed.
    """

    def __init__(self, lexicon: Mapping[str, Any], reader: SecondReader | None = None) -> None:
        self._reader = reader
        self._frames = {
            name: re.compile("|".join(patterns)) for name, patterns in lexicon["frames"].items()
        }
        self._negation = re.compile(f"(?:{'|'.join(lexicon['negation'])})$")
        self._parts: dict[str, str] = dict(lexicon.get("parts", {}))
        self._denied = re.compile("|".join(self._fill(p) for p in lexicon.get("denied", ["(?!)"])))
        self._signals = [self._read(entry) for entry in lexicon["signals"]]

    def assess(self, text: str) -> Risk:
        """The highest level that any sentence shows, and every signal found."""
        plain = _BLANKS.sub("", fold(text[:_MAX_CHARS])).lower()
        found: dict[str, RiskLevel] = {}
        previous = ""
        frames = {name for name, pattern in self._frames.items() if pattern.search(plain)}
        signals = [s for s in self._signals if frames.isdisjoint(s.unless_anywhere)]
        for said in _SENTENCE.findall(plain):
            sentence = self._denied.sub("〇", said)
            for signal in signals:
                level = self._level(signal, sentence, previous)
                if level.rank > found.get(signal.name, RiskLevel.NONE).rank:
                    found[signal.name] = level
            previous = sentence
        for name in self._heard(text, plain):
            if found.get(name, RiskLevel.NONE).rank < RiskLevel.ORANGE.rank:
                found[name] = RiskLevel.ORANGE
        if not found:
            return Risk(RiskLevel.NONE)
        names = sorted(found, key=lambda name: -found[name].rank)
        return Risk(found[names[0]], tuple(names))

    def _read(self, entry: Mapping[str, Any]) -> _Signal:
        unless = tuple(entry.get("unless", ()))
        unless_anywhere = tuple(entry.get("unless_anywhere", ()))
        lower = {frame: RiskLevel(level) for frame, level in entry.get("lower", {}).items()}
        for frame in (*unless, *unless_anywhere, *lower):
            if frame not in self._frames:
                raise ValueError(f"{entry['name']}: there is no frame called {frame!r}")
        try:
            patterns = tuple(re.compile(self._fill(p)) for p in entry["patterns"])
        except (re.error, KeyError) as wrong:
            raise ValueError(f"{entry['name']}: {wrong}") from wrong
        return _Signal(
            entry["name"],
            RiskLevel(entry["level"]),
            patterns,
            unless,
            unless_anywhere,
            lower,
            bool(entry.get("negatable", True)),
        )

    def _heard(self, text: str, plain: str) -> Sequence[str]:
        """What the second reader hears; nothing where little but a denial is said: 我不想死."""
        if self._reader is None:
            return ()
        rest, denials = self._denied.subn("", plain)
        if denials and len(_CHINESE.findall(rest)) < _MORE_THAN_A_DENIAL:
            return ()
        return self._reader.signals(text)

    def _fill(self, pattern: str) -> str:
        """Put the named parts of the lexicon in: ``<means>`` stands for ``parts['means']``."""
        return re.sub(r"<([a-z_]+)>", lambda m: f"(?:{self._parts[m.group(1)]})", pattern)

    def _level(self, signal: _Signal, sentence: str, previous: str) -> RiskLevel:
        if not any(self._stands(signal, p, sentence, previous) for p in signal.patterns):
            return RiskLevel.NONE
        if any(self._frames[frame].search(sentence) for frame in signal.unless):
            return RiskLevel.NONE
        level = signal.level
        for frame, lowered in signal.lower.items():
            if lowered.rank < level.rank and self._frames[frame].search(sentence):
                level = lowered
        return level

    def _stands(
        self, signal: _Signal, pattern: re.Pattern[str], sentence: str, previous: str
    ) -> bool:
        """Whether a match is there that nothing right before it denies."""
        for match in pattern.finditer(sentence):
            before = sentence[max(0, match.start() - 8) : match.start()]
            if not (signal.negatable and self._negation.search(before)):
                return True
        if not previous:
            return False
        # People send one thought in two sentences: 我在楼顶。不想活了
        tail = re.sub(r"[。!?;\n…]", ",", previous[-40:])
        joined = pattern.search(tail + sentence)
        if joined is None or not joined.start() < len(tail) < joined.end():
            return False
        return not (signal.negatable and self._negation.search((tail + sentence)[: joined.start()]))
