"""What every action works with: casework, opened once per process, and the guidance."""

from __future__ import annotations

import threading
from typing import Any, Protocol

import structlog

from casework import settings
from casework.bootstrap import Container, build

log = structlog.get_logger(__name__)


class Guidance(Protocol):
    """The part of ``knowledge_base.service.Guidance`` that actions use."""

    def ask(self, question: str, jurisdiction: str = ...) -> Any: ...
    def entry(self, entry_id: str) -> Any: ...


class Parts:
    """Casework and the guidance. The index is opened when the first question comes, so that it is
    loaded after the process has been forked and its absence stops nothing but answers.
    """

    def __init__(self, casework: Container, guidance: Guidance | None = None) -> None:
        self.casework = casework
        self._guidance = guidance
        self._guard = threading.Lock()

    def guidance(self) -> Guidance | None:
        """The reviewed guidance, or None when its index cannot be opened now."""
        with self._guard:
            if self._guidance is None:
                self._guidance = _open_guidance(self.casework)
            return self._guidance


_parts: Parts | None = None
_parts_guard = threading.Lock()


def parts() -> Parts:
    """The parts of this process, built when first needed. Raises what ``build`` raises."""
    global _parts  # noqa: PLW0603 - one per process, as the library's actions are
    with _parts_guard:
        if _parts is None:
            _parts = Parts(build(settings.load()))
        return _parts


def use(made: Parts | None) -> None:
    """Use these parts from now on (tests), or None to build them anew."""
    global _parts  # noqa: PLW0603
    with _parts_guard:
        _parts = made


def _open_guidance(casework: Container) -> Guidance | None:
    from knowledge_base.service import Guidance as Service

    try:
        opened: Guidance = Service.open(casework.settings.index_dir)
    except Exception as error:  # "unavailable" is an answer; the next question tries again
        log.error("guidance cannot be opened", error=type(error).__name__)
        return None
    return opened
