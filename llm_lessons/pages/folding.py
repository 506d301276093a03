"""A lesson for a phone: what stands open at first sight, and what a tap away.

The question, the quiz, the first control with things to try, the first figure that was
measured with its sentence, and what to take away stand open. All else is folded where
it stands, under its heading or its first words: nothing is left out.
"""

from collections.abc import Callable, Sequence

from llm_lessons.pages.markup import Writer, begins, fold, rendered
from llm_lessons.pages.pieces import PARTS, Piece, changed
from llm_lessons.pages.texts import asks_to_try, before_lists, last_paragraph

# The parts that stand open as a whole; "" is what stands before the first of them.
OPEN = ("", "How a lesson works", "The question", "Predict", "Take away")
ANCHORS = {
    "Predict": "Guess",
    "See it": "Play",
    "Measure it": "Measure",
    "Take away": "Remember",
}
CODERS = "Your turn"
_CODERS_TITLE = "For people who code"
_CODERS_TEXT = """\
Here are the tasks, with hints and one way to do each. To write the code, and to have
it checked, you need this lesson as a notebook. The [first page](index.html) says how to
get the lessons."""

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
        kind = f' data-part="{name}"' if name in PARTS else ""
        found.append(f'<section class="part"{anchor}{kind}>{inside}</section>')
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
    """A part of which one cell stands open, with the text before it; then the folds.

    Args:
        lead_of: the place of that cell in a section, or None.
        shown: the HTML of what stands open, and the place after its last piece.
    """
    sections = _parts(part, 3)
    tagged = [at for at, one in enumerate(sections) if any(p.leads for p in one)]
    found = [at for at, one in enumerate(sections) if lead_of(one) is not None]
    if not found:
        return _title(part[0]) + "".join(_folded(one, writer) for one in sections)
    at = (tagged or found)[0]
    # What stands under the part's own heading, before what leads, is told with it.
    told, others = (_headless(sections[0]), sections[1:at]) if at else ([], [])
    section, lead = sections[at], lead_of(sections[at]) or 0
    start = max((n for n in range(lead) if not section[n].is_code), default=lead)
    told = [*told, *_headless(section[:start])]
    rest = _headless(section[start:])
    lead -= len(section) - len(rest)
    if not rest[0].is_code:
        before, text = last_paragraph(rest[0].cell.source)
        told += _with_text(rest[0], before, "before")
        rest = [*_with_text(rest[0], text), *rest[1:]]
    body, end = shown(rest, lead, writer)
    folds = [_folded(one, writer) for one in others]
    folds += [_folded(told, writer, "How it works")]
    folds += [_folded(rest[end:], writer, "Read on")]
    folds += [_folded(one, writer) for one in sections[at + 1 :]]
    title = _title(section[0]) if section[0].level == 3 else ""
    return "".join([_title(part[0]), title, body, *folds])


def _title(piece: Piece) -> str:
    """The heading that a piece begins with."""
    heading = rendered(f"{'#' * piece.level} {piece.heading}")
    return (
        f'<div class="cell" id="cell-id={piece.cell.id}">'
        f'<div class="rendered_html">{heading}</div></div>'
    )


def _headless(pieces: Pieces) -> list[Piece]:
    """The same without the heading that the first of them begins with."""
    if not pieces or not pieces[0].level:
        return list(pieces)
    text = pieces[0].cell.source.partition("\n")[2].strip()
    return [*_with_text(pieces[0], text, "text"), *pieces[1:]]


def _with_text(piece: Piece, text: str, suffix: str = "") -> list[Piece]:
    """A piece of a text, with an id of its own; none if nothing is in it."""
    name = f"{piece.cell.id}-{suffix}" if suffix else piece.cell.id
    return [Piece(changed(piece.cell, source=text, id=name))] if text else []


def _control(section: Pieces) -> int | None:
    """The control that a tag names, or the first."""
    tagged = (at for at, piece in enumerate(section) if piece.leads)
    first = (at for at, piece in enumerate(section) if piece.is_control)
    return next(tagged, next(first, None))


def _play(pieces: Pieces, lead: int, writer: Writer) -> tuple[str, int]:
    """A control between what it is and what to try: that stands below it."""
    end = _end_of_row(pieces, lead)
    if pieces[0].is_code or not asks_to_try(pieces[0].cell.source):
        # then what to try is said after the control, if at all
        texts = (at for at in range(end, len(pieces)) if not pieces[at].is_code)
        lists = (at for at in texts if asks_to_try(pieces[at].cell.source))
        end = next(lists, end - 1) + 1
        return writer.all_of(pieces[:end]), end
    above, below = before_lists(pieces[0].cell.source)
    if below.startswith("1. "):
        below = f"**Try this:**\n\n{below}"
    what = _with_text(pieces[0], above)
    tasks = _with_text(pieces[0], below, "tasks")
    control, code = writer.row(pieces[1:end])
    return writer.all_of(what) + control + writer.all_of(tasks) + code, end


def _end_of_row(pieces: Pieces, start: int) -> int:
    """The place of the next text."""
    texts = (at for at in range(start, len(pieces)) if not pieces[at].is_code)
    return next(texts, len(pieces))


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
    says, title = begins(first), f"<b>{label}</b>"
    head = pieces[0]
    if head.level and not (label and head.level == 2):
        title = rendered(f"{'#' * head.level} {head.heading}")
        says = _holds(pieces) or says
    says = f'<span class="says">{says}</span>' if says else ""
    return fold(title + says, writer.all_of(inside))


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
