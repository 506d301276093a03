"""The foot of a printed side: whose it is, where the lessons live, and the page."""

import html
from argparse import ArgumentTypeError

from llm_lessons.foundation.languages import Translate, english

SERIES = "LLM Lessons"
LICENCE = "CC BY 4.0: use it, change it, pass it on."
PAGE = "page {n} of {m}"
SENTENCES = (LICENCE, PAGE)
_LONGEST = 300  # letters of an address that a small code can hold


def foot(
    lesson: str,
    page: int,
    pages: int,
    address: str = "",
    translate: Translate = english,
) -> str:
    """The foot as HTML, with a code for phones where an address is known."""
    where = code = ""
    if address:
        where = f'<span class="address">{html.escape(address)}</span>'
        code = qr_code(address)
    return (
        f"<footer><p><b>{SERIES}</b> · {html.escape(lesson)}<br>"
        f"{translate(LICENCE)} {where}</p>"
        f"<p>{translate(PAGE).format(n=page, m=pages)}</p>{code}</footer>"
    )


def checked_address(text: str) -> str:
    """An address that people can open, as it was given."""
    address = text.strip()
    is_web = address.startswith(("http://", "https://"))
    if not is_web or len(address.split()) != 1 or not address.isprintable():
        raise ArgumentTypeError(
            "an address begins with http:// or https:// and has no spaces; it was "
            f"{text!r}"
        )
    if len(address) > _LONGEST:
        raise ArgumentTypeError(
            f"an address of {len(address)} letters fits no small code"
        )
    return address


def qr_code(address: str) -> str:
    """A QR code as inline SVG."""
    import segno  # of those that make handouts, few print an address

    svg = segno.make(address, micro=False).svg_inline(border=4, omitsize=True)
    return svg.replace(
        "<svg", f'<svg role="img" aria-label="QR code: {html.escape(address)}"', 1
    )
