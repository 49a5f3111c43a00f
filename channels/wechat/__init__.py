"""The WeChat official account (公众号): its webhook, and the sender of what is said later."""

from channels.wechat.sender import WechatSender, sender_of
from channels.wechat.webhook import make_blueprint

__all__ = ["WechatSender", "make_blueprint", "sender_of"]
