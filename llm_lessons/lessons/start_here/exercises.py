"""The exercise of the start page: a line after which a chatbot calls one otherwise."""

from llm_lessons.language_model.loading import load
from llm_lessons.lessons.checking.answers import Wrong
from llm_lessons.lessons.checking.boxes import Box
from llm_lessons.lessons.checking.checker import Exercise

_FIRST, _ASKED = "My name is Ida.", "What is my name?"
_WANTED = "Oda"
_LONGEST = 30  # tokens of an answer


def _examine_text(text: str) -> str:
    said = named(text)
    answer = f"Asked “{_ASKED}”, it says: “{said}”"
    if said != f"Your name is {_WANTED}.":
        raise Wrong(f"{answer} What would you say to somebody who got your name wrong?")
    return (
        f"{answer} Both names stand in the text. It has not learned the second one: "
        "take your line out, and it is as if you had never said it."
    )


def named(text: str) -> str:
    """What Fjord says when asked for the name, after this line; or a finding."""
    lm, talk = load("fjord"), list[dict[str, str]]()
    try:
        for line in (_FIRST, text, _ASKED):
            talk.append({"role": "user", "content": line})
            answer = lm.chat(talk, _LONGEST, temperature=0)
            talk.append({"role": "assistant", "content": answer})
    except ValueError as refusal:
        raise Wrong(str(refusal)) from None
    return answer


EXERCISES = (
    Exercise(
        "00.1",
        "00.name",
        aim="Make a chatbot call you by another name",
        task=(
            f"Somebody said to Fjord: “{_FIRST}” Write what they say next, so that "
            f"Fjord calls them **{_WANTED}**. Try it in the chat at the top first."
        ),
        answers={"text": Box("Your line", "No, my name is Oda.")},
        examine=_examine_text,
        hints=[
            "You could take back what was said, and say another name.",
            "For example: “No, my name is …”",
        ],
    ),
)
