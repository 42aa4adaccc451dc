"""Which addresses are on the public internet."""

import ipaddress
from collections.abc import Callable

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
#: Whether an address may be connected to.
Allowed = Callable[[Address], bool]
#: RFC 6052: an IPv4 address is its last four bytes.
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
#: RFC 4291: what was given out to the world. Python calls global much of what is beside it: addresses of IPv4 written
#: as those of IPv6 (``::127.0.0.1``), a site's own (``fec0::/10``), a network's own way to IPv4 (RFC 8215).
_WORLD = ipaddress.IPv6Network("2000::/3")


def is_public(address: Address) -> bool:
    """Whether an address is on the public internet, and not one within another address."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo and address.teredo[1])
        if inner is None and address in _NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)
        if inner is not None:
            return is_public(inner)
        if address not in _WORLD:
            return False
    return address.is_global and not address.is_multicast


def is_any(_address: Address) -> bool:
    """Where the installation allows its own network."""
    return True
