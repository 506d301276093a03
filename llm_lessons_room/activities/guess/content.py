"""What a guess wants to know.

`question`, of a lesson; and `of`, if it asks again what another step of the deck has
asked.
"""

from collections.abc import Iterator

from llm_lessons.lessons.questions import Question, question
from llm_lessons_room.parts.plan import Kind, Planned, Shown, Tell, is_text

# What stands above a question in its notebook, which a room doesn't see.
ABOVE = {
    "04.zero": (
        "The temperature says how much chance may decide: at 0 nothing, at 1 as much "
        "as the odds say, at 2 more."
    ),
    "07.effort": (
        "Two questions about marbles: an easy one with one change, and a hard one with "
        "six changes."
    ),
}


def _guess(step: Planned, tell: Tell) -> Shown:
    made = asked(question(step.own["question"]), tell)
    if above := ABOVE.get(step.own["question"]):
        made.shown["question"] = f"{tell(above)} {made.shown['question']}"
    return made


def asked(one: Question, tell: Tell) -> Shown:
    """A question with its choices, and what is right for which reasons."""
    rights = [place for place, choice in enumerate(one.choices) if choice.right]
    choices = [tell(choice.text) for choice in one.choices]
    whys = [tell(choice.why_alone) for choice in one.choices]
    return Shown(
        {"question": tell(one.text), "choices": choices},
        {"right": rights, "why": whys},
    )


def _sentences() -> Iterator[tuple[str, str]]:
    for name, text in ABOVE.items():
        yield text, f"question {name}: before it"


KINDS = {
    "guess": Kind(
        _guess,
        needs={"question": is_text},
        may={"of": is_text},
        fits=lambda step: question(step.own["question"]),
        sentences=_sentences,
    )
}
