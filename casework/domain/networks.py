"""Which network addresses are one's own: this machine, or a network that nobody routes."""

from __future__ import annotations

import ipaddress

# RFC 1122, 1918, 4193, 4291. Not link-local, where a hosting machine keeps its secrets.
_OWN = [
    ipaddress.ip_network(network)
    for network in (
        "127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "::1/128", "fc00::/7",
    )
]  # fmt: skip


def is_address(host: str) -> bool:
    """Whether a host is an IP address rather than a name."""
    try:
        ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return True


def is_own(address: str) -> bool:
    """Whether an IP address is of this machine or of a private network. What is no address is not."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped is not None:
        found = found.ipv4_mapped
    return any(found.version == network.version and found in network for network in _OWN)
