"""Where a matter stands, as JSON and for the page: status and public notes, nothing of the summary."""

from __future__ import annotations

from typing import Any

from casework.progress import ProgressReport
from channels.filters import day


def as_json(found: ProgressReport) -> dict[str, Any]:
    return {
        "number": found.number,
        "kind": found.kind.value,
        "kind_name": found.kind_name,
        "status": found.status.value,
        "status_name": found.status_name,
        "submitted_on": day(found.submitted_at),
        "events": [{"day": day(line.at), "text": line.text} for line in found.lines],
        "next": found.next_step,
    }
