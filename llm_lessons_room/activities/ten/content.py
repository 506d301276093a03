"""What the ten questions want to know: `when`, "before" the evening or "after" it.

They stand in questions.toml, in the form of the quiz of each lesson: one for each of
its claims.
"""

from pathlib import Path

from llm_lessons.lessons.questions import Question, read_questions
from llm_lessons_room.activities.guess.content import asked
from llm_lessons_room.parts.plan import Kind, Planned, Shown, Tell, is_text

WHEN = ("before", "after")
TEN: tuple[Question, ...] = read_questions(
    Path(__file__).with_name("questions.toml"), "ten"
)


def _ten(step: Planned, tell: Tell) -> Shown:
    made = [asked(one, tell) for one in TEN]
    rights = [one.hidden["right"][0] for one in made]
    return Shown(
        {"when": step.own["when"], "questions": [one.shown for one in made]},
        {
            "right": rights,
            "why": [
                one.hidden["why"][right]
                for one, right in zip(made, rights, strict=True)
            ],
        },
    )


def _fits(step: Planned) -> None:
    if step.own["when"] not in WHEN:
        raise ValueError(f"`when` is one of {', '.join(WHEN)}.")


KINDS = {"ten": Kind(_ten, needs={"when": is_text}, fits=_fits)}
