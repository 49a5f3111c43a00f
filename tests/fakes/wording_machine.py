"""A real small HTTP server that plays a service with OpenAI's chat interface."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from tests.fakes.web import FakeWeb

Author = Callable[[dict[str, Any]], object]


class WordingMachine(FakeWeb):
    """Answers as a test tells it to; ``asked`` are the requests for a wording."""

    @property
    def address(self) -> str:
        return f"{self.url}/v1"

    @property
    def asked(self) -> list[dict[str, Any]]:
        return [json.loads(body) for path, _, body in self.seen if path == "/v1/chat/completions"]

    def content(self, content: object, status: int = 200) -> None:
        """Answer with this content: text as it is, anything else as JSON."""
        text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
        self.says({"choices": [{"message": {"role": "assistant", "content": text}}]}, status)

    def writes(self, *paragraphs: tuple[str, list[str], list[str]]) -> None:
        """Answer with these paragraphs: text, quotes, ids of messages."""
        self.content(
            {
                "paragraphs": [
                    {"text": text, "quotes": quotes, "messages": messages}
                    for text, quotes, messages in paragraphs
                ]
            }
        )
