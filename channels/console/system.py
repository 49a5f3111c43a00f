"""What an operator looks at: are the parts well, what could not be delivered."""

from __future__ import annotations

from flask import g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from casework.domain.rights import MATTERS
from channels.parts import container, streams


def system() -> str:
    with container().store.reading() as work:
        waiting = len(work.conversations.waiting())
        staff = work.staff.all()
        letters = container().delivery.dead_letters(g.staff)
        may_open = bool(MATTERS[g.staff.role])
        numbers = {
            item.id: work.matters.get(item.matter_id).number
            for item in letters
            if item.matter_id and may_open
        }
    return render_template(
        "console/system.html",
        dialogue=container().dialogue.healthy(),
        counts=container().delivery.counts(),
        waiting=waiting,
        streams=streams(),
        letters=letters,
        numbers=numbers,
        staff=staff,
        settings=container().settings,
        roles={one.role: container().texts.say(f"staff.role.{one.role}") for one in staff},
    )


def revive(item_id: str) -> Response:
    """Try a dead letter again, then back to where the button was."""
    container().delivery.revive(g.staff, item_id)
    number = request.form.get("number", "")
    if number and number.replace("-", "").isalnum():
        return redirect(url_for("console.matter", number=number), 303)
    return redirect(url_for("console.system"), 303)
