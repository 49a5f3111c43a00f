"""What a short message means while facts are collected (``casework/intakes/words.yml``)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from casework.domain.text import fold


class Move(StrEnum):
    """What a citizen does with a message."""

    ANSWER = "answer"
    AFFIRM = "affirm"
    DENY = "deny"
    SKIP = "skip"
    REFUSE = "refuse"
    WHY = "why"
    BACK = "back"
    PAUSE = "pause"
    CANCEL = "cancel"
    CORRECT = "correct"
    REVIEW = "review"
    NOTHING_MORE = "nothing_more"
    EMPTY = "empty"


_BY_INTENT = {
    "affirm": Move.AFFIRM,
    "deny": Move.DENY,
    "skip": Move.SKIP,
    "why": Move.WHY,
    "go_back": Move.BACK,
    "pause": Move.PAUSE,
    "cancel": Move.CANCEL,
    "correct": Move.CORRECT,
    "review": Move.REVIEW,
}
_OUTER = re.compile(r"[\s。.,，!！?？~～、;；:：\"'“”‘’()（）\[\]【】…—\-_*#@^&+=|<>/\\]+")
_PIECES = re.compile(r"[\s,，。.!！;；、~～]+")
_WORD = re.compile(r"[\u3400-\u9fffA-Za-z0-9\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]")
# A yes with a change in it is no yes: 对，不过电话要改一下.
_RESERVATION = re.compile(
    r"改|(?<!没)(?<!没有)错|不对|不是|但|不过|可是|先|等|还|再|别|不要|没填|少|漏|吗|么\?|\?|怎么|什么|为|如果|要是"
)


# A longer message tells something, whatever it asks at its end.
_LONGEST_ASIDE = 30
_LONGEST_PAUSE = 32


def han(text: str) -> int:
    """How many characters of ``text`` carry meaning: Chinese characters, letters, digits."""
    return len(_WORD.findall(text))


def plain(text: str) -> str:
    """``text`` for comparing as a whole: folded, without blanks and punctuation."""
    return _OUTER.sub("", fold(text)).lower()


class Words:
    """The lexicon of short messages."""

    def __init__(self, loaded: Mapping[str, Any]) -> None:
        self._particles = loaded["particles"]
        self._exact: dict[str, Move] = {}
        for name, lines in loaded["exact"].items():
            for line in lines:
                for word in line.split("|"):
                    self._exact.setdefault(plain(word), Move(name))
                    self._exact.setdefault(self._bare(word), Move(name))
        self._story = re.compile(loaded["story"])
        self._no_story = re.compile(loaded["no_story"])
        self._asks = re.compile(loaded["asks"])
        self._aside = re.compile(loaded["aside"])
        self._withdraw = re.compile(loaded["withdraw"])
        self._pause = re.compile("|".join(loaded["pause"]))
        self._hold_on = re.compile(loaded["hold_on"])
        self._not_mine = re.compile(loaded["not_mine"])
        self._retrieve = re.compile("|".join(loaded["retrieve"]))
        self._supplement = re.compile("|".join(loaded["supplement"]))
        self._as_before = re.compile(loaded["as_before"])
        self._other_wish = re.compile(loaded["other_wish"])
        self._interruptions = {
            intent: re.compile(pattern) for intent, pattern in loaded["interruption"].items()
        }
        hints = dict(loaded["hint"])
        self._longest = int(hints.pop("longest"))
        self._hints = {Move(name): re.compile(pattern) for name, pattern in hints.items()}

    def move(self, text: str, intent: str) -> Move:
        """What ``text`` does. The words decide; ``intent`` of the dialogue helps where they allow.

        A bare number is what the dialogue says it is: casework itself resolved it to a button.
        """
        exact = self.exact(text)
        if exact is not None:
            return exact
        by_intent = _BY_INTENT.get(intent)
        if by_intent is Move.PAUSE or self.pauses(text):
            return Move.PAUSE
        folded = fold(text).strip()
        if re.fullmatch(r"[(\[]?\d{1,2}[)\].、]?", folded):
            return by_intent or Move.ANSWER
        if not han(text):
            return Move.EMPTY
        if by_intent is Move.CORRECT:
            return Move.ANSWER  # what is corrected stands in the words
        hint = self._hints.get(by_intent) if by_intent else None
        if by_intent and hint and han(text) <= self._longest and hint.search(folded):
            if by_intent is Move.AFFIRM and _RESERVATION.search(folded):
                return Move.ANSWER
            return by_intent
        if han(text) <= self._longest and self._hints[Move.REFUSE].search(folded):
            refusal = re.search(r"(?:不想|不方便|不愿意?|不)(?:说|留|给|提供|填|透露|告诉)", folded)
            if refusal:
                return Move.REFUSE
        return Move.ANSWER

    def exact(self, text: str) -> Move | None:
        """What the whole message means by the lexicon alone, or None.

        Of several pieces (没有要改的了，提交吧) each must be known, and they must agree.
        """
        whole = self._word(text)
        if whole is not None or han(text) > self._longest:
            return whole
        pieces = [piece for piece in _PIECES.split(text) if han(piece)]
        moves = {self._word(piece) for piece in pieces}
        if len(pieces) < 2 or None in moves:
            return None
        moves.discard(Move.EMPTY)
        if moves == {Move.AFFIRM, Move.NOTHING_MORE}:
            return Move.AFFIRM
        for weaker in (Move.AFFIRM, Move.DENY):
            if len(moves) > 1:
                moves.discard(weaker)
        return moves.pop() if len(moves) == 1 else None

    def _word(self, text: str) -> Move | None:
        for word in (plain(text), self._bare(text)):
            move = self._exact.get(word) or self._exact.get(word.replace("俺", "我"))
            if move is not None:
                return move
        return None

    def tells(self, text: str) -> bool:
        """Whether a message tells of somebody's trouble, so that it may begin a story."""
        return (
            han(text) >= 8
            and self.exact(text) is None
            and bool(self._story.search(fold(text)))
            and not self._no_story.search(fold(text))
        )

    def orders(self, text: str) -> bool:
        """Whether a short message has the words of giving up or going back (算了我不填了)."""
        folded = fold(text).strip()
        return han(text) <= self._longest and any(
            self._hints[move].search(folded) for move in (Move.CANCEL, Move.BACK)
        )

    def pauses(self, text: str) -> bool:
        """Whether a message puts the rest off (我先去接孩子，晚上再接着填), and tells of nobody else
        who did so (老板说明天再说)."""
        if han(text) > _LONGEST_PAUSE:
            return False
        if self.exact(text) is not None:
            return self.exact(text) is Move.PAUSE
        whole = plain(text)
        return bool(self._pause.search(whole)) and not self._not_mine.search(whole)

    def holds_on(self, text: str) -> bool:
        """Whether a message asks for a moment (等会儿啊，我去接孩子) and tells nothing."""
        if han(text) > self._longest:
            return False
        whole = plain(text)
        return bool(self._hold_on.search(whole)) and not self._not_mine.search(whole)

    def retrieves(self, text: str) -> bool:
        """Whether a message wants a draft that was kept elsewhere."""
        return han(text) <= _LONGEST_PAUSE and bool(self._retrieve.search(plain(text)))

    def supplements(self, text: str) -> re.Match[str] | None:
        """The beginning of a message that adds to a matter handed over already
        (给上次那件事补充一下：…); None where it only asks how that is done."""
        found = self._supplement.match(fold(text).strip())
        asks = self.asks(text) or self.asks_aside(text)
        return None if found and asks and found.end() >= len(text) // 2 else found

    def as_before(self, text: str) -> bool:
        """Whether an answer is the one given for an earlier matter (和上次一样)."""
        return bool(self._as_before.fullmatch(plain(text)))

    def wishes_otherwise(self, text: str) -> bool:
        """Whether a message wants something else of the service (查进度, 转人工)."""
        return bool(self._other_wish.fullmatch(plain(text)))

    def asks(self, text: str) -> bool:
        """Whether a message asks how something is done."""
        return bool(self._asks.search(fold(text).strip()))

    def asks_aside(self, text: str) -> bool:
        """Whether a message asks what something means or how long it takes, and tells nothing."""
        return han(text) <= _LONGEST_ASIDE and bool(self._aside.search(fold(text).strip()))

    def interrupts(self, text: str, intent: str) -> bool:
        """Whether a message that the dialogue took for an interruption has the words of one."""
        pattern = self._interruptions.get(intent)
        return pattern is None or bool(pattern.search(fold(text)))

    def withdraws(self, text: str) -> bool:
        """Whether a message takes the consent to the privacy notice back."""
        return bool(self._withdraw.search(fold(text)))

    def _bare(self, text: str) -> str:
        whole = plain(text)
        return whole.rstrip(self._particles) or whole
