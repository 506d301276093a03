"""Exercises of the lesson on working memory."""

from typing import Any

from llm_lessons.lessons.checking.answers import Wrong, call
from llm_lessons.lessons.checking.boxes import Choice, Number
from llm_lessons.lessons.checking.checker import Exercise
from llm_lessons.model.config import SMOLLM2_135M

_NOTES = ["Ida Bergset lives in Uthavn.", "Tor Lundvik keeps a cat.", "It rains."]
_QUESTION = "Where does Ida Bergset live?"

_WINDOW = SMOLLM2_135M.max_seq_len  # tokens, as all of these
_ASKED, _ANSWERED, _PAGE = 400, 800, 500
_ROOM = _WINDOW - _ASKED - _ANSWERED


def _examine_prompt(with_notes: Any) -> str:
    for count in (1, 3, 0):
        _compare(call(with_notes, "with_notes", _NOTES[:count], _QUESTION), count)
    return (
        "A prompt with the book open is notes, a question and a place for the answer: "
        "text in one piece. Give it to `lm.generate` and see."
    )


def _compare(prompt: Any, count: int) -> None:
    """Raise what most likely went wrong, if this is not the right prompt."""
    notes = _NOTES[:count]
    wanted = [*(f"Note: {note}" for note in notes), f"Question: {_QUESTION}", "Answer:"]
    if not isinstance(prompt, str):
        raise Wrong("`with_notes` should return one text, not a list of lines.")
    if prompt == "\n".join(wanted):
        return
    forgotten = [note for note in notes if note not in prompt]
    if forgotten:
        raise Wrong(f"Of {len(notes)} notes, {len(forgotten)} did not get in.")
    if _QUESTION not in prompt:
        raise Wrong("The question did not get in.")
    if notes and prompt.index(_QUESTION) < prompt.index(notes[-1]):
        raise Wrong(
            "The question stands before a note. The model answers at the end of the "
            "text: put what it should read first in front."
        )
    if "Answer:" not in prompt:
        raise Wrong('Without "Answer:" at its end, the model may go on asking.')
    if prompt != prompt.rstrip():
        raise Wrong(
            "Something unseen stands behind `Answer:`. A space or a line break is a "
            "token too, and the model brings its own space along."
        )
    given = prompt.split("\n")
    if len(given) != len(wanted):
        raise Wrong(
            f"With {len(notes)} notes there should be {len(wanted)} lines; yours has "
            f"{len(given)}. A new line begins with `\\n`."
        )
    line = next(i for i, answer in enumerate(given) if answer != wanted[i])
    raise Wrong(f"Line {line + 1} is `{given[line]}`; it should be `{wanted[line]}`.")


def _examine_pages(given: float) -> str:
    if given != int(given):
        raise Wrong(
            f"{given:g} is no whole number; of half a page, the model sees half."
        )
    slips = {
        (_WINDOW - _ASKED) // _PAGE: "Where will the answer go? It is written into the "
        "same window.",
        _WINDOW // _PAGE: "The question and the answer need room in the window, too.",
        (_WINDOW - _ANSWERED) // _PAGE: f"Nearly: the question takes {_ASKED} tokens, "
        f"too, and {_ROOM:,} tokens are not quite {_ROOM // _PAGE + 1} pages.",
    }
    if int(given) in slips:
        raise Wrong(slips[int(given)])
    if given != _ROOM // _PAGE:
        raise Wrong(
            f"It is not {given:g}. How many of the {_WINDOW:,} tokens are left for "
            "pages?"
        )
    return (
        f"{_ROOM:,} tokens are left: that is {_ROOM // _PAGE} whole pages. One page "
        "more, and something falls out of the window or is refused."
    )


_SOURCES = {
    "W": "the weights",
    "C": "the context",
    "N": "neither, so it can only make it up",
}


def _examine_sources(capital: str, name: str, yesterday: str) -> str:
    if capital != "W":
        raise Wrong(
            "The capital: nothing in the chat said it, and it is true. Where has the "
            "model read it thousands of times?"
        )
    if name == "W":
        raise Wrong(
            "Your name: the weights were locked long before you typed it. What does "
            "the model read before every answer?"
        )
    if name != "C":
        raise Wrong("Your name: it is right, so it stands somewhere. Scroll up.")
    if yesterday != "N":
        raise Wrong(
            "Yesterday: a new chat is an empty page, and weights don't change when "
            "they are used. What is left to answer from?"
        )
    return (
        "What was trained is in the weights, what was typed is in the context, and all "
        "else is made up. (A product that does remember you keeps notes, and pastes "
        "them into the context where you don't see them.)"
    )


EXERCISES = (
    Exercise(
        "09.1",
        "09.sources",
        aim="Tell weights and context apart",
        task=(
            "A chatbot without tools and without saved notes says three things. "
            "Where does each come from?"
        ),
        answers={
            "capital": Choice(
                "The capital: it names that of Japan, which nobody here has mentioned",
                "W",
                _SOURCES,
            ),
            "your_name": Choice(
                "Your name: it calls you as you said three messages ago",
                "C",
                _SOURCES,
            ),
            "yesterday": Choice(
                "Yesterday: in a new chat, it says what you talked about then",
                "N",
                _SOURCES,
            ),
        },
        examine=_examine_sources,
        hints=[
            "The weights hold what was in the training text; the context holds what is "
            "in this chat.",
            "A new chat begins with an empty context.",
        ],
    ),
    Exercise(
        "09.2",
        "09.pages",
        aim="Work out how many pages fit the window",
        task=(
            f"SmolLM2's window holds {_WINDOW:,} tokens, for all that it reads and "
            f"writes. Your question takes {_ASKED} of them, and the answer may take "
            f"{_ANSWERED}. A page of your report is {_PAGE} tokens. How many whole "
            "pages can you paste in front of the question?"
        ),
        answers={"whole_pages": Number("Whole pages", f"{_ROOM // _PAGE}")},
        examine=_examine_pages,
        hints=[
            "First take away what is not for pages: the question and the answer.",
            "Then divide by the tokens of a page, and drop what is not whole.",
        ],
    ),
    Exercise(
        "09.3",
        "09.prompt",
        aim="Write a prompt with notes",
        task=(
            "Write `with_notes(sentences, question)`. It takes a list of sentences and "
            "a question, and returns one text: a line `Note: ...` for every sentence, "
            "a line `Question: ...`, and a last line `Answer:` with nothing behind it."
        ),
        answers=["with_notes"],
        examine=_examine_prompt,
        hints=[
            "Make a list of lines first, then join them.",
            '`"\\n".join(lines)` puts a line break between the lines, and none behind '
            "the last one.",
            '`lines = [f"Note: {note}" for note in sentences]`, then append two more.',
        ],
        code="""\
def with_notes(sentences, question):
    lines = [f"Note: {note}" for note in sentences]
    lines += [f"Question: {question}", "Answer:"]
    return "\\n".join(lines)
""",
    ),
)
