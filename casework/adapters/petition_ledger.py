"""The built-in ledger: matters stay where they are, and clerks work on them in the console."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from casework.ports import DeliveryResult, Store


class LedgerPetitionSystem:
    """A matter that stands in our own books has arrived; its number is the reference."""

    name = "ledger"

    def __init__(self, store: Store) -> None:
        self._store = store

    def deliver(self, key: str, matter: Mapping[str, Any]) -> DeliveryResult:  # noqa: ARG002
        """Make sure that the matter is there. Delivering it again changes nothing."""
        number = str(matter.get("number", ""))
        try:
            with self._store.reading() as work:
                known = work.matters.by_number(number) is not None
        except Exception as error:  # the port never raises; the next attempt may find it
            return DeliveryResult(False, "unreachable", type(error).__name__)
        if not known:
            return DeliveryResult(False, "422", "no such matter")
        return DeliveryResult(True, "ledger", reference=number)
