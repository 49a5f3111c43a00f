"""Names and roles of staff, for lines that carry only an id."""

from __future__ import annotations

from collections.abc import Iterable

from casework.domain.people import Staff
from channels.parts import container


def title(staff: Staff | None) -> str:
    """What the public calls this member of staff: only a lawyer is called one."""
    return container().texts.say(f"staff.role.{staff.role}") if staff else ""


def staff_by_id(ids: Iterable[str | None]) -> dict[str, Staff]:
    """The accounts with these ids, as far as there are any."""
    wanted = {staff_id for staff_id in ids if staff_id}
    if not wanted:
        return {}
    with container().store.reading() as work:
        found = {staff_id: work.staff.get(staff_id) for staff_id in wanted}
    return {staff_id: staff for staff_id, staff in found.items() if staff}
