"""Which addresses are of one's own networks."""

from __future__ import annotations

import pytest

from casework.domain.networks import is_address, is_own


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "127.8.9.9", "10.1.2.3", "172.16.0.1", "172.31.255.1", "192.168.1.9", "::1",
     "fd12::1", "::ffff:192.168.1.9"],
)  # fmt: skip
def test_this_machine_and_private_networks_are_ones_own(address: str) -> None:
    assert is_own(address)
    assert is_address(address)


@pytest.mark.parametrize(
    "address",
    ["8.8.8.8", "172.15.0.1", "172.32.0.1", "192.169.0.1", "0.0.0.0", "169.254.169.254",
     "100.64.0.1", "2001:db8::1", "fe80::1%eth0", "::ffff:8.8.8.8", "localhost", "", "10.1.2"],
)  # fmt: skip
def test_everything_else_is_not(address: str) -> None:
    assert not is_own(address)
