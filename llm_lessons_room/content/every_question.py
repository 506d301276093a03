"""A deck of every question of every lesson, for a leader to open any of them."""

from functools import cache

from llm_lessons.lessons import LESSONS, TITLES
from llm_lessons.lessons.questions import QUESTIONS
from llm_lessons_room.content.decks import Deck
from llm_lessons_room.parts.plan import Guide, Planned

ID = "all_questions"
_ASK = Guide(
    say="Read the question and all the answers. Choose one before anybody talks.",
    do="Wait until most have answered. Go on: the bars show what the room thinks. "
    "Let neighbours talk for a minute, go on, and let them choose again.",
    phones="One tap is an answer; another tap changes it. Who it is nobody sees.",
    late="Show the answer without the second round.",
)
_REMEMBER = Guide(
    say="Let us read this sentence aloud, together.",
    do="Read with them, slowly.",
    phones="They show the sentence.",
    late="Never leave this out: it takes half a minute.",
)


@cache
def every_question() -> Deck:
    """All questions by lesson, and behind those of a lesson what to remember of it."""
    steps: list[Planned] = []
    for number, lesson in enumerate(LESSONS):
        title = TITLES[lesson]
        steps += [
            Planned(
                f"guess-{one.name.replace('.', '-')}",
                "guess",
                title,
                minutes=4,
                seconds=40,
                lesson=number,
                guide=_ASK,
                own={"question": one.name},
            )
            for one in QUESTIONS
            if one.name.startswith(f"{number:02}.")
        ]
        steps.append(
            Planned(
                f"remember-{number:02}",
                "remember",
                title,
                minutes=1,
                lesson=number,
                guide=_REMEMBER,
            )
        )
    minutes = sum(step.minutes for step in steps)
    return Deck(ID, "Every question", minutes, tuple(steps))
