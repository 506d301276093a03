"""Under which address a room joins, and the code of it for a camera."""

import io
from dataclasses import dataclass
from functools import lru_cache

from llm_lessons_server.addresses import in_the_room


@dataclass(frozen=True)
class Invitation:
    """How phones join."""

    address: str
    others: tuple[str, ...] = ()  # of the same server, in this machine's other networks
    qr: str = ""  # a code of the address as SVG; "" where a phone can't reach it


def invitation(port: int, room: bool) -> Invitation:
    """As the networks of this machine are now; `room` lets others than it in."""
    found = in_the_room() if room else []
    addresses = [f"http://{one}:{port}/" for one in found]
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


def qr_letters(address: str) -> str:
    """A QR code for a terminal, of half blocks."""
    import segno

    file = io.StringIO()
    segno.make(address, micro=False).terminal(out=file, border=2, compact=True)
    return file.getvalue().rstrip("\n")
