"""What is asked next, and how far the intake has come."""

from __future__ import annotations

from casework.domain.draft import Draft, Stage
from casework.domain.intake import ledger
from casework.domain.intake.topic import FactSpec, Topic

# The draft's note ``editing`` holds the fact being changed, or this while one is being chosen.
CHOOSING = "choosing"


class Agenda:
    """The order of a topic's questions for a given draft."""

    def __init__(self, topic: Topic) -> None:
        self._topic = topic

    def missing(self, draft: Draft) -> list[FactSpec]:
        """The facts to be asked for still, in order. What there is no room for is left out: the
        review names it, and there it can be told all the same."""
        return self._sorted_out(draft)[0]

    def left_out(self, draft: Draft) -> list[FactSpec]:
        """Facts of the form that nobody told and nobody is asked for, so that questions stay few.

        A question of the matter's topic is no such fact: the summary has it among the open ones.
        """
        return [spec for spec in self._sorted_out(draft)[1] if "." not in spec.id]

    def settle(self, draft: Draft) -> None:
        """Decide what is asked next, or that everything stands for review."""
        if draft.stage not in (Stage.COLLECTING, Stage.REVIEW):
            return
        editing = draft.notes.get("editing")
        missing = self.missing(draft)
        if editing and editing != CHOOSING:
            draft.stage, draft.asking = Stage.COLLECTING, editing
        elif editing or not missing:
            draft.stage, draft.asking = Stage.REVIEW, None
        else:
            draft.stage, draft.asking = Stage.COLLECTING, missing[0].id
            if draft.asking not in draft.asked:
                draft.asked.append(draft.asking)

    def asked_along(self, draft: Draft, spec: FactSpec) -> FactSpec | None:
        """The fact that the first question for ``spec`` asks for too, while both are missing."""
        other = self._topic.spec(spec.also)
        if other is None or ledger.count(draft, spec.id) or draft.notes.get("editing"):
            return None
        if other.kind == "place" and other.id in draft.notes.get("before", {}):
            return None  # it has an answer of its own to tap
        both = self._is_missing(draft, spec) and self._is_missing(draft, other)
        return other if both else None

    def step(self, draft: Draft) -> tuple[int, int]:
        """Which step this is, and of about how many; the review is the last."""
        asked = len([fact_id for fact_id in draft.asked if fact_id != draft.asking])
        return asked + 1, asked + self.to_come(draft) + 1

    def to_come(self, draft: Draft) -> int:
        """How many questions are to come still; two facts asked for at once are one."""
        missing = self.missing(draft)
        return len(missing) - sum(1 for spec in missing if self.asked_along(draft, spec))

    def questions(self, draft: Draft) -> int:
        """How many questions there are in all: those that were put, and those to come."""
        wanted = [spec for spec in self._topic.facts if self._is_missing(draft, spec)]
        return self._put(draft, wanted) + self.to_come(draft)

    def numbered(self, draft: Draft) -> list[FactSpec]:
        """The facts as the review numbers them."""
        return [spec for spec in self._topic.facts if ledger.shown(draft, self._topic, spec)]

    def _sorted_out(self, draft: Draft) -> tuple[list[FactSpec], list[FactSpec]]:
        wanted = [spec for spec in self._topic.facts if self._is_missing(draft, spec)]
        along = {spec.also for spec in wanted if self.asked_along(draft, spec)}
        # What was asked already and is open again (上一步) is asked again; what goes along with
        # another question takes up no room.
        # What was told for an earlier matter is one tap, and would have gone along but for that.
        sure = [
            spec
            for spec in wanted
            if not spec.within
            or spec.id in along
            or spec.id in draft.asked
            or spec.id in draft.notes.get("before", {})
        ]
        questions = self._put(draft, wanted) + len([spec for spec in sure if spec.id not in along])
        kept = {spec.id for spec in sure}
        for spec in sorted(wanted, key=lambda spec: -spec.within):
            if spec.id not in kept and questions < spec.within:
                kept.add(spec.id)
                questions += 1
        missing = [spec for spec in wanted if spec.id in kept]
        return missing, [spec for spec in wanted if spec.id not in kept]

    def _put(self, draft: Draft, wanted: list[FactSpec]) -> int:
        """How many questions were put beside those that stay open, each time that one was put."""
        still = {spec.id for spec in wanted}
        again = sum(int(n) for n in draft.notes.get("again", {}).values())
        return len([fact_id for fact_id in draft.asked if fact_id not in still]) + again

    def _is_missing(self, draft: Draft, spec: FactSpec) -> bool:
        if not spec.asked or spec.id in draft.skipped:
            return False
        if draft.notes.get("sealed") and spec.id not in self._topic.sealed_facts:
            return False
        if spec.id in draft.facts:
            thin = spec.id == "narrative" and bool(draft.notes.get("thin"))
            return thin or ledger.is_short(draft, spec.id)
        if spec.only_if:
            told = " ".join(fact.text for fact in draft.facts.values())
            return bool(spec.only_if.search(told))
        return True
