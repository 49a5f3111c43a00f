"""A small real HTTP server that answers as a test tells it to."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """Clients that went away are what the tests are about."""


class FakeWeb:
    """A small HTTP server. ``answer`` is what it does with the next requests."""

    def __init__(self) -> None:
        self.answer: Callable[[BaseHTTPRequestHandler], None] = lambda handler: None
        self.seen: list[tuple[str, dict[str, str], bytes]] = []
        web = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                web.seen.append((self.path, dict(self.headers), body))
                web.answer(self)

            do_GET = do_POST

            def log_message(self, *_: object) -> None:
                pass

        self._server = _Server(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def says(self, value: object, status: int = 200, **headers: str) -> None:
        """Answer with JSON, or with bytes as they are; ``Retry_After="5"`` is a header."""
        body = value if isinstance(value, bytes) else json.dumps(value).encode()

        def answer(handler: BaseHTTPRequestHandler) -> None:
            handler.send_response(status)
            handler.send_header("Content-Length", str(len(body)))
            for name, words in headers.items():
                handler.send_header(name.replace("_", "-"), words)
            handler.send_header("Location", "http://127.0.0.1:1/elsewhere")
            handler.end_headers()
            handler.wfile.write(body)

        self.answer = answer
