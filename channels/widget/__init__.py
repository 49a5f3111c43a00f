"""The bureau's page, the widget on it, and the conversation of an anonymous visitor."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from channels.widget import words
from channels.widget.pages import make_blueprint

__all__ = ["load_words", "make_blueprint"]


def load_words(standing: Mapping[str, object]) -> dict[str, Any]:
    """The words of the page and of the chat for one bureau."""
    return words.load({name: str(standing[name]) for name in ("bureau", "call")})
