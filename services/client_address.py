"""Who asks: the address behind the proxies that this installation trusts."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest

#: What one person or one office has of the newer addresses.
_IPV6_PREFIX = 64


def client_of(request: HttpRequest) -> str:
    """The network address of who asks, an IPv6 one without its last half; ``""`` if it can not be told.

    ``X-Forwarded-For`` is believed from behind, as far as each address is one of ``CONECTA_TRUSTED_PROXIES``.
    """
    hops = [request.META.get("REMOTE_ADDR", "")]
    hops += [hop.strip() for hop in reversed(request.META.get("HTTP_X_FORWARDED_FOR", "").split(","))]
    nearest = ""
    for hop in hops:
        try:
            address = ipaddress.ip_address(hop)
        except ValueError:
            break
        nearest = _shortened(address)
        if not any(address in network for network in settings.TRUSTED_PROXIES if network.version == address.version):
            break
    return nearest


def _shortened(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> str:
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return str(address.ipv4_mapped)
        return str(ipaddress.ip_network((address, _IPV6_PREFIX), strict=False).network_address)
    return str(address)
