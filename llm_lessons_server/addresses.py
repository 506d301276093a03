"""The sockets of a server, and the addresses of this machine in its networks."""

import errno
import ipaddress
import socket

import psutil

from llm_lessons_server.connections import QUEUE
from llm_lessons_starter.trouble import Trouble

PORT = 8765
TRIES = 10  # ports from there on, before the system chooses one
HERE = ("127.0.0.1",)
EVERYWHERE = ("0.0.0.0", "::")
NO_IPV6 = (errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT)
TAKEN = (
    "Port {port} is taken by another program, perhaps by this one in another window: "
    "name another port, or none to have a free one found."
)
FORBIDDEN = (
    "The system keeps port {port} for its administrator: name one above 1023, such as "
    f"{PORT}."
)
# as Unix and as Windows say it
REFUSED = {errno.EADDRINUSE: TAKEN, 10048: TAKEN}
REFUSED |= dict.fromkeys((errno.EACCES, errno.EPERM, 10013), FORBIDDEN)


def listen(port: int | None, room: bool, usual: int) -> list[socket.socket]:
    """Sockets that listen, all on one port.

    Args:
        port: this one or none; without it, the usual one or the next that is free.
        room: for all networks, not for this machine alone.

    Raises:
        Trouble: the port that was asked for can't be had.
    """
    hosts = EVERYWHERE if room else HERE
    candidates = (*range(usual, usual + TRIES), 0) if port is None else (port,)
    for candidate in candidates:
        try:
            return bind(candidate, hosts)
        except OSError as error:
            if error.errno not in REFUSED or not candidate:
                raise
            if port is not None:
                raise Trouble(REFUSED[error.errno].format(port=port)) from error
    raise AssertionError("port 0 is one that is free")


def bind(port: int, hosts: tuple[str, ...]) -> list[socket.socket]:
    """Sockets for each of the hosts, all on one port; without IPv6 where there is none.

    Port 0 stands for one that is free.
    """
    sockets: list[socket.socket] = []
    for host in hosts:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        try:
            listening = socket.create_server((host, port), family=family, backlog=QUEUE)
        except OSError as error:
            if sockets and error.errno in NO_IPV6:
                continue
            for listening in sockets:
                listening.close()
            raise
        listening.setblocking(False)
        sockets.append(listening)
        port = listening.getsockname()[1]
    return sockets


def network_addresses() -> list[str]:
    """This machine's addresses in its networks; the likeliest first, IPv6 last."""
    states = psutil.net_if_stats()
    usable = {
        address
        for name, addresses in psutil.net_if_addrs().items()
        if name not in states or states[name].isup
        for card in addresses
        if (address := usable_address(card.address)) is not None
    }
    usual = [outgoing_address("192.0.2.1"), outgoing_address("2001:db8::1")]

    def order(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> tuple:
        return address.version, str(address) not in usual, int(address)

    return [
        f"[{address}]" if address.version == 6 else str(address)
        for address in sorted(usable, key=order)
    ]


def usable_address(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """An address that others can type; None for a network card's other ones."""
    try:
        address = ipaddress.ip_address(text)
    except ValueError:  # such as the number of the card
        return None
    unusable = address.is_loopback or address.is_link_local or address.is_unspecified
    return None if unusable else address


def outgoing_address(example: str) -> str:
    """This machine's address where its way to the internet begins, or "".

    Args:
        example: an address for examples (RFC 5737 and 3849); nothing is sent to it.
    """
    family = socket.AF_INET6 if ":" in example else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.connect((example, 9))
            return str(probe.getsockname()[0])
    except OSError:
        return ""
