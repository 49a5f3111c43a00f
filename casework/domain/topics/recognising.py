"""Which topics a story is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from casework.domain.topics.legal_topic import LegalTopic
from casework.domain.topics.story import Story

# Words that are repeated speak a little louder; beyond so often they say nothing new.
_LOUDER, _OFTEN = 0.25, 5
# A story with so many times the points needed, beyond those, is surely of the topic.
_SURE = 2.0
# Words that fit many topics (公司, 老板) count once, however often they are said.
_TELLING = 3
# A sign at the end of a long story speaks louder: there the question is put.
_ASKED, _LONG, _MOST_END = 1.5, 200, 200
# Another topic counts beside the first where it has this share of its points.
BESIDE, MOST = 0.5, 4
# In a long story it needs this many times the points that it would need alone.
_TWICE = 2


@dataclass(frozen=True)
class Recognised:
    """A topic and how much of the story speaks for it."""

    topic: LegalTopic
    points: float

    @property
    def sureness(self) -> float:
        """From 0 (just enough points) to 1 (so many that there is hardly a doubt)."""
        over = (self.points - self.topic.least) / (_SURE * self.topic.least)
        return max(0.0, min(1.0, over))


def recognise(topics: Sequence[LegalTopic], story: Story, most: int = MOST) -> list[Recognised]:
    """The topics of a story, the surest first; none where nothing is clear."""
    found = [
        Recognised(topic, points)
        for topic in topics
        for points in [_points(topic, story)]
        if points >= topic.least
    ]
    found.sort(key=lambda one: (-one.points, -_strongest(one.topic, story)))
    floor = BESIDE * found[0].points if found else 0.0
    times = _TWICE if len(story.folded) >= _LONG else 1
    beside = [o for o in found[1:] if o.points >= max(floor, times * o.topic.least)]
    return [*found[:1], *beside][:most]


def _strongest(topic: LegalTopic, story: Story) -> int:
    """The weight of the surest sign: of two with the same points the one with a word of its own."""
    return max((sign.weight for sign in topic.signs if story.has(sign.match)), default=0)


def _points(topic: LegalTopic, story: Story) -> float:
    points = 0.0
    for sign in topic.signs:
        places = [match.start() for match in sign.match.finditer(story.folded)]
        if not places or (sign.also and not story.has(sign.also)):
            continue
        if sign.weight < _TELLING:
            points += sign.weight
            continue
        times = min(len(places), _OFTEN)
        asked = _ASKED if places[-1] >= _end_of(story) else 1.0
        points += sign.weight * (1 + _LOUDER * (times - 1)) * asked
    return points


def _end_of(story: Story) -> int:
    """Where the end of a long story begins: there people say what they have come for."""
    length = len(story.folded)
    return length if length < _LONG else length - min(_MOST_END, length // 5)
