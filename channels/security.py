"""Headers of every answer: what a page may load, where it may be shown, what is kept.

Nothing is loaded from another host and no script or style stands inside a page, so the content
security policy needs no exception.
"""

from __future__ import annotations

from flask import Flask, Response, request

# What one request may carry, in bytes. A message of 20,000 characters in escaped JSON is 120 kB.
LARGEST_REQUEST = 512 * 1024

FRAMED = {"widget.chat"}  # may stand in a frame of the sites that the settings name
EMBEDDED = {"widget.loader", "widget.style"}  # are loaded by the bureau's own site


def policy(frame_ancestors: str) -> str:
    """The content security policy, with who may show the page in a frame."""
    return (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; "
        f"manifest-src 'self'; frame-ancestors {frame_ancestors}"
    )


def protect(app: Flask, embed_origins: str) -> None:
    """Set the limits and the headers. ``embed_origins``: sites that may frame the chat."""
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_REQUEST
    app.config["MAX_FORM_MEMORY_SIZE"] = LARGEST_REQUEST
    app.config["MAX_FORM_PARTS"] = 60
    chat = policy(f"'self' {embed_origins}".strip())
    closed = policy("'none'")
    same = policy("'self'")

    @app.after_request
    def headers(response: Response) -> Response:
        endpoint = request.endpoint or ""
        staff = endpoint.startswith("console.")
        page = chat if endpoint in FRAMED else closed if staff else same
        response.headers.setdefault("Content-Security-Policy", page)
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "same-origin"
        response.headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()"
        if endpoint in EMBEDDED:
            response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        else:
            response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
        if endpoint not in FRAMED:
            response.headers["X-Frame-Options"] = "DENY" if staff else "SAMEORIGIN"
        if request.is_secure:
            response.headers["Strict-Transport-Security"] = "max-age=31536000"
        if not endpoint.endswith("static") and endpoint not in EMBEDDED:
            # What stands on these pages is somebody's own affair: no cache keeps it.
            response.headers["Cache-Control"] = "no-store"
        return response
