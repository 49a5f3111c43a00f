"""What every action works with: casework, opened once per process, and the guidance."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from casework import settings
from casework.bootstrap import Container, build
from casework.safety import hearing_danger

if TYPE_CHECKING:
    from knowledge_base.service import Guidance


class Parts:
    """Casework and the guidance. The index is opened when the first question comes, so that it is
    loaded after the process has been forked and its absence stops nothing but answers.
    """

    def __init__(self, casework: Container, guidance: Guidance | None = None) -> None:
        self.casework = casework
        self._guidance = guidance
        self._guard = threading.Lock()

    def guidance(self) -> Guidance:
        """The reviewed guidance, in its newest build."""
        with self._guard:
            if self._guidance is None:
                from knowledge_base.service import Guidance

                self._guidance = Guidance.open(
                    self.casework.settings.index_dir,
                    danger=hearing_danger(self.casework.risk, self.casework.texts),
                )
            else:
                self._guidance.reload_if_changed()
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
