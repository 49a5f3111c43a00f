"""Laws and articles that a question names itself: what a person names is never hidden from them."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property

from knowledge_base.numerals import CHARACTERS
from knowledge_base.statutes.laws import Laws
from knowledge_base.statutes.library import Library, article_number
from knowledge_base.statutes.names import key

_ARTICLE = re.compile(
    rf"第\s*(?:[{CHARACTERS}]+|\d+)\s*条(?:\s*之\s*(?:[{CHARACTERS}]+|\d+))?|(?<!\d)\d{{1,4}}\s*条"
)
_LEAST = 2
_FIRST_PAGE = 10
_LONGEST = 60


class Mentions:
    """Finds the titles of a library, and the usual short names of its laws, in a question."""

    def __init__(self, library: Library, laws: Laws) -> None:
        self._library, self._laws = library, laws

    @cached_property
    def _names(self) -> dict[str, str]:
        names = dict(self._laws.usual_names())
        return {
            name: law
            for name, law in (names | {title: title for title in self._library.newest}).items()
            if law in self._library.newest and len(name) >= _LEAST
        }

    def laws(self, question: str) -> list[tuple[int, str]]:
        """(end, key) of each law named, in order; a longer name hides those inside it."""
        text, found, start = key(question), [], 0
        while start < len(text):
            for end in range(min(len(text), start + _LONGEST), start + _LEAST - 1, -1):
                if law := self._names.get(text[start:end]):
                    found.append((end, law))
                    start = end - 1
                    break
            start += 1
        return found

    def articles(self, question: str) -> list[int]:
        """Places of the articles named with their law, in the order they are named."""
        text, named = key(question), self.laws(question)
        places: dict[int, None] = {}
        for match in _ARTICLE.finditer(text):
            before = [law for end, law in named if end <= match.start()]
            number = article_number(match[0])
            if before and number:
                places |= dict.fromkeys(self._library.find(before[-1], number))
        return list(places)

    def put_first(
        self, question: str, ranked: list[int], lexical: Callable[[], list[int]]
    ) -> list[int]:
        """``ranked`` with named articles in front, and, on the first page, at least one article of
        each law that is named: the one found best by its words (``lexical``, best first)."""
        named = self.articles(question)
        order = list(dict.fromkeys([*named, *ranked]))
        law_of, newest = self._library.law_of, self._library.newest
        for _, law in reversed(self.laws(question)):
            version = newest[law]
            page = order[:_FIRST_PAGE]
            if any(law_of[place] == version for place in page):
                continue
            best = next((place for place in lexical() if law_of[place] == version), None)
            if best is not None:
                at = max(len(named), min(len(order), _FIRST_PAGE) - 1)
                order = [place for place in order if place != best]
                order.insert(at, best)
        return order
