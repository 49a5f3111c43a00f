"""One matter: its summary, the verbatim words, its history, its deliveries; moving it on."""

from __future__ import annotations

from flask import g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from casework.domain.errors import SealedMatter
from casework.domain.matter import NEXT, MatterStatus
from casework.domain.rights import RUNS
from casework.matters import OpenedMatter
from channels.console import history, summary
from channels.console.ledger import names
from channels.failures import BadForm
from channels.parts import container


def matter(number: str) -> str:
    """Open a matter; who opened it is written down. A sealed one asks for the reason first."""
    try:
        opened = container().matters.open(g.staff, number)
    except SealedMatter:
        return render_template("console/sealed.html", number=number)
    return _page(opened)


def unseal(number: str) -> str:
    """Open a sealed matter (信访工作条例 30) for a reason, which is written down."""
    return _page(
        container().matters.open_sealed(g.staff, number, request.form.get("reason", ""))
    )  # fmt: skip


def status(number: str) -> Response:
    try:
        wanted = MatterStatus(request.form.get("status", ""))
    except ValueError:
        raise BadForm("bad_request") from None
    container().matters.change_status(
        g.staff,
        number,
        wanted,
        note=request.form.get("note", ""),
        public=request.form.get("public") == "yes",
    )
    return redirect(url_for("console.matter", number=number), 303)


def note(number: str) -> Response:
    container().matters.add_note(
        g.staff, number, request.form.get("note", ""), public=request.form.get("public") == "yes"
    )
    return redirect(url_for("console.matter", number=number), 303)


def copied(number: str) -> tuple[str, int]:
    """Somebody has copied a machine's wording; it is written down."""
    container().wording.copied(g.staff, number)
    return "", 204


def discard(number: str) -> Response:
    """Throw a machine's wording away."""
    container().wording.discard(g.staff, number)
    return redirect(url_for("console.matter", number=number), 303)


def _page(opened: OpenedMatter) -> str:
    matter_ = opened.matter
    happened, views = history.of(opened.events)
    return render_template(
        "console/matter.html",
        matter=matter_,
        fields=summary.of_matter(matter_),
        proposal=opened.proposal,
        words=opened.words,
        times={line.message_id: line.at for line in opened.words if line.message_id},
        events=happened,
        views=views,
        deliveries=opened.deliveries,
        may_revive=g.staff.role in RUNS,
        next_statuses=NEXT[matter_.status],
        names=names(),
    )
