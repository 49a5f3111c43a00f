"""The practice account (练习账号): a small server that plays WeChat for one official account.

It signs, encrypts, delivers, tries again and answers the platform's API as WeChat does, and shows
a page that looks like a phone. It shares no code with ``channels/wechat``: what one of the two has
wrong, the other must not agree with.
"""

from channels.practice.app import create_app
from channels.practice.config import PracticeConfig

__all__ = ["PracticeConfig", "create_app"]
