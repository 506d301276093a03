"""How the hosts of a job find each other, before JAX has a word with any of them.

Host 0 listens, the others call. Each says who it is and what it is about to do; if that
doesn't fit, all are told why in one sentence. The lines then stay open, and tell who is
still there. Like JAX's own they are neither secret nor guarded: for a network that can
be trusted.
"""

import socket
import time
from collections.abc import Mapping
from typing import Any

from llm_lessons.checks import shown
from llm_lessons.training.lines import PAUSE, Line, dismiss, ready
from llm_lessons.training.places import Place
from llm_lessons_starter.trouble import AGAIN, Trouble

STOPPED = "Host 0 was stopped before all hosts had come: start the command on all anew."

Facts = Mapping[str, Any]  # what all hosts have to agree on, by the names given to it


def listen(place: Place) -> socket.socket:
    """Open the port on which host 0 awaits the others.

    Raises:
        Trouble: it is taken, or not to be had.
    """
    both = socket.has_dualstack_ipv6()
    family = socket.AF_INET6 if both else socket.AF_INET
    try:
        return socket.create_server(
            ("", place.port), family=family, dualstack_ipv6=both, backlog=1024
        )
    except OSError as error:
        raise Trouble(
            f"Host 0 can't listen on port {place.port} ({error.strerror}): name "
            "another --coordinator on all hosts."
        ) from error


def free_port() -> int:
    """A port that nobody uses."""
    with socket.create_server(("", 0)) as server:
        return server.getsockname()[1]


def gather(
    place: Place, server: socket.socket, facts: Facts, wait: float
) -> dict[int, Line]:
    """Await all other hosts on host 0.

    Returns:
        A line to each, by its number.

    Raises:
        Trouble: one doesn't come, or doesn't fit; those that are there are told.
    """
    until = time.monotonic() + wait
    members: dict[int, Line] = {}
    strangers: list[Line] = []
    try:
        while len(members) < place.hosts - 1:
            if time.monotonic() > until:
                raise Trouble(_missing(place, members, wait))
            found = ready([server, *strangers, *members.values()], PAUSE)
            if server in found:
                strangers.append(Line(server.accept()[0]))
            for line in [one for one in members.values() if one in found]:
                line.read()  # says nothing before the start, but may hang up
            for line in [one for one in strangers if one in found]:
                for message in line.read():
                    if _is_number(message.get("host")):
                        members[_check(place, members, facts, message)] = line
                        strangers.remove(line)
                        break
            strangers = [line for line in strangers if not line.closed]
            members = {i: line for i, line in members.items() if not line.closed}
    except (Trouble, KeyboardInterrupt) as error:
        while server in ready([server], 0):  # who has just called
            strangers.append(Line(server.accept()[0]))
        dismiss([*members.values(), *strangers], 1, str(error) or STOPPED)
        raise
    for line in strangers:
        line.close()
    return members


def _is_number(value: Any) -> bool:
    """Whether it can be a host's: anybody may call, and say anything."""
    return type(value) is int and 0 <= value < 2**31


def _missing(place: Place, members: dict[int, Line], wait: float) -> str:
    """What to say when not all have come."""
    lacking = [str(i) for i in range(1, place.hosts) if i not in members]
    some = ", ".join(lacking[:10]) + (" and others" if len(lacking) > 10 else "")
    return (
        f"Of {place.hosts} hosts {len(members) + 1} came in {wait:.0f} seconds and "
        f"these are missing: {some}; start the same command on each of them, and see "
        f"that it reaches {place}."
    )


def _check(place: Place, members: dict[int, Line], facts: Facts, hello: Facts) -> int:
    """The number of a host that fits.

    Raises:
        Trouble: it doesn't.
    """
    host, hosts, others = hello["host"], hello.get("hosts"), hello.get("facts")
    trouble = None
    if hosts != place.hosts:
        trouble = (
            f"Host {host} was told of {shown(hosts)} hosts and host 0 of "
            f"{place.hosts}: give all the same --hosts."
        )
    elif host == 0 or host in members:
        trouble = (
            f"Two hosts call themselves host {host}: give each a --host of its own, "
            f"from 0 to {place.hosts - 1}."
        )
    elif others != facts:
        known = others if isinstance(others, dict) else {}
        name = next(name for name in facts if known.get(name) != facts[name])
        trouble = (
            f"Host {host} differs from host 0 in {name} ("
            f"{shown(known.get(name))} and {shown(facts[name])}): give all the same "
            "options, code and packages."
        )
    if trouble:
        raise Trouble(trouble)
    return host


def enter(place: Place, facts: Facts, wait: float) -> tuple[Line, int]:
    """Call host 0 from another host.

    Returns:
        The line to it, and the port of JAX's own service there.

    Raises:
        Trouble: nobody answers, or says that this one doesn't fit.
    """
    until = time.monotonic() + wait
    why = "it doesn't answer"
    while time.monotonic() < until:
        try:
            name = place.name.strip("[]")
            line = Line(socket.create_connection((name, place.port), timeout=5))
        except OSError as error:
            why = error.strerror or str(error)
            time.sleep(PAUSE)
            continue
        line.send({"host": place.host, "hosts": place.hosts, "facts": facts})
        while not line.closed and time.monotonic() < until:
            for message in line.read() if ready([line], PAUSE) else []:
                if "verdict" in message:
                    line.close()
                    raise Trouble(message["verdict"][1])
                if "port" in message:
                    return line, message["port"]
        line.close()
        why = "the connection closes before all hosts have come"
        time.sleep(PAUSE)
    raise Trouble(
        f"Host 0 isn't reached at {place} ({why}): start the command on it as well, "
        f"see that --coordinator names it and that no firewall is in between, and "
        f"{AGAIN}."
    )
