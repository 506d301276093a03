"""Where a room joins: its address, the code of it for a camera, and its own names."""

import io
import ipaddress
import socket
from dataclasses import dataclass
from functools import cache, lru_cache

from llm_lessons_server.addresses import network_addresses

FORWARDED = ".app.github.dev"  # behind a name that GitHub Codespaces gives to a port


@dataclass(frozen=True)
class Invitation:
    address: str
    others: tuple[str, ...] = ()  # of the same server, in this machine's other networks
    qr: str = ""  # a code of the address as SVG; "" where a phone can't reach it


def current_invitation(port: int, room: bool) -> Invitation:
    """The invitation as the networks are now; `room` lets other machines in."""
    hosts = network_addresses() if room else []
    addresses = [f"http://{host}:{port}/" for host in hosts]
    if not addresses:
        return Invitation(f"http://127.0.0.1:{port}/")
    return Invitation(addresses[0], tuple(addresses[1:]), qr_svg(addresses[0]))


@lru_cache(maxsize=4)
def qr_svg(address: str) -> str:
    """A QR code, dark on white whatever lies behind it."""
    import segno  # not needed where no room is asked

    file = io.BytesIO()
    code = segno.make(address, micro=False)
    code.save(file, kind="svg", border=4, xmldecl=False, omitsize=True, light="#fff")
    return file.getvalue().decode("utf-8")


def qr_terminal(address: str) -> str:
    import segno

    file = io.StringIO()
    segno.make(address, micro=False).terminal(out=file, border=2, compact=True)
    return file.getvalue().rstrip("\n")


def is_own_host(name: str) -> bool:
    """Whether a request with this host is meant for the room, and no stranger's.

    Somebody can have a name of theirs lead to this machine (DNS rebinding). A browser
    then takes the room for a part of their site, and lets its scripts speak to it. Any
    address in figures is meant: nobody can have it lead elsewhere; and in a container,
    or behind a forwarded port, the server doesn't know the one that phones type.

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
