"""Under which names the room is asked for: its own, and no stranger's.

Somebody can have a name of theirs lead to this machine (DNS rebinding). A browser then
takes the room for a part of their site, and lets its scripts speak to it.
"""

import ipaddress
import socket
from functools import cache

FORWARDED = ".app.github.dev"  # behind a name that GitHub Codespaces gives to a port


def is_announced(name: str) -> bool:
    """Whether a request with this host is meant for the room.

    Any address in figures is. Nobody can have it lead elsewhere; and in a container, or
    behind a forwarded port, the server doesn't know the one that phones type.

    Args:
        name: the host of a request, without its port; IPv6 in brackets.
    """
    name = name.lower().removesuffix(".")
    if name in own_names() or name.endswith(FORWARDED):
        return True
    try:
        ipaddress.ip_address(name.removeprefix("[").removesuffix("]"))
    except ValueError:
        return False
    return True


@cache
def own_names() -> frozenset[str]:
    """This machine's names, as it calls itself and as its network does (mDNS)."""
    own = socket.gethostname().lower()
    return frozenset({"localhost", own, f"{own.partition('.')[0]}.local"})
