"""How a citizen who is a program holds a conversation.

What is answered is chosen from the words and buttons of the bot alone, by common words of questions:
nothing here knows the order of the questions, how many there are, or how exactly they are put.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from cli.bench.playing.person import Person
from cli.chat_client import ChatClient, Turn

MOST_TURNS = 45
DONE = re.compile("(?:已|密封)提交|提交成功|查询码：")
_UNKNOWN = "不清楚"
# What a message of the bot is about, by the words that stand in it; the first that fits is meant.
_STAGES = {
    "confirm": re.compile("确认提交|请您?核对"),
    "paused": re.compile("继续填写|接着填"),
    "dropped": re.compile("删掉了|已删除|已经取消"),
    "consent": re.compile("同意吗|“同意”|是否同意记录"),
}
_ABOUT = {
    "people": re.compile("多少人|人数|几户|几个人"),
    "earlier": re.compile("诉讼|仲裁|复议|官司|起诉过"),
    "evidence": re.compile("证据|材料|凭证"),
    "name": re.compile("姓名|称呼|名字|怎么叫您"),
    "phone": re.compile("手机|电话|联系方式"),
    "story": re.compile("经过|发生了什么|怎么回事|详细"),
    "wanted": re.compile("诉求|希望|结果|要求|想怎么"),
    "amount": re.compile("多少钱|金额|数额|一共欠"),
    "against": re.compile("对方|反映的是|哪个单位|告谁|和谁"),
    "where": re.compile("地方|地点|哪里|在哪|地址"),
    "when": re.compile("什么时候|时间|哪天|哪年|日期|何时"),
}
# A bot's own words for where it is, and what it quotes from the citizen, ask for nothing.
_NO_QUESTION = re.compile(r"^[(（]第?\d+.{0,12}[)）]|“[^”]*”")


@dataclass
class Life:
    """One conversation from its first words to its end."""

    person: Person
    talk: list[tuple[str, Turn]] = field(default_factory=list)
    stated: set[str] = field(default_factory=set)  # which facts were said
    questions: list[str] = field(default_factory=list)
    confirmed: bool = False
    too_early: bool = False  # something was handed over before it was confirmed
    ended: bool = False
    matters: list[dict[str, Any]] = field(default_factory=list)


def live(person: Person, chat: ChatClient) -> Life:
    """Hold the conversation to its end, or until it is too long."""
    life, speaker = Life(person), _Speaker(person)
    turn = Turn()
    for _ in range(MOST_TURNS):
        about = _stage(turn)
        said = speaker.next(about, turn, life)
        if said is None:
            break
        if life.confirmed is False and about == "confirm" and said == person.confirm:
            life.too_early, life.confirmed = bool(chat.matters()), True
        turn = chat.press(said) if person.presses and said in turn.buttons else chat.say(said)
        life.talk.append((said, turn))
        if any(DONE.search(reply) for reply in turn.replies):
            life.ended = True
            break
    life.matters = chat.settled_matters()
    return life


class _Speaker:
    """Chooses what is said next."""

    def __init__(self, person: Person) -> None:
        self._person = person
        self._opening = list(person.opening)
        self._before = {about: list(said) for about, said in person.before.items()}
        self._answered: Counter[str] = Counter()
        self._hesitated = False

    def next(self, stage: str, turn: Turn, life: Life) -> str | None:
        if self._opening:
            return self._opening.pop(0)
        if stage:
            return self._at(stage)
        question = asked(turn)
        if (self._answered and question) or self._wanted(question):
            life.questions.append(question)
        wanted = self._wanted(question)
        for about in wanted:
            if self._before.get(about):
                return self._before[about].pop(0)
        if self._person.each_before and not self._hesitated:
            self._hesitated = True
            return self._person.each_before
        self._hesitated = False
        return self._answer(wanted, life)

    def _at(self, stage: str) -> str | None:
        if self._before.get(stage):
            return self._before[stage].pop(0)
        if stage == "dropped":  # all over again
            self._opening = list(self._person.opening)
            return self._opening.pop(0)
        if stage == "confirm":
            return self._person.confirm if self._person.kind else None
        return self._person.consent if stage == "consent" else "继续填写"

    def _answer(self, wanted: list[str], life: Life) -> str:
        known = [about for about in wanted if about in self._person.facts] or wanted
        fresh = [about for about in known if not self._answered[about]] or known
        said = []
        for about in fresh if self._person.joined else fresh[:1]:
            self._answered[about] += 1
            fact = self._person.facts.get(about)
            if fact is None:
                continue
            life.stated.add(about)
            said.append(fact.say[min(self._answered[about], len(fact.say)) - 1])
        return "，".join(said) or _UNKNOWN

    def _wanted(self, question: str) -> list[str]:
        """Which facts a question asks for: a citizen's own words for one come first."""
        own = [
            about
            for about, fact in self._person.facts.items()
            if any(word in question for word in fact.asked)
        ]
        usual = [about for about, words in _ABOUT.items() if words.search(question)]
        return list(dict.fromkeys([*own, *usual]))


def asked(turn: Turn) -> str:
    """The question that a turn ends with, without what it quotes; empty where nothing was said."""
    last = turn.replies[-1] if turn.replies else ""
    return _NO_QUESTION.sub("", last.strip())


def _stage(turn: Turn) -> str:
    last = turn.replies[-1] if turn.replies else ""
    return next((stage for stage, words in _STAGES.items() if words.search(last)), "")
