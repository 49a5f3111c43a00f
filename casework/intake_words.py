"""What the intake says: the results of its rules in the words of ``casework/texts/intake.yml``."""

from __future__ import annotations

from collections.abc import Sequence

from casework.domain import summary
from casework.domain.draft import Draft, Stage
from casework.domain.intake import ledger
from casework.domain.intake.agenda import CHOOSING, Agenda
from casework.domain.intake.said import Said
from casework.domain.intake.topic import FactSpec, Topic
from casework.domain.messages import Button, Reply
from casework.known_before import offered
from casework.texts import Texts

# What can be done next, by what has been said.
_NEXT = {
    "cancelled.paused": (("keep", "/pause"), ("drop", "/cancel"), ("resume", "/resume")),
    "cancelled.kept": (("resume", "/resume"),),
    "cancelled.early": (("resume", "/resume"),),
    "resume.none": (("retrieve", "/retrieve"), ("menu", "/menu")),
    "taken.ask": (("menu", "/menu"),),
    "taken.gone": (("retrieve", "/retrieve"), ("menu", "/menu")),
    "taken.unknown": (("person", "/person"),),
    "taken.too_many": (("person", "/person"),),
    "taken.confirmed": (("progress", "/progress"),),
    "taken.submitted": (("progress", "/progress"),),
}
# How much of a fact is read back in an acknowledgement, in characters.
_READ_BACK = 40


class IntakeWords:
    """Speaks for one topic."""

    def __init__(self, texts: Texts, topic: Topic, agenda: Agenda) -> None:
        self._texts = texts
        self._topic = topic
        self._agenda = agenda

    def labels(self) -> summary.Labels:
        names = ("suggestion", "accusation", "appeal")
        return summary.Labels(
            unknown=self._say("summary.none"),
            refused=self._say("summary.refused"),
            classes={name: self._say(f"summary.classes.{name}") for name in names},
        )

    def speak(self, said: Sequence[Said], draft: Draft) -> list[Reply]:
        """Acknowledgements, as one bubble."""
        lines = [line for one in said if (line := self._line(one, draft))]
        buttons = [button for one in said for button in next_steps(self._texts, one)]
        return [Reply("\n".join(lines), tuple(buttons))] if lines else []

    def question(self, draft: Draft) -> Reply | None:
        """What is asked now; None when nothing is."""
        if draft.notes.get("paused"):
            return None
        if draft.stage is Stage.CONSENT:
            return self._consent(asked_before=bool(draft.notes.get("consent_asked")))
        if draft.stage is Stage.COLLECTING:
            spec = self._topic.spec(draft.asking)
            return self._ask(draft, spec) if spec else None
        if draft.stage is Stage.REVIEW:
            return self._choose(draft) if draft.notes.get("editing") else self._review(draft)
        return None

    def lines(self, draft: Draft) -> str:
        """The facts, numbered, as the citizen reviews them."""
        fields = summary.build(draft, self._topic, self.labels())["fields"]
        return "\n".join(
            self._say("review.line", number=number, label=field["label"], value=field["text"])
            for number, field in enumerate(fields, start=1)
        )

    # ── questions ────────────────────────────────────────────────────────────────────────────────

    def _consent(self, asked_before: bool) -> Reply:
        text = self._say("consent.ask", short=self._texts.say("consent.short"))
        if asked_before:
            text = self._say("consent.again")
        return Reply(
            text,
            (
                self._button("agree", "/affirm"),
                self._button("disagree", "/deny"),
                self._button("privacy", "/privacy"),
            ),
        )

    def _ask(self, draft: Draft, spec: FactSpec) -> Reply:
        buttons = [Button(choice.label, "/inform") for choice in spec.choices]
        if draft.notes.get("editing"):
            value = ledger.text_of(draft, spec.id)
            key = "edit.ask" if value else "edit.ask_empty"
            buttons.append(self._button("review", "/review"))
            return Reply(self._say(key, label=spec.label, value=value), tuple(buttons))
        step, total = self._agenda.step(draft)
        told = ledger.text_of(draft, spec.id)
        along = self._agenda.asked_along(draft, spec)
        ask = spec.both if along else spec.ask
        if spec.more and told:  # told too little, or in passing
            ask = spec.more.format(text=_short(told))
            buttons.append(self._button("that_is_all", "/skip"))
        elif not spec.required or spec.refusable or ledger.count(draft, spec.id):
            buttons.append(self._button("skip", "/skip"))
        before = offered(draft, spec, along)
        if before:
            label = self._say("button.as_before", value=before)
            buttons.insert(0, Button(label, "/inform"))
        buttons.append(self._button("why", "/why"))
        if draft.undo:
            buttons.append(self._button("back", "/go_back"))
        buttons.append(self._button("cancel", "/cancel"))
        text = self._say("question", step=step, total=total, ask=ask)
        return Reply(text, tuple(buttons))

    def _review(self, draft: Draft) -> Reply:
        buttons = (
            self._button("submit", "/affirm"),
            self._button("change", "/correct"),
            self._button("cancel", "/cancel"),
        )
        left_out = "、".join(spec.label for spec in self._agenda.left_out(draft))
        more = self._say("review.open", labels=left_out) + "\n" if left_out else ""
        return Reply(self._say("review.text", lines=self.lines(draft), open=more), buttons)

    def _choose(self, draft: Draft) -> Reply:
        lines = [self._say("ack.which"), self.lines(draft)]
        numbered = self._agenda.numbered(draft)
        buttons = [Button(spec.label, "/inform") for spec in numbered]
        buttons.append(self._button("review", "/review"))
        return Reply("\n".join(lines), tuple(buttons))

    # ── acknowledgements ─────────────────────────────────────────────────────────────────────────

    def _line(self, said: Said, draft: Draft) -> str:
        if not said.key:
            return said.text
        if said.key == "ack.noted":
            facts = "；".join(self._read_back(draft, fact_id) for fact_id in said.values["ids"])
            return self._say("ack.noted", facts=facts)
        if said.key == "review":
            return self.lines(draft)
        return self._say(said.key, **said.values)

    def _read_back(self, draft: Draft, fact_id: str) -> str:
        spec = self._topic.spec(fact_id)
        text = _short(ledger.text_of(draft, fact_id))
        return self._say("ack.one", label=spec.label if spec else fact_id, value=text)

    def _button(self, name: str, payload: str) -> Button:
        return Button(self._say(f"button.{name}"), payload)

    def _say(self, key: str, **values: object) -> str:
        return self._texts.say(f"intake.{key}", **values)


def next_steps(texts: Texts, said: Said) -> tuple[Button, ...]:
    """The buttons under something said."""
    return tuple(
        Button(texts.say(f"intake.button.{name}"), payload)
        for name, payload in _NEXT.get(said.key, ())
    )


def said_alone(texts: Texts, said: Said) -> Reply:
    """Something said while no draft is open."""
    return Reply(texts.say(f"intake.{said.key}", **said.values), next_steps(texts, said))


def asking_kind(draft: Draft, topic: Topic) -> str | None:
    """What kind of answer the draft waits for, in the words of the wire to the dialogue."""
    if draft.notes.get("paused"):
        return None
    if draft.stage is Stage.CONSENT:
        return "yesno"
    if draft.stage is Stage.REVIEW:
        return "choice" if draft.notes.get("editing") == CHOOSING else None
    spec = topic.spec(draft.asking) if draft.stage is Stage.COLLECTING else None
    return spec.kind if spec else None


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _READ_BACK else line[: _READ_BACK - 1] + "…"
