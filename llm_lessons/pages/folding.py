"""A lesson for a phone: what stands open at first sight, and what a tap away.

The toy, the guess, the first figure that was measured with its sentence, and what to
remember stand open. All else is folded where it stands, under its heading or its first
words: nothing is left out.
"""

from collections.abc import Sequence

from llm_lessons.pages.markup import Writer, begins, fold, rendered
from llm_lessons.pages.pieces import PARTS, REAL, Piece, changed
from llm_lessons.pages.real_part import PLACE

# The parts that stand open as a whole; "" is what stands before the first of them.
OPEN = ("", "How a lesson works", "Play", "Guess", "Remember")
MEASURED = "Measure"
ANCHORS = ("Play", "Guess", MEASURED, "Remember")  # the bar leads to these
EXERCISES = "Your turn"
CHECKED = """\
To have an answer checked, or to write code, you need this lesson as a notebook. The
[first page](index.html) says how to get the lessons."""

type Pieces = Sequence[Piece]


def body_of(pieces: Pieces, writer: Writer) -> str:
    """All parts of a lesson as HTML; those that the bar leads to have an id."""
    found = []
    for part in _parts(pieces, 2):
        name = part[0].heading if part[0].level == 2 else ""
        if name in OPEN:
            inside = writer.all_of(part)
        elif name == MEASURED:
            inside = _measured(part, writer)
        else:
            inside = _folded(_exercises(part) if name == EXERCISES else part, writer)
        if name == REAL:  # at its top, before what was counted in Python
            inside = inside.replace("</summary>", f"</summary>{PLACE}", 1)
        anchor = f' id="{name.lower()}"' if name in ANCHORS else ""
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


def _measured(part: Pieces, writer: Writer) -> str:
    """What was measured, up to the text behind its figure or sentence; then folds."""
    first, *others = _parts(part, 3)
    lead = _measurement(first)
    end = len(first) if lead is None else _end_of_row(first, lead)
    folds = [_folded(first[end:], writer, "Read on")]
    folds += [_folded(other, writer) for other in others]
    return "".join([writer.all_of(first[:end]), *folds])


def _headless(pieces: Pieces) -> list[Piece]:
    """The same without the heading that the first of them begins with."""
    if not pieces or not pieces[0].level:
        return list(pieces)
    first, *others = pieces
    text = first.cell.source.partition("\n")[2].strip()
    own = Piece(changed(first.cell, source=text, id=f"{first.cell.id}-text"))
    return [own, *others] if text else others


def _end_of_row(pieces: Pieces, start: int) -> int:
    """The place of the next text."""
    texts = (at for at in range(start, len(pieces)) if not pieces[at].is_code)
    return next(texts, len(pieces))


def _measurement(section: Pieces) -> int | None:
    """The first figure, or what was first said of something that was measured."""
    figures = (at for at, piece in enumerate(section) if piece.is_figure)
    said = (at for at, piece in enumerate(section) if piece.is_said)
    return next(figures, next(said, None))


def _folded(pieces: Pieces, writer: Writer, label: str = "") -> str:
    """Pieces in a fold that bears their heading, or a label and their first words."""
    inside = _headless(pieces)
    if not inside:
        return ""
    texts = (part.cell.source for part in inside if not part.is_code)
    first = writer.told(next(texts, ""))
    says, kind, title = begins(first), "says", f"<b>{label}</b>"
    head = pieces[0]
    if head.level and not (label and head.level == 2):
        title = rendered(writer.told(f"{'#' * head.level} {head.heading}"))
        if holds := _holds(pieces):
            says, kind = holds, "says holds"
    says = f'<span class="{kind}">{says}</span>' if says else ""
    return fold(title + says, writer.all_of(inside))


def _exercises(part: Pieces) -> list[Piece]:
    """The exercises, and for people without the notebook where they are checked."""
    source = f"## {EXERCISES}\n\n{CHECKED}"
    head = Piece(changed(part[0].cell, source=source), 2, EXERCISES)
    return [head, *(piece for piece in part if piece.is_code)]


def _holds(pieces: Pieces) -> str:
    """What there is in a fold besides texts."""
    kinds = {
        "something to play with": any(piece.is_control for piece in pieces),
        "a quiz": any(piece.is_quiz for piece in pieces),
        "a figure": any(piece.is_figure for piece in pieces),
    }
    has = [kind for kind, there in kinds.items() if there]
    *firsts, last = has or [""]
    listed = f"{', '.join(firsts)} and {last}" if firsts else last
    return f"With {listed}" if listed else ""
