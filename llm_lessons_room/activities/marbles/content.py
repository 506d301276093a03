"""What the marbles show; they want to know nothing."""

from collections.abc import Iterator

from llm_lessons_room.activities.marbles import problems
from llm_lessons_room.parts.plan import Kind, Planned, Shown, Tell

SECONDS = {"once": 8, "steps": 60}


def _marbles(step: Planned, tell: Tell) -> Shown:
    room = [first for first, *_ in problems.problems()]
    asked = []
    for one in room:
        told = problems.gloss(one.question, tell)
        other = {} if told == one.question else {"gloss": told}
        asked.append({"question": one.question} | other)
    return Shown(
        {"problems": asked, "seconds": SECONDS},
        {
            "answers": [int(one.answer) for one in room],
            "fjord": problems.for_fjord(),
        },
    )


def _sentences() -> Iterator[tuple[str, str]]:
    for text in problems.SENTENCES:
        yield text, "below a problem of marbles: what it means"


KINDS = {"marbles": Kind(_marbles, sentences=_sentences)}
