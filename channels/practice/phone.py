"""The phone: the page, what it shows, and what its owner does.

The same addresses serve programs that play a citizen (tests, demonstrations): make a follower,
follow, send with ``"wait": true``, and read the feed.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from flask import Blueprint, abort, jsonify, render_template, request
from werkzeug.wrappers import Response

from channels.practice import payloads
from channels.practice.account import Accounts, Follower
from channels.practice.config import PracticeConfig
from channels.practice.delivery import Delivery, Trouble

_LONGEST_WAIT = 25.0
_LONGEST_TEXT = 20_000


def words() -> dict[str, Any]:
    """What the page says, from ``words.yml``."""
    path = Path(__file__).parent / "words.yml"
    loaded = yaml.safe_load(path.read_text(encoding="utf-8"))
    return dict(loaded)


def make_phone(config: PracticeConfig, accounts: Accounts, delivery: Delivery) -> Blueprint:
    """The page, its feed and what can be done on it."""
    phone = Blueprint("phone", __name__)
    _show(phone, config, accounts, delivery)
    _act(phone, accounts, delivery)
    _switch(phone, config, accounts, delivery)
    return phone


def _show(phone: Blueprint, config: PracticeConfig, accounts: Accounts, delivery: Delivery) -> None:
    said = words()

    @phone.get("/")
    def page() -> str:
        return render_template(
            "phone.html", words=said, config=config, aes_possible=bool(config.aes_key)
        )

    @phone.post("/phone/followers")
    def new_follower() -> Response:
        return jsonify({"openid": accounts.new_follower().openid})

    @phone.get("/phone/<openid>/feed")
    def feed(openid: str) -> Response:
        """Lines and calls after the ones already seen; waits up to ``wait`` seconds for news."""
        follower = _find(accounts, openid)
        after = request.args.get("after", 0, type=int)
        calls = request.args.get("calls", 0, type=int)
        typing = request.args.get("typing", 0, type=int)
        wait = min(request.args.get("wait", 0.0, type=float), _LONGEST_WAIT)

        def news() -> bool:
            newest = follower.lines[-1].seq if follower.lines else 0
            noted = follower.calls[-1]["seq"] if follower.calls else 0
            return newest > after or noted > calls or bool(follower.typing) != bool(typing)

        with accounts.changed:
            accounts.changed.wait_for(news, timeout=wait)
            return jsonify(
                {
                    "lines": [line.as_json() for line in follower.lines if line.seq > after],
                    "calls": [call for call in follower.calls if call["seq"] > calls],
                    "typing": bool(follower.typing),
                    "following": follower.following,
                    "pushes_left": accounts.pushes_left(follower),
                    "mode": delivery.mode,
                }
            )

    @phone.get("/health")
    def health() -> Response:
        return jsonify({"status": "ok"})


def _act(phone: Blueprint, accounts: Accounts, delivery: Delivery) -> None:
    def deliver(follower: Follower, what: Mapping[str, Any], asked: Mapping[str, Any]) -> Response:
        trouble = Trouble(
            copies=max(1, min(asked.get("copies", 1), 5)),
            lose_answers=min(asked.get("lose_answers", 0), 3),
            same_signature=bool(asked.get("same_signature")),
        )
        work = threading.Thread(
            target=delivery.deliver, args=(follower, what, trouble), daemon=True
        )
        work.start()
        if asked.get("wait"):
            work.join()
        return jsonify({"ok": True})

    @phone.post("/phone/<openid>/follow")
    def follow(openid: str) -> Response:
        follower, asked = _find(accounts, openid), _asked()
        follower.following = True
        accounts.allow(follower, event=True)
        accounts.show(follower, "system", "followed", "")
        return deliver(follower, payloads.event("subscribe"), asked)

    @phone.post("/phone/<openid>/unfollow")
    def unfollow(openid: str) -> Response:
        follower, asked = _find(accounts, openid), _asked()
        follower.following = False
        accounts.show(follower, "system", "unfollowed", "")
        return deliver(follower, payloads.event("unsubscribe"), asked)

    @phone.post("/phone/<openid>/menu")
    def menu(openid: str) -> Response:
        follower, asked = _find(accounts, openid), _asked()
        if not follower.following:
            abort(400)
        accounts.allow(follower, event=True)
        return deliver(follower, payloads.event("CLICK", str(asked.get("key", ""))), asked)

    @phone.post("/phone/<openid>/send")
    def send(openid: str) -> Response:
        follower, asked = _find(accounts, openid), _asked()
        kind = str(asked.get("kind", "text"))
        text = str(asked.get("text", ""))[:_LONGEST_TEXT]
        if kind not in payloads.KINDS or not follower.following:
            abort(400)
        accounts.allow(follower, event=False)
        accounts.show(follower, "me", kind, text)
        return deliver(follower, payloads.message(kind, text, accounts.next_message_id()), asked)


def _switch(
    phone: Blueprint, config: PracticeConfig, accounts: Accounts, delivery: Delivery
) -> None:
    @phone.post("/phone/mode")
    def mode() -> Response:
        wanted = _asked().get("mode")
        if wanted not in {"plain", "aes"} or (wanted == "aes" and not config.aes_key):
            abort(400)
        delivery.mode = str(wanted)
        return jsonify({"mode": delivery.mode})

    @phone.post("/phone/tokens/expire")
    def expire() -> Response:
        _asked()
        accounts.expire_tokens()
        return jsonify({"ok": True})


def _find(accounts: Accounts, openid: str) -> Follower:
    return accounts.follower(openid) or abort(404)


def _asked() -> dict[str, Any]:
    """The JSON of a request. A page of another site cannot send this content type unasked."""
    asked = request.get_json(silent=True)
    if not isinstance(asked, dict):
        abort(400)
    if not all(isinstance(asked.get(name, 0), int) for name in ("copies", "lose_answers")):
        abort(400)
    return asked
