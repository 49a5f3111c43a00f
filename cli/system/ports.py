"""Ports on this machine."""

from __future__ import annotations

import socket


def free_ports(count: int) -> list[int]:
    """``count`` different ports that nothing listens on right now."""
    sockets = []
    try:
        for _ in range(count):
            listener = socket.socket()
            listener.bind(("127.0.0.1", 0))
            sockets.append(listener)
        return [s.getsockname()[1] for s in sockets]
    finally:
        for listener in sockets:
            listener.close()


def taken(port: int) -> bool:
    """Whether something listens on the port."""
    with socket.socket() as probe:
        probe.settimeout(0.5)
        return probe.connect_ex(("127.0.0.1", port)) == 0
