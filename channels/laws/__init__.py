"""The text of the law an answer cites: a page for people, a piece of JSON for the chat.

There is something to show only where the bureau has imported the law texts (docs/operators.md).
"""

from channels.laws.pages import make_blueprint
from channels.laws.texts import Texts, link_of

__all__ = ["Texts", "link_of", "make_blueprint"]
