"""Progress without an account, and what operators' tools ask: health and metrics."""

from channels.api.routes import make_blueprint

__all__ = ["make_blueprint"]
