"""A lesson for a phone: what stands open at first sight, and what a tap away.

The question, the quiz, the first control with things to try, the first figure that was
measured with its sentence, and what to take away stand open. All else is folded where
it stands, under its heading or its first words: nothing is left out.
"""

import re
from collections.abc import Callable, Sequence

from llm_lessons.pages.markup import Writer, begins, fold, rendered
from llm_lessons.pages.pieces import Piece, changed

# The parts that stand open as a whole; "" is what stands before the first of them.
OPEN = ("", "How a lesson works", "The question", "Predict", "Take away")
ANCHORS = {
    "Predict": "Guess",
    "See it": "Play",
    "Measure it": "Measure",
    "Take away": "Remember",
}
CODERS = "Your turn"
_CODERS_TITLE = "Your turn, for people who code"
_CODERS_TEXT = """\
Here are the tasks, with hints and one way to do each. To write the code, and to have
it checked, you need this lesson as a notebook. The [first page](index.html) says how to
get the lessons."""
_LIST = re.compile(r"^1\. ", re.MULTILINE)

type Pieces = Sequence[Piece]


def body_of(pieces: Pieces, writer: Writer) -> str:
    """All parts of a lesson as HTML; those that the bar leads to have an id."""
    found = []
    for part in _parts(pieces, 2):
        name = part[0].heading if part[0].level == 2 else ""
        if name in OPEN:
            inside = writer.all_of(part)
        elif name == "See it":
            inside = _led(part, _control, _play, writer)
        elif name == "Measure it":
            inside = _led(part, _measurement, _measured, writer)
        else:
            inside = _folded(_for_coders(part) if name == CODERS else part, writer)
        anchor = f' id="{ANCHORS[name].lower()}"' if name in ANCHORS else ""
        found.append(f'<section class="part"{anchor}>{inside}</section>')
    return "\n".join(found)


def _parts(pieces: Pieces, level: int) -> list[list[Piece]]:
    """The pieces, parted before each heading of this level."""
    parts: list[list[Piece]] = [[]]
    for piece in pieces:
        if piece.level == level and parts[-1]:
            parts.append([])
        parts[-1].append(piece)
    return parts


def _led(
    part: Pieces,
    lead_of: Callable[[Pieces], int | None],
    shown: Callable[[Pieces, int, Writer], tuple[str, int]],
    writer: Writer,
) -> str:
    """A part of which one cell stands open, with the text before it.

    Args:
        lead_of: the place of that cell in a section, or None.
        shown: the HTML of what stands open, and the place after its last piece.
    """
    sections = _parts(part, 3)
    leads = [lead_of(section) for section in sections]
    tagged = [at for at, one in enumerate(sections) if any(p.leads for p in one)]
    found = [at for at, lead in enumerate(leads) if lead is not None]
    at = (tagged or found or [-1])[0]
    inside = [_title(part[0])]
    for here, section in enumerate(sections):
        lead = leads[here] if here == at else None
        if lead is None:
            inside.append(_folded(section, writer, "How it works"))
            continue
        if section[0].level == 3:
            inside.append(_title(section[0]))
        start = max((n for n in range(lead) if not section[n].is_code), default=lead)
        inside.append(_folded(_headless(section[:start]), writer, "How it works"))
        rest = _headless(section[start:])
        body, end = shown(rest, len(rest) - (len(section) - lead), writer)
        inside += [body, _folded(rest[end:], writer, "Read on")]
    return "".join(inside)


def _title(piece: Piece) -> str:
    """The heading that a piece begins with; printed if the piece is."""
    tags = " ".join(f"celltag_{tag}" for tag in piece.cell.metadata.tags)
    heading = rendered(f"{'#' * piece.level} {piece.heading}")
    return (
        f'<div class="cell {tags}" id="cell-id={piece.cell.id}">'
        f'<div class="rendered_html">{heading}</div></div>'
    )


