"""What does not fit together in a story: days out of order, sums that do not add up, two versions
of one thing, a clock that is nearly over. Each becomes a question, never a reproach."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from casework.domain.calculators import deadlines
from casework.domain.extraction.entity import AMOUNT, DATE, DURATION, Entity
from casework.domain.topics.legal_topic import LegalTopic
from casework.domain.topics.story import Story
from casework.domain.triage.clocks import Running

_ALL = re.compile(r"(?P<all>一共|总共|共计|合计|总计|加起来)[^,。;!?\d]{0,8}$")
_VERB = re.compile(r"(欠|借|骗|赔|付|交|投|转|花|少发|没发|没给)")
_OWED = re.compile(r"欠|没发|没给|未发|拖|少发")
_MONTHS = re.compile(r"P(\d{1,2})M")
_DONE = re.compile(r"了|过|已经|至今")
_PLAN = re.compile(
    r"到期|截止|之前|以前|前(?:还|付|给|交)|约定|说好|答应|打算|准备|现在|明年|下个?月|将|要在|预产"
)
# Sums that differ by less are the same sum told roughly.
_SAME = 0.05


@dataclass(frozen=True)
class Gap:
    """Something to be asked about; ``kind`` is a key of ``casework/intakes/gaps.yml``."""

    kind: str
    text: str
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Said:
    said: str
    start: int
    day: date


class Gaps:
    """Looks for what does not fit. ``loaded`` is the content of ``gaps.yml``."""

    def __init__(self, loaded: Mapping[str, Any]) -> None:
        self._words = loaded
        self._pairs = [
            (re.compile(pair["one"]), re.compile(pair["other"]))
            for pair in loaded["versions_pairs"]
        ]

    def find(
        self,
        files: Sequence[LegalTopic],
        story: Story,
        entities: Sequence[Entity],
        running: Sequence[Running],
        today: date,
    ) -> list[Gap]:
        """The gaps of a story, the most important first."""
        found = [*self._near(running, today)]
        for file in files:
            found += self._orders(file, story, entities)
        found += self._versions(story)
        found += self._sums(story, entities)
        found += self._future(story, entities, today)
        return found

    def _near(self, running: Sequence[Running], today: date) -> Iterator[Gap]:
        for clock in running:
            if clock.deadline is None or clock.start is None or clock.rule.of != "citizen":
                continue
            if clock.nearness(today) not in ("passed", "week", "month"):
                continue
            key = "near" if clock.rule.restarts else "near_plain"
            sentence = deadlines.sentence(clock.deadline, today)
            yield self._gap(
                key,
                clock.start.sources,
                said=clock.start.said,
                clock=sentence,
                restarts=clock.rule.restarts.split(",要留下")[0].split("，要留下")[0],
            )

    def _orders(self, file: LegalTopic, story: Story, entities: Sequence[Entity]) -> Iterator[Gap]:
        for first_id, second_id in file.orders:
            first = self._day(file, first_id, story, entities)
            second = self._day(file, second_id, story, entities)
            if first and second and first.said != second.said and first.day > second.day:
                sources = (*story.sources(first.start), *story.sources(second.start))
                yield self._gap("order", sources, first=first.said, second=second.said)

    def _day(
        self, file: LegalTopic, fact_id: str, story: Story, entities: Sequence[Entity]
    ) -> _Said | None:
        wanted = file.wanted(fact_id)
        if wanted is None or wanted.told is None:
            return None
        for found in story.each(wanted.told):
            entity = story.day_of(found, entities)
            # A day that is only roughly known contradicts nothing.
            if entity and re.fullmatch(r"\d{4}-\d{2}-\d{2}", str(entity.value)):
                said = story.clause(min(entity.start, found.start), max(entity.end, found.end))
                return _Said(said, entity.start, date.fromisoformat(entity.value))
        return None

    def _versions(self, story: Story) -> Iterator[Gap]:
        for one, other in self._pairs:
            second = story.first(other)
            # 没有借条 holds 有借条: what stands inside the other does not count.
            first = next(
                (
                    found
                    for found in story.each(one)
                    if second
                    and (found.end <= second.start or found.start >= second.end)
                    and not re.search("没有?$|未$|不$", story.folded[: found.start][-2:])
                ),
                None,
            )
            if first and second and first.said != second.said:
                sources = (*story.sources(first.start), *story.sources(second.start))
                yield self._gap("versions", sources, first=first.said, second=second.said)

    def _sums(self, story: Story, entities: Sequence[Entity]) -> Iterator[Gap]:
        totals = list(_totals(story, entities))
        months = [e for e in entities if e.kind == DURATION and _is_owed(story, e)]
        monthly = [e for e in entities if e.kind == AMOUNT and e.detail == "month"]
        if len(totals) == 1 and len(months) == 1 and len(monthly) == 1:
            yield from self._product(story, monthly[0], months[0], totals[0][1])
        for verb, first in totals:
            for other, second in totals:
                if first.start < second.start and verb == other and _differ(first, second):
                    yield self._two(story, first, second)
                    return

    def _product(
        self, story: Story, monthly: Entity, months: Entity, total: Entity
    ) -> Iterator[Gap]:
        count = _MONTHS.fullmatch(str(months.value))
        if count is None:
            return
        product = float(monthly.value) * int(count[1])
        if abs(product - float(total.value)) > _SAME * max(product, float(total.value)):
            yield self._gap(
                "product",
                story.sources(total.start),
                said=story.clause(total.start, total.end),
                month=f"{monthly.value:g}",
                months=count[1],
                product=f"{product:.0f}",
                total=f"{float(total.value):.0f}",
            )

    def _two(self, story: Story, first: Entity, second: Entity) -> Gap:
        return self._gap(
            "totals",
            (*story.sources(first.start), *story.sources(second.start)),
            first=story.clause(first.start, first.end),
            second=story.clause(second.start, second.end),
        )

    def _future(self, story: Story, entities: Sequence[Entity], today: date) -> Iterator[Gap]:
        for entity in entities:
            if entity.kind != DATE or not re.fullmatch(r"\d{4}-\d{2}(-\d{2})?", str(entity.value)):
                continue
            if deadlines.earliest(entity.value) <= today:
                continue
            around = story.folded[max(0, entity.start - 12) : entity.end + 16]
            if _DONE.search(around) and not _PLAN.search(around):
                said = story.clause(entity.start, entity.end)
                yield self._gap("future", story.sources(entity.start), said=said)
                return

    def _gap(self, kind: str, sources: Sequence[str], **values: str) -> Gap:
        return Gap(kind, self._words[kind].format(**values), tuple(dict.fromkeys(sources)))


def _totals(story: Story, entities: Sequence[Entity]) -> Iterator[tuple[str, Entity]]:
    """Sums said to be the whole, with the verb that says of what: 一共欠 is not 一共还."""
    for entity in entities:
        if entity.kind != AMOUNT or entity.detail in ("month", "day", "year"):
            continue
        before = story.folded[max(0, entity.start - 16) : entity.start]
        whole = _ALL.search(before)
        if whole:
            verb = _VERB.search(whole.group()) or _VERB.search(before[: whole.start()][-3:])
            yield (verb.group() if verb else ""), entity


def _is_owed(story: Story, months: Entity) -> bool:
    around = story.folded[max(0, months.start - 8) : months.end + 8]
    return bool(_OWED.search(around))


def _differ(first: Entity, second: Entity) -> bool:
    one, other = float(first.value), float(second.value)
    return abs(one - other) > _SAME * max(one, other)
