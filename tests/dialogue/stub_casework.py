"""An action server that plays casework: two intakes of a few questions, and one word an action.

It speaks the protocol of rasa-sdk over plain HTTP, keeps what it did by message id as casework
does, writes down every call, and can be made to fail in the ways an action server fails.
"""

from __future__ import annotations

import json
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

ANSWERS = {
    "inform",
    "affirm",
    "deny",
    "skip",
    "why",
    "go_back",
    "correct",
    "review",
    "pause",
    "cancel",
}
QUESTIONS = {
    "consultation": (("story", "text"), ("name", "name"), ("phone", "phone"), ("amount", "amount")),
    "petition": (("story", "text"), ("place", "place"), ("before", "yesno"), ("name", "name")),
}


@dataclass
class Draft:
    kind: str
    stage: str = "consent"
    facts: dict[str, str] = field(default_factory=dict)
    steps: dict[str, dict[str, Any]] = field(default_factory=dict)

    def asking(self) -> tuple[str | None, str | None]:
        if self.stage == "consent":
            return None, "yesno"
        if self.stage == "collecting":
            for fact, kind in QUESTIONS[self.kind]:
                if fact not in self.facts:
                    return fact, kind
        return None, None

    def answer(self, message_id: str, intent: str, text: str) -> dict[str, Any]:
        """The step of a message; the same one when the message comes again."""
        if message_id not in self.steps:
            self.steps[message_id] = self._answer(intent, text)
        return self.steps[message_id]

    def _answer(self, intent: str, text: str) -> dict[str, Any]:
        if intent in ("cancel", "pause") or (self.stage == "consent" and intent == "deny"):
            self.stage = "cancelled"
        elif self.stage == "consent" and intent == "affirm":
            self.stage = "collecting"
        elif self.stage == "review" and intent == "affirm":
            self.stage = "confirmed"
        elif self.stage == "review" and intent == "correct":
            self.facts["corrected"] = text
        elif self.stage == "collecting" and intent in ("inform", "skip", "affirm", "deny"):
            fact, _ = self.asking()
            if fact:
                self.facts[fact] = text
            if all(fact in self.facts for fact, _ in QUESTIONS[self.kind]):
                self.stage = "review"
        over = self.stage in ("confirmed", "cancelled")
        return {"ack": f"{intent} noted", "outcome": self.stage if over else None}


class StubCasework:
    """``drafts`` and ``submitted`` by conversation; ``calls`` in order: (conversation, action,
    intent, message id). ``broken``: action name (or ``*``) -> ``500``, ``drop``, ``hang`` or
    ``nonsense``."""

    def __init__(self) -> None:
        self.drafts: dict[str, Draft] = {}
        self.submitted: dict[str, list[dict[str, str]]] = {}
        self.calls: list[tuple[str, str, str, str]] = []
        self.bodies: list[dict[str, Any]] = []
        self.broken: dict[str, str] = {}
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}/webhook"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        self._server.shutdown()

    def mend(self) -> None:
        self.broken.clear()

    def metadata(self, conversation: str) -> dict[str, Any]:
        """What casework would send with a message of this conversation."""
        draft = self.drafts.get(conversation)
        if draft is None or draft.stage not in ("consent", "collecting", "review"):
            return {"asking": None, "asking_kind": None, "stage": None}
        fact, kind = draft.asking()
        return {"asking": fact, "asking_kind": kind, "stage": draft.stage}

    def run(self, body: dict[str, Any]) -> dict[str, Any]:
        sender, action, tracker = body["sender_id"], body["next_action"], body["tracker"]
        message = [e for e in tracker["events"] if e["event"] == "user"][-1]
        message_id, intent = message["metadata"]["message_id"], message["parse_data"]["intent"]
        self.calls.append((sender, action, intent["name"], message_id))
        self.bodies.append(body)
        said, slots = self._act(sender, action, intent["name"], message_id, message["text"])
        if action == "action_choose_entry":
            entities = tracker["latest_message"]["entities"]
            said = [f"entry {e['value']}" for e in entities if e["entity"] == "entry"]
        buttons = [{"title": "同意", "payload": "/affirm"}] if "action_ask" in action else []
        return {
            "events": [
                {"event": "slot", "name": n, "value": v, "timestamp": None}
                for n, v in slots.items()
            ],
            "responses": [{"text": text, "buttons": buttons} for text in said],
        }

    def _act(
        self, sender: str, action: str, intent: str, message_id: str, text: str
    ) -> tuple[list[str], dict[str, Any]]:
        draft = self.drafts.get(sender)
        unset = {"consultation_done": None, "petition_done": None}
        unset |= {"intake_outcome": None, "intake_kind": None}
        is_open = draft is not None and draft.stage in ("consent", "collecting", "review")
        if action.startswith("action_begin_"):
            kind = action[len("action_begin_") :]
            if draft is None or not is_open:
                draft = self.drafts[sender] = Draft(kind)
            draft.kind = kind
            return [f"begin {kind}"], unset
        if action.startswith("validate_") and draft:
            slot = action[len("validate_") :].replace("_form", "_done")
            if intent not in ANSWERS:
                return [], {slot: None}  # more than casework answers, and it must do no harm
            step = draft.answer(message_id, intent, text)
            if step["outcome"]:
                return [], {slot: True, "intake_outcome": step["outcome"]}
            return [step["ack"]], {slot: None}
        if action.startswith("action_ask_") and draft:
            return [f"{draft.stage}: {draft.asking()[0]}?"], {}
        if action.startswith("action_submit_"):
            if draft is None or draft.stage not in ("confirmed", "submitted"):
                return ["nothing to submit"], unset
            if draft.stage == "confirmed":
                self.submitted.setdefault(sender, []).append(dict(draft.facts))
            draft.stage = "submitted"
            return ["submitted"], unset
        if action == "action_cancelled":
            if draft and is_open:
                draft.stage = "cancelled"
            return ["cancelled"], unset
        if action == "action_resume":
            return ["resume"], {"intake_kind": draft.kind if draft and is_open else None}
        return [action], {}

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        stub = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                how = stub.broken.get(body["next_action"]) or stub.broken.get("*")
                if how == "hang":
                    time.sleep(3)  # longer than a turn may take (conftest.py)
                if how in ("drop", "hang"):
                    self.close_connection = True
                    return
                if how in ("500", "nonsense"):
                    answer = b'{"error": "broken"}' if how == "500" else b'{"events": 7}'
                else:
                    answer = json.dumps(stub.run(body)).encode()
                self.send_response(500 if how == "500" else 200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *args: Any) -> None:
                """Silent."""

        return Handler
