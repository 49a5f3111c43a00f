"""The practice account as an application of its own."""

from __future__ import annotations

from flask import Flask
from werkzeug.wrappers import Response

from channels.practice.account import Accounts
from channels.practice.api import make_api
from channels.practice.config import PracticeConfig
from channels.practice.delivery import Delivery
from channels.practice.phone import make_phone

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


def create_app(config: PracticeConfig) -> Flask:
    """A platform with one account; ``app.extensions["practice"]`` holds its state (tests)."""
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = 256 * 1024
    accounts = Accounts(config.now, config.token_seconds)
    delivery = Delivery(config, accounts)
    app.extensions["practice"] = accounts
    app.register_blueprint(make_api(config, accounts))
    app.register_blueprint(make_phone(config, accounts, delivery))

    @app.after_request
    def protect(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = _POLICY
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "no-referrer"
        return response

    return app
