"""Where a request comes from, for rates only; no address is kept."""

import ipaddress

from starlette.requests import Request


def address_of(request: Request, proxies: frozenset[str]) -> str:
    """The visitor's address, for rates only; one name for a whole IPv6 /64, since a phone has all of it."""
    peer = request.client.host if request.client else ""
    hops = [hop.strip() for hop in request.headers.get("x-forwarded-for", "").split(",") if hop.strip()]
    while peer in proxies and hops:
        peer = hops.pop()
    try:
        found = ipaddress.ip_address(peer)
    except ValueError:
        return "unknown"
    if isinstance(found, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((int(found), 64), strict=False))
    return str(found)
