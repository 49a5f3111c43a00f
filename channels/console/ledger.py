"""The ledger: matters by kind and status, with personal data masked."""

from __future__ import annotations

from typing import Any

from flask import g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from casework.domain.matter import MatterKind, MatterStatus
from casework.domain.rights import MATTERS, UNSEALS
from channels.console import summary
from channels.parts import container

PAGE_SIZE = 30


def ledger() -> str:
    kind = _member(MatterKind, request.args.get("kind"))
    status = _member(MatterStatus, request.args.get("status"))
    page = request.args.get("page", "1")
    found = container().matters.ledger(
        g.staff, kind, status, int(page) if page.isascii() and page.isdigit() else 1, PAGE_SIZE
    )
    rows = [
        {
            "matter": matter,
            "name": summary.masked_name(matter),
            "title": summary.masked_title(matter),
        }
        for matter in found.matters
    ]
    return render_template(
        "console/ledger.html",
        rows=rows,
        found=found,
        kind=kind,
        status=status,
        kinds=[k for k in MatterKind if k in MATTERS[g.staff.role]],
        statuses=list(MatterStatus),
        unseals=g.staff.role in UNSEALS,
        names=names(),
    )


def find() -> Response:
    """The search box: straight to the number."""
    number = request.args.get("number", "").strip().upper()[:64]
    if not number:
        return redirect(url_for("console.ledger"))
    return redirect(url_for("console.matter", number=number))


def names() -> dict[str, dict[str, str]]:
    """What kinds and statuses are called."""
    texts = container().texts
    return {
        "kind": {kind: texts.say(f"progress.kind.{kind}") for kind in MatterKind},
        "status": {status: texts.say(f"progress.status.{status}") for status in MatterStatus},
    }


def _member(kind: Any, value: str | None) -> Any:
    """The member with this value; None for an empty or unknown one, which filters nothing."""
    try:
        return kind(value) if value else None
    except ValueError:
        return None
