"""Where an intake stands after a message."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from casework.domain.draft import Stage
from casework.domain.matter import MatterKind
from casework.domain.messages import Button, Reply


@dataclass(frozen=True)
class Step:
    """Where an intake stands after a message.

    ``ack`` is what the message is answered with, ``question`` what is asked next. ``active`` is
    false when nothing is being asked: confirmed, cancelled, or no draft at all.
    """

    ack: list[Reply] = field(default_factory=list)
    question: Reply | None = None
    stage: Stage = Stage.CANCELLED
    active: bool = False
    kind: MatterKind | None = None

    @property
    def replies(self) -> list[Reply]:
        return self.ack + ([self.question] if self.question else [])

    def stored(self) -> dict[str, Any]:
        """What is written down under the message, so that it is answered alike a second time."""
        return {
            "ack": [[r.text, [[b.label, b.payload] for b in r.buttons]] for r in self.ack],
            "stage": self.stage.value,
            "active": self.active,
            "kind": self.kind.value if self.kind else None,
        }

    @classmethod
    def restored(cls, stored: Mapping[str, Any], question: Reply | None) -> Step:
        """The step of a message that acted before; ``question`` is what is asked now."""
        return cls(
            ack=[
                Reply(text, tuple(Button(label, payload) for label, payload in buttons))
                for text, buttons in stored["ack"]
            ],
            question=question if stored["active"] else None,
            stage=Stage(stored["stage"]),
            active=bool(stored["active"]),
            kind=MatterKind(stored["kind"]) if stored["kind"] else None,
        )