def _headless(pieces: Pieces) -> list[Piece]:
    """The same without the heading that the first of them begins with."""
    if not pieces or not pieces[0].level:
        return list(pieces)
    first, *more = pieces
    text = first.cell.source.partition("\n")[2].strip()
    cell = changed(first.cell, source=text, id=f"{first.cell.id}-text")
    return [Piece(cell), *more] if text else more


def _control(section: Pieces) -> int | None:
    """The control that a tag names, or the first."""
    tagged = (at for at, piece in enumerate(section) if piece.leads)
    first = (at for at, piece in enumerate(section) if piece.is_control)
    return next(tagged, next(first, None))


def _play(pieces: Pieces, lead: int, writer: Writer) -> tuple[str, int]:
    """A control between what it is and what to try: that stands below it."""
    end = _end_of_row(pieces, lead)
    first = None if pieces[0].is_code else _LIST.search(pieces[0].cell.source)
    if first is None:  # then what to try is said after the control, if at all
        lists = (n for n in range(end, len(pieces)) if _asks(pieces[n]))
        last = next(lists, end - 1) + 1
        return writer.all_of(pieces[:last]), last
    text, cell = pieces[0].cell.source, pieces[0].cell
    above = text[: first.start()].rstrip()
    if above.endswith(":") and "\n\n" in above:
        above = above.rpartition("\n\n")[0]
    below = text[len(above) :].strip()
    if _LIST.match(below):
        below = f"**Try this:**\n\n{below}"
    control, code = writer.row(pieces[1:end])
    what = Piece(changed(cell, source=above))
    tasks = Piece(changed(cell, source=below, id=f"{cell.id}-tasks"))
    return "".join([writer.text(what), control, writer.text(tasks), code]), end


def _end_of_row(pieces: Pieces, start: int) -> int:
    """The place of the next text."""
    texts = (at for at in range(start, len(pieces)) if not pieces[at].is_code)
    return next(texts, len(pieces))


def _asks(piece: Piece) -> bool:
    return not piece.is_code and bool(_LIST.search(piece.cell.source))


def _measurement(section: Pieces) -> int | None:
    """The first figure, or what was first said of something that was measured."""
    figures = (at for at, piece in enumerate(section) if piece.is_figure)
    said = (at for at, piece in enumerate(section) if piece.is_said)
    return next(figures, next(said, None))


def _measured(pieces: Pieces, lead: int, writer: Writer) -> tuple[str, int]:
    """A figure between what was measured and what is said of it."""
    end = _end_of_row(pieces, lead)
    return writer.all_of(pieces[:end]), end


def _folded(pieces: Pieces, writer: Writer, label: str = "") -> str:
    """Pieces in a fold that bears their heading, or a label and their first words."""
    inside = _headless(pieces)
    if not inside:
        return ""
    first = next((one.cell.source for one in inside if not one.is_code), "")
    says, title, kind = begins(first), f"<b>{label}</b>", ""
    head = pieces[0]
    if head.level and not (label and head.level == 2):
        title = rendered(f"{'#' * head.level} {head.heading}")
        says = _holds(pieces) or says
        kind = "titled" if {"paper", "heading"} & {*head.cell.metadata.tags} else ""
    says = f'<span class="says">{says}</span>' if says else ""
    return fold(title + says, writer.all_of(inside), kind)


def _for_coders(part: Pieces) -> list[Piece]:
    """The exercises under a title and a text for people without the notebook."""
    source = f"## {_CODERS_TITLE}\n\n{_CODERS_TEXT}"
    head = Piece(changed(part[0].cell, source=source), 2, _CODERS_TITLE)
    return [head, *(piece for piece in part if piece.is_code)]


def _holds(pieces: Pieces) -> str:
    """What there is in a fold besides texts."""
    kinds = {
        "something to play with": any(one.is_control for one in pieces),
        "a quiz": any(one.is_quiz for one in pieces),
        "a figure": any(one.is_figure for one in pieces),
    }
    has = [kind for kind, there in kinds.items() if there]
    *firsts, last = has or [""]
    listed = f"{', '.join(firsts)} and {last}" if firsts else last
    return f"With {listed}" if listed else ""
