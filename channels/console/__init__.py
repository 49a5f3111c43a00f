"""The console of the people who work here."""

from channels.console.routes import make_blueprint

__all__ = ["make_blueprint"]
