"""The reference receiver: the least that a petition system must do to take matters from suqiu.

It implements docs/petition-http.md, shows what it has received, and can be told to misbehave so
that deliveries can be tested. It shares no code with the sender.
"""

from channels.receiver.app import create_app
from channels.receiver.config import ReceiverConfig

__all__ = ["ReceiverConfig", "create_app"]
