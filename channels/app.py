"""The gateway: one Flask application for citizens, staff and the WeChat platform.

``gunicorn 'channels.app:create_app()'`` serves it. Nothing heavy is loaded here: the dialogue runs
in Rasa's process and the guidance in the action server's.
"""

from __future__ import annotations

import hashlib
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flask import Flask, current_app
from werkzeug.middleware.proxy_fix import ProxyFix

from casework import logs
from casework.adapters.bureau_file import standing_values
from casework.texts import Texts
from channels import (
    access,
    api,
    console,
    csrf,
    errors,
    filters,
    laws,
    observe,
    security,
    wechat,
    widget,
)
from channels.stream import Streams

if TYPE_CHECKING:
    from casework.bootstrap import Container
    from casework.settings import Settings

HERE = Path(__file__).parent


def create_app(settings: Settings | None = None, container: Container | None = None) -> Flask:
    """The application over one container, built from ``settings`` or the environment."""
    if container is None:
        from casework.bootstrap import build
        from casework.settings import load

        settings = settings or load()
        logs.configure(settings.log_level, settings.log_format, "gateway")
        container = build(settings)
    settings = container.settings
    app = Flask(__name__, static_folder="static", template_folder="templates")
    app.secret_key = settings.cookie_secret()
    app.config.update(
        SESSION_COOKIE_NAME="suqiu_session",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        PERMANENT_SESSION_LIFETIME=timedelta(hours=settings.session_hours),
    )
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]

    standing = standing_values(container.bureau, container.directory)
    texts = Texts(HERE / "words", standing)
    app.extensions["suqiu"] = container
    app.extensions["suqiu.words"] = texts
    app.extensions["suqiu.widget"] = widget.load_words(standing)
    app.extensions["suqiu.laws"] = laws.Texts(settings)
    app.extensions["suqiu.streams"] = Streams(places=settings.live_streams)

    security.protect(app, settings.embed_origins)
    observe.watch(app)
    app.before_request(access.guard)
    app.before_request(csrf.check)
    errors.register(app)
    filters.register(app)
    _version_static_files(app)
    _share_with_templates(app)

    app.register_blueprint(widget.make_blueprint())
    app.register_blueprint(console.make_blueprint())
    app.register_blueprint(api.make_blueprint())
    app.register_blueprint(laws.make_blueprint())
    if settings.wechat_token is not None:
        app.register_blueprint(wechat.make_blueprint(container))
    return app


def _share_with_templates(app: Flask) -> None:
    @app.context_processor
    def shared() -> dict[str, Any]:
        container = current_app.extensions["suqiu"]
        emergencies = current_app.extensions["suqiu.widget"]["emergencies"]
        return {
            "bureau": container.bureau,
            "csrf_token": csrf.csrf_token,
            "emergencies": [
                (number, label) for number, label in emergencies.items()
                if number in container.directory
            ],
        }  # fmt: skip


def _version_static_files(app: Flask) -> None:
    """Add a print of the content to addresses of static files, so that they can be kept for long."""
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = timedelta(days=30)
    prints: dict[tuple[str, str], str] = {}

    @app.url_defaults
    def version(endpoint: str, values: dict[str, Any]) -> None:
        if not endpoint.endswith("static") or "filename" not in values:
            return
        name = (endpoint, values["filename"])
        if name not in prints or app.debug:
            owner = app if endpoint == "static" else app.blueprints[endpoint.partition(".")[0]]
            file = Path(str(owner.static_folder)) / values["filename"]
            prints[name] = hashlib.sha256(file.read_bytes()).hexdigest()[:10]
        values["v"] = prints[name]
