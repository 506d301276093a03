"""Plausible wrong answers, and what each of them is told."""

from llm_lessons.lessons.exercises import exercise
from tests.each import each_of
from tests.lessons.checking.told import is_told


def sums(start, changes, carry=True, signed=True):
    total, lines = start, []
    for change in changes:
        sign = "-" if signed and change < 0 else "+"
        size = abs(change) if signed else change
        lines.append(f"{total} {sign} {size} = {total + change}.")
        total = total + change if carry else start
    return " ".join(lines), start + sum(changes)


def plus_minus(start, changes):
    lines, answer = sums(start, changes, signed=False)
    return f"{lines} Answer: {answer}."


def never_carries(start, changes):
    lines, answer = sums(start, changes, carry=False)
    return f"{lines} Answer: {answer}."


def stops_early(start, changes):
    lines, answer = sums(start, changes[:1])
    return f"{lines} Answer: {answer}."


def forgets_to_return(start, changes):
    sums(start, changes)


@each_of(
    ("function", "text"),
    [
        (lambda s, c: f"Answer: {s + sum(c)}.", "There is no step"),
        (lambda s, c: sums(s, c)[0], "The last line is missing"),
        (plus_minus, "write 19 - 3, not 19 + -3"),
        (never_carries, "begins with the number at which the last one ended"),
        (stops_early, "2 changes need as many steps"),
        (lambda s, c: f"{sums(s, c)[0]} Answer: {s}.", "it should read: 12 + 7 = 19."),
        (lambda s, c: [sums(s, c)[0]], "should return a text"),
        (forgets_to_return, "end it with `return`"),
    ],
)
def test_wrong_steps_are_told_why(function, text):
    is_told("08.3", {"steps": function}, "wrong", text)


def test_lines_may_stand_below_each_other():
    def steps(start, changes):
        lines, answer = sums(start, changes)
        return lines.replace(". ", ".\n") + f"\nAnswer: {answer}.\n"

    assert exercise("08.steps").check({"steps": steps}).status == "right"
