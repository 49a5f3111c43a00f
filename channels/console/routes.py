"""The console's addresses, and what all of its pages share."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, g, request

from casework.domain.people import Role, Staff
from casework.domain.rights import MATTERS, RUNS, TALKS
from channels.access import staff_only
from channels.console import account, desk, ledger, matter, system
from channels.parts import container
from channels.staff_names import title

LEDGER = tuple(role for role, kinds in MATTERS.items() if kinds)


def make_blueprint() -> Blueprint:
    console = Blueprint(
        "console", __name__, url_prefix="/console", template_folder="templates",
        static_folder="static", static_url_path="/static",
    )  # fmt: skip
    console.context_processor(_shared)
    add = console.add_url_rule

    add("/sign-in", view_func=account.sign_in, methods=["GET", "POST"])
    add("/first", view_func=account.first, methods=["GET", "POST"])
    for path, view, methods in (
        ("/", account.entry, ["GET"]),
        ("/password", account.password, ["GET", "POST"]),
        ("/sign-out", account.sign_out, ["POST"]),
    ):
        add(path, view_func=staff_only()(view), methods=methods)

    talks = staff_only(*TALKS)
    one = "/desk/<conversation_id>"
    add("/desk", view_func=talks(desk.desk))
    add("/desk/queue", view_func=talks(desk.queue))
    add(one, view_func=talks(desk.conversation))
    add(f"{one}/take", view_func=talks(desk.take), methods=["POST"])
    add(f"{one}/say", view_func=talks(desk.say), methods=["POST"])
    add(f"{one}/hand-back", view_func=talks(desk.hand_back), methods=["POST"])
    add(f"{one}/close", view_func=talks(desk.close), methods=["POST"])
    add(f"{one}/risk", view_func=talks(desk.confirm_risk), methods=["POST"])
    add(f"{one}/lines", view_func=talks(desk.lines_after))
    add(f"{one}/stream", view_func=talks(desk.stream))

    keeps = staff_only(*LEDGER)
    one = "/matters/<number>"
    add("/ledger", view_func=keeps(ledger.ledger))
    add("/matters", view_func=keeps(ledger.find))
    add(one, view_func=keeps(matter.matter))
    add(f"{one}/unseal", view_func=keeps(matter.unseal), methods=["POST"])
    add(f"{one}/status", view_func=keeps(matter.status), methods=["POST"])
    add(f"{one}/note", view_func=keeps(matter.note), methods=["POST"])
    add(f"{one}/wording/copied", view_func=keeps(matter.copied), methods=["POST"])
    add(f"{one}/wording/discard", view_func=keeps(matter.discard), methods=["POST"])

    runs = staff_only(*RUNS)
    add("/system", view_func=runs(system.system))
    add("/deliveries/<item_id>/revive", view_func=runs(system.revive), methods=["POST"])
    return console


def _shared() -> dict[str, Any]:
    staff: Staff | None = g.get("staff")
    if staff is None:
        return {"me": None, "nav": []}
    waiting = 0
    if staff.role in TALKS:
        with container().store.reading() as work:
            waiting = len(work.conversations.waiting())
    return {"me": staff, "my_title": title(staff), "nav": list(_nav(staff.role, waiting))}


def _nav(role: Role, waiting: int) -> Any:
    path = request.path
    if role in TALKS:
        yield "desk", path.startswith("/console/desk"), waiting
    if MATTERS[role]:
        yield "ledger", path.startswith(("/console/ledger", "/console/matters")), 0
    if role in RUNS:
        yield "system", path.startswith("/console/system"), 0
