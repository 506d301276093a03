"""Plausible wrong answers, and what each of them is told."""

from tests.each import each_of
from tests.lessons.checking.told import is_told


def right(notes, question):
    return "".join(f"Note: {n}\n" for n in notes) + f"Question: {question}\nAnswer:"


def question_first(notes, question):
    lines = [f"Question: {question}", *(f"Note: {note}" for note in notes), "Answer:"]
    return "\n".join(lines)


def no_question(notes, question):
    return "\n".join([*(f"Note: {note}" for note in notes), "Answer:"])


def no_line_breaks(notes, question):
    return right(notes, question).replace("\n", " ")


def no_answer(notes, question):
    return right(notes, question).removesuffix("\nAnswer:")


def space_behind(notes, question):
    return right(notes, question) + " "


def no_marks(notes, question):
    return right(notes, question).replace("Note: ", "")


def forgets_to_return(notes, question):
    right(notes, question)


@each_of(
    ("function", "status", "text"),
    [
        (question_first, "wrong", "The question stands before a note"),
        (lambda n, q: right(n[-1:], q), "wrong", "Of 3 notes, 2 did not get in"),
        (no_question, "wrong", "The question did not get in"),
        (no_line_breaks, "wrong", "there should be 3 lines; yours has 1"),
        (no_answer, "wrong", 'Without "Answer:"'),
        (space_behind, "wrong", "Something unseen stands behind `Answer:`"),
        (no_marks, "wrong", "Line 1 is `Ida Bergset lives in Uthavn.`; it should be"),
        (lambda n, q: right(n, q).split("\n"), "wrong", "not a list of lines"),
        (forgets_to_return, "wrong", "end it with `return`"),
        (lambda n, q: n + q, "error", "TypeError"),
        (right, "right", "text in one piece"),
    ],
)
def test_prompts(function, status, text):
    is_told("09.prompt", {"with_notes": function}, status, text)
