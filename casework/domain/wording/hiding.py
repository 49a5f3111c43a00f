"""Personal data under numbered marks, and back: ``〔姓名1〕`` for 王建国 and ``〔姓名2〕`` for 赵德柱.

Unlike the marks of a conversation (``casework.domain.marking``) these tell one person from another,
and only this object knows whom.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from casework.domain.extraction import Entity
from casework.domain.extraction.bare_names import FAMILY, GIVEN
from casework.domain.extraction.entity import NAME
from casework.domain.extraction.surnames import NO_NAMES
from casework.domain.marking import MARKS

MARK = re.compile(r"〔[^〔〕]{1,12}〕")
# A surname that is seldom a word, and two characters of given names, those of villages among them.
_OF_GIVEN_NAMES = "".join(sorted(GIVEN | set("柱栓锁娃妮桃杏岩峻原川鸿")))
_LIKE_A_NAME = re.compile(f"(?=([{''.join(sorted(FAMILY))}][{_OF_GIVEN_NAMES}]{{2}}))")
# Two characters: a surname that many bear and a given name; 曾 and 许 are words too often.
_OFTEN = "王李张刘陈杨赵黄周吴徐孙胡朱郭罗梁宋郑谢韩唐冯董程曹袁邓沈彭吕苏卢蒋蔡贾丁魏薛叶"
_LIKE_A_SHORT_NAME = re.compile(f"(?=([{_OFTEN}][{_OF_GIVEN_NAMES}]))")
_BRACKETS = str.maketrans("〔〕", "()")


class Hiding:
    """Learns what is personal (``learn``, ``suspect``, ``is_personal``); then hides and shows it."""

    def __init__(self) -> None:
        self._marks: dict[str, str] = {}  # the words as written -> their mark
        self._counts: dict[str, int] = {}

    def learn(self, entities: Iterable[Entity]) -> None:
        """What stands in a text, as ``extract`` found it."""
        for entity in entities:
            if entity.kind in MARKS:
                self.is_personal(entity.text, entity.kind)

    def suspect(self, text: str, entities: Iterable[Entity], ordinary: Collection[str]) -> None:
        """Characters that look like a name are one, though nothing announces it: to be shown to a
        machine is another matter than to be read by a rule. Not where they belong to something
        that ``extract`` knows, or to ``ordinary`` words."""
        taken = {at for entity in entities for at in range(entity.start, entity.end)}
        for pattern in (_LIKE_A_NAME, _LIKE_A_SHORT_NAME):
            for match in pattern.finditer(text):
                start, end = match.span(1)
                pairs = {text[at - 1 : at + 1] for at in (start, start + 1, end)}
                a_word = match[1][:2] in NO_NAMES or any(one in ordinary for one in pairs)
                if not a_word and taken.isdisjoint(range(start, end)):
                    self.is_personal(match[1], NAME)
                    taken.update(range(start, end))

    def is_personal(self, words: str, kind: str) -> None:
        """``words`` are of this kind (of ``MARKS``) wherever they stand. One character is no word."""
        words = words.strip()
        if len(words) < 2 or words in self._marks:
            return
        name = MARKS[kind][1:-1]
        self._counts[name] = self._counts.get(name, 0) + 1
        self._marks[words] = f"〔{name}{self._counts[name]}〕"

    def hide(self, text: str) -> str:
        """``text`` with marks; brackets of our kind that somebody wrote become round ones."""
        text = text.translate(_BRACKETS)
        if not self._marks:
            return text
        longest_first = sorted(self._marks, key=len, reverse=True)
        pattern = "|".join(re.escape(words) for words in longest_first)
        return re.sub(pattern, lambda match: self._marks[match.group()], text)

    def show(self, text: str) -> str | None:
        """``text`` with the words in place of their marks; None where a mark is not ours."""
        words = {mark: said for said, mark in self._marks.items()}
        if any(mark not in words for mark in MARK.findall(text)):
            return None
        shown = MARK.sub(lambda match: words[match.group()], text)
        return None if "〔" in shown or "〕" in shown else shown
