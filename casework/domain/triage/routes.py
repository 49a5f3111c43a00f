"""The ways a story can be taken, by the rules of its topics and the common ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from casework.domain.topics.legal_topic import LegalTopic, RouteRule, Way
from casework.domain.topics.questions import applies, told_facts
from casework.domain.topics.recognising import Recognised
from casework.domain.topics.story import Story


@dataclass(frozen=True)
class Route:
    """A way, with the article it rests on. The words are for citizens; {tel[...]} may stand in them."""

    way: Way
    why: str
    cite: str
    keeps: str = ""
    topic: str = ""
    general: bool = False  # open to every story


def routes(
    recognised: Sequence[Recognised], common: Sequence[LegalTopic], story: Story
) -> list[Route]:
    """The ways that fit, the main one first; each way once, as the surest topic puts it."""
    ours = [(one.topic, rule) for one in recognised for rule in one.topic.routes]
    theirs = [(file, rule) for file in common for rule in file.routes]
    early = [(topic, rule) for topic, rule in theirs if rule.first]
    late = [(topic, rule) for topic, rule in theirs if not rule.first]
    found: dict[Way, Route] = {}
    for route in _fitting([*early, *ours, *late], story):
        found.setdefault(route.way, route)
    return list(found.values())


def _fitting(rules: Sequence[tuple[LegalTopic, RouteRule]], story: Story) -> Iterator[Route]:
    told: dict[str, dict[str, str]] = {}
    for topic, rule in rules:
        if topic.id not in told:
            told[topic.id] = told_facts(topic, story)
        if applies(rule.condition, story, told[topic.id]):
            general = not topic.signs and rule.condition.when is None
            yield Route(rule.way, rule.why, rule.cite, rule.keeps, topic.id, general)
