"""What the platform keeps: followers, what they see, tokens, and how many pushes are left."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

# 客服消息下发规则: what a follower does allows this many pushes for this many seconds.
MESSAGE_ALLOWANCE = (5, 48 * 3600)
EVENT_ALLOWANCE = (3, 60)
_KEPT = 500


@dataclass
class Allowance:
    """Pushes that one thing the follower did still allows."""

    left: int
    until: float


@dataclass
class Line:
    """One thing on the phone's screen."""

    seq: int
    author: str  # "me", "account" or "system"
    kind: str  # "text", "image", "voice" …; for system: a key of words.yml
    text: str
    how: str = ""  # "passive" or "push"
    at: float = 0.0

    def as_json(self) -> dict[str, Any]:
        return dict(vars(self))


@dataclass
class Follower:
    """One citizen with the account on their phone."""

    openid: str
    following: bool = False
    lines: list[Line] = field(default_factory=list)
    calls: list[dict[str, Any]] = field(default_factory=list)  # for the drawer: what went where
    typing: int = 0  # deliveries under way
    by_message: Allowance = field(default_factory=lambda: Allowance(0, 0))
    by_event: Allowance = field(default_factory=lambda: Allowance(0, 0))


class Accounts:
    """State of the practice platform, in memory. Safe to use from several threads."""

    def __init__(self, now: Callable[[], float], token_seconds: int) -> None:
        self._now = now
        self._token_seconds = token_seconds
        self._followers: dict[str, Follower] = {}
        self._tokens: dict[str, float] = {}  # token -> when it stops being good
        self._current = ("", 0.0)
        self._message_id = secrets.randbelow(10**15) + 10**15
        self.changed = threading.Condition(threading.RLock())
        self.token_calls = 0
        self.send_calls = 0
        self.refuse_tokens = False  # a switch: answer every call with 40001

    # ── followers ────────────────────────────────────────────────────────────────────────────

    def new_follower(self) -> Follower:
        follower = Follower("o" + secrets.token_urlsafe(20)[:27])
        with self.changed:
            self._followers[follower.openid] = follower
        return follower

    def follower(self, openid: str) -> Follower | None:
        return self._followers.get(openid)

    def next_message_id(self) -> int:
        with self.changed:
            self._message_id += 1
            return self._message_id

    def show(self, follower: Follower, author: str, kind: str, text: str, how: str = "") -> None:
        """Put a line on the phone's screen."""
        with self.changed:
            seq = follower.lines[-1].seq + 1 if follower.lines else 1
            follower.lines.append(Line(seq, author, kind, text, how, self._now()))
            del follower.lines[:-_KEPT]
            self.changed.notify_all()

    def note_call(self, follower: Follower, **what: Any) -> None:
        """Put a line into the developer's drawer."""
        with self.changed:
            seq = follower.calls[-1]["seq"] + 1 if follower.calls else 1
            follower.calls.append({"seq": seq, "at": self._now(), **what})
            del follower.calls[:-_KEPT]
            self.changed.notify_all()

    def typing(self, follower: Follower, by: int) -> None:
        with self.changed:
            follower.typing = max(0, follower.typing + by)
            self.changed.notify_all()

    # ── pushes ───────────────────────────────────────────────────────────────────────────────

    def allow(self, follower: Follower, event: bool) -> None:
        """The follower wrote, or (``event``) followed, scanned or clicked a menu."""
        count, seconds = EVENT_ALLOWANCE if event else MESSAGE_ALLOWANCE
        granted = Allowance(count, self._now() + seconds)
        with self.changed:
            if event:
                follower.by_event = granted
            else:
                follower.by_message = granted
            self.changed.notify_all()

    def pushes_left(self, follower: Follower) -> int:
        live = [a for a in (follower.by_event, follower.by_message) if a.until > self._now()]
        return sum(a.left for a in live)

    def use_push(self, follower: Follower) -> int:
        """0 if a push may go out (it is counted), else the platform's error code."""
        with self.changed:
            live = [a for a in (follower.by_event, follower.by_message) if a.until > self._now()]
            if not live:
                return 45015
            for allowance in live:
                if allowance.left:
                    allowance.left -= 1
                    return 0
            return 45047

    # ── tokens ───────────────────────────────────────────────────────────────────────────────

    def stable_token(self, force: bool) -> tuple[str, int]:
        """The token and the seconds it has left. A forced one ends all before it."""
        with self.changed:
            self.token_calls += 1
            token, until = self._current
            left = until - self._now()
            if force:
                self._tokens.clear()
            if force or left <= 300:
                # Near its end a token is replaced, and stays good for what it had left.
                token, until = secrets.token_urlsafe(48), self._now() + self._token_seconds
                self._current = (token, until)
                self._tokens[token] = until
            return token, int(until - self._now())

    def expire_tokens(self) -> None:
        """End every token now, as if the account's secret had been used elsewhere."""
        with self.changed:
            self._tokens.clear()
            self._current = ("", 0.0)

    def check_token(self, token: str) -> int:
        """0, or the platform's error code for this token."""
        if self.refuse_tokens or token not in self._tokens:
            return 40001
        return 0 if self._tokens[token] > self._now() else 42001
