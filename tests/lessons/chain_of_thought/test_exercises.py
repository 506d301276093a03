"""Plausible wrong answers, and what each of them is told."""

from collections import Counter

from llm_lessons.lessons.exercises import exercise
from tests.each import each_of
from tests.exercises.told import is_told


def sums(start, changes, carry=True, signed=True):
    total, lines = start, []
    for change in changes:
        sign = "-" if signed and change < 0 else "+"
        size = abs(change) if signed else change
        lines.append(f"{total} {sign} {size} = {total + change}.")
        total = total + change if carry else start
    return " ".join(lines), start + sum(changes)


def only_the_answer(start, changes):
    return f"Answer: {start + sum(changes)}."


def no_answer(start, changes):
    return sums(start, changes)[0]


def plus_minus(start, changes):
    lines, answer = sums(start, changes, signed=False)
    return f"{lines} Answer: {answer}."


def never_carries(start, changes):
    lines, answer = sums(start, changes, carry=False)
    return f"{lines} Answer: {answer}."


def stops_early(start, changes):
    lines, answer = sums(start, changes[:1])
    return f"{lines} Answer: {answer}."


def answers_with_the_start(start, changes):
    return f"{sums(start, changes)[0]} Answer: {start}."


def gives_lines(start, changes):
    return [sums(start, changes)[0]]


def forgets_to_return(start, changes):
    sums(start, changes)


@each_of(
    ("function", "text"),
    [
        (only_the_answer, "There is no step"),
        (no_answer, "The last line is missing"),
        (plus_minus, "write 19 - 3, not 19 + -3"),
        (never_carries, "begins with the number at which the last one ended"),
        (stops_early, "2 changes need as many steps"),
        (answers_with_the_start, "it should read: 12 + 7 = 19."),
        (gives_lines, "should return a text"),
        (forgets_to_return, "end it with `return`"),
    ],
)
def test_wrong_steps_are_told_why(function, text):
    is_told("08.1", {"steps": function}, "wrong", text)


def test_lines_may_stand_below_each_other():
    def steps(start, changes):
        lines, answer = sums(start, changes)
        return lines.replace(". ", ".\n") + f"\nAnswer: {answer}.\n"

    assert exercise("08.steps").check({"steps": steps}).status == "right"


@each_of(
    ("mended", "price", "status", "text"),
    [
        (30, 2, "wrong", "30 is the slip itself"),
        (26, 2, "wrong", "in front of the minus"),
        (9, 2, "wrong", "in front of the minus"),
        (34, 2, "wrong", "so that 9 are left"),
        (13, 3, "wrong", "3 is the right price"),
        (13, 6, "wrong", "for all 3 apples"),
        (13, 1, "wrong", "among 3 apples"),
        ("13", 2, "wrong", "should be a number"),
        (13, 2.0, "right", "check the steps"),
    ],
)
def test_slip(mended, price, status, text):
    is_told("08.2", {"mended": mended, "goes_with": price}, status, text)


@each_of(
    ("function", "text"),
    [
        (lambda answers: answers[0], "the commonest is '4'"),
        (max, "the commonest is '4'"),
        (min, "the commonest is '17'"),
        (set, "yours gives set"),
        (lambda answers: Counter(answers).most_common(1), "yours gives list"),
        (lambda answers: max(map(answers.count, answers)), "return the winner itself"),
        (lambda answers: answers.sort(), "end it with `return`"),
    ],
)
def test_a_wrong_majority_is_told_why(function, text):
    is_told("08.majority", {"majority": function}, "wrong", text)


def test_a_counter_is_right():
    def majority(answers):
        return Counter(answers).most_common(1)[0][0]

    assert exercise("08.3").check({"majority": majority}).status == "right"
