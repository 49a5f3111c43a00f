"""The outline of a story in words and as part of a summary (``casework/texts/triage.yml``)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from casework.domain.calculators import deadlines
from casework.domain.matter import MatterKind
from casework.domain.outline.outline import Outline
from casework.domain.triage.clocks import Running
from casework.domain.triage.routes import Route
from casework.texts import Texts

# How many other ways and clocks are said in a conversation.
_MOST_ALSO, _MOST_CLOCKS = 3, 2


class OutlineWords:
    """Speaks an outline; ``today`` is the day its clocks are counted against."""

    def __init__(self, texts: Texts, outline: Outline, today: date) -> None:
        self._texts = texts
        self._outline = outline
        self._today = today

    def said(self, kind: MatterKind) -> str:
        """What the citizen reads before confirming: the way, the others, and the clocks."""
        routes = self._outline.routes
        lines = [self._route(routes[0])]
        others = [self._label(route) for route in routes[1 : 1 + _MOST_ALSO]]
        if others:
            lines.append(self._say("also", labels="、".join(others)))
        lines += [self._clock(clock) for clock in self._citizens()[:_MOST_CLOCKS]]
        key = "petition" if kind is MatterKind.PETITION else "consultation"
        return self._say(key, main="\n".join(lines))

    def as_summary(self) -> dict[str, Any]:
        """What goes into the summary beside the facts."""
        outline = self._outline
        return {
            "topics": [{"id": topic.id, "title": topic.title} for topic in outline.topics],
            "timeline": [
                {"day": event.day, "text": event.said, "sources": list(event.sources)}
                for event in outline.events
            ],
            "route": self.route(),
            "told": [
                {
                    "id": told.id,
                    "label": told.label,
                    "text": told.said,
                    "sources": list(told.sources),
                }
                for told in outline.told
            ],
            "safety": [
                {"level": sign.level.value, "text": self._texts.fill(sign.say)}
                for sign in outline.safety
            ],
            "evidence": {"held": list(outline.held), "missing": list(outline.missing)},
            "contradictions": [
                {"kind": gap.kind, "text": gap.text, "sources": list(gap.sources)}
                for gap in outline.gaps
            ],
            "open_questions": [
                {
                    "id": question.id,
                    "label": question.wanted.label,
                    "text": question.text,
                    "why": question.wanted.why,
                    "priority": question.wanted.priority.value,
                }
                for question in outline.questions
            ],
        }

    def route(self) -> dict[str, Any]:
        """The ways and the clocks; nothing in it refuses a petition."""
        routes = [self._route_as_json(route) for route in self._outline.routes]
        return {
            "main": routes[0],
            "others": routes[1:],
            "clocks": [self._clock_as_json(clock) for clock in self._running()],
            "petition": self._say("still"),
        }

    def lines(self, outlined: Mapping[str, Any]) -> list[str]:
        """Lines for the readable summary of staff."""
        lines = [self._say("summary.safety", text=sign["text"]) for sign in outlined["safety"]]
        titles = [topic["title"] for topic in outlined["topics"]]
        if titles:
            lines.append(self._say("summary.topic", titles="、".join(titles)))
        text = self._route(self._outline.routes[0])
        lines.append(self._say("summary.route", text=text))
        lines += [self._say("summary.clock", text=self._clock(c)) for c in self._running()]
        if self._outline.missing:
            labels = "、".join(self._outline.missing)
            lines.append(self._say("summary.missing", labels=labels))
        asked = [gap.text for gap in self._outline.gaps]
        asked += [question.text for question in self._outline.questions]
        if asked:
            lines.append(self._say("summary.open"))
            lines += [self._say("summary.item", text=text) for text in asked]
        return lines

    def _citizens(self) -> list[Running]:
        """The clocks that the citizen must not miss."""
        return [clock for clock in self._outline.clocks if clock.rule.of == "citizen"]

    def _running(self) -> list[Running]:
        """Those, and the ones an authority must keep, where their end is known."""
        return [c for c in self._outline.clocks if c.rule.of == "citizen" or c.deadline is not None]

    def _route(self, route: Route) -> str:
        said = self._say(
            "one", label=self._label(route), why=self._plain(route.why), cite=route.cite
        )
        return said + self._texts.fill(route.keeps)

    def _plain(self, why: str) -> str:
        return self._texts.fill(why).rstrip("。")

    def _label(self, route: Route) -> str:
        return self._say(f"ways.{route.way}")

    def _clock(self, clock: Running) -> str:
        if not clock.rule.starts:  # no term runs: 不受诉讼时效限制的请求
            said = {"name": clock.rule.name, "about": clock.rule.about, "note": clock.note}
            return self._say("clock_never", **said)
        if clock.deadline is None or clock.start is None:
            return self._say(
                "clock_open", name=clock.rule.name, starts=clock.rule.starts, note=clock.note
            )
        sentence = deadlines.sentence(clock.deadline, self._today)
        return self._say("clock_from", said=clock.start.said, sentence=sentence, note=clock.note)

    def _route_as_json(self, route: Route) -> dict[str, Any]:
        return {
            "way": route.way.value,
            "label": self._label(route),
            "why": self._texts.fill(route.why),
            "cite": route.cite,
            "keeps": self._texts.fill(route.keeps),
        }

    def _clock_as_json(self, clock: Running) -> dict[str, Any]:
        last = clock.deadline.last_day if clock.deadline else None
        return {
            "rule": clock.rule.id,
            "name": clock.rule.name,
            "text": self._clock(clock),
            "from": clock.start.value if clock.start else None,
            "last_day": last.isoformat() if last else None,
            "nearness": clock.nearness(self._today),
            "cites": [f"{c.law} {c.article}" for c in clock.rule.citations],
            "sources": list(clock.start.sources) if clock.start else [],
        }

    def _say(self, key: str, **values: object) -> str:
        return self._texts.say(f"triage.{key}", **values)
