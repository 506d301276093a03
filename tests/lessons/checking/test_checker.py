"""The checker tells apart what a learner may have left, and never stops a notebook."""

import html.parser
import re
import sys

import numpy as np
import pytest

from llm_lessons.lessons.checking.answers import Wrong, as_letter, as_number, call
from llm_lessons.lessons.checking.boxes import Box, Choice, Number
from llm_lessons.lessons.checking.checker import Exercise
from llm_lessons.lessons.exercises import EXERCISES, exercise
from tests.each import failing
from tests.lessons.checking.told import an_exercise


def examine(number, function):
    if as_number(number, "number") != 3:
        raise Wrong("Count again: `number` is not 3.")
    if call(function, "function", 2) != 4:
        raise Wrong("`function` should double.")
    return "Well counted."


@pytest.fixture
def example():
    return an_exercise(
        answers=["number", "function"],
        examine=examine,
        code="number = 3\n\ndef function(x):\n    return 2 * x\n",
    )


class Odd(float):
    """A number that no examiner thought of."""

    def __float__(self):
        raise LookupError("nowhere")


def double(x):
    return 2 * x


def dots(x):
    """A docstring is no attempt."""
    ...


def passes(x):
    pass


def returns_dots(x):
    return ...


def breaks(x):
    return x / 0


LINE = breaks.__code__.co_firstlineno + 1
STATES = [
    ({}, "missing", "no `number` and `function` yet"),
    ({"number": 3}, "missing", "no `function` yet"),
    ({"number": ..., "function": double}, "not attempted", "`number`"),
    ({"number": None, "function": double}, "not attempted", "`number`"),
    ({"number": 3, "function": dots}, "not attempted", "`function`"),
    ({"number": 3, "function": passes}, "not attempted", "`function`"),
    ({"number": 3, "function": returns_dots}, "not attempted", "`function`"),
    ({"number": 4, "function": double}, "wrong", "Count again"),
    ({"number": "3", "function": double}, "wrong", "should be a number"),
    ({"number": True, "function": double}, "wrong", "should be a number"),
    ({"number": 10**400, "function": double}, "wrong", "should be a number"),
    ({"number": 3, "function": 7}, "wrong", "should be a function; it is `7`"),
    ({"number": 3, "function": sys.exit}, "error", "SystemExit"),
    ({"number": 3, "function": breaks}, "error", f"division by zero (line {LINE} of"),
    ({"number": Odd(3), "function": double}, "error", "LookupError: nowhere"),
    ({"number": 3, "function": lambda: 4}, "wrong", "should take 1 value, as the task"),
    ({"number": 3, "function": Odd}, "wrong", "should be a function; it is"),
    ({"number": 3, "function": abs}, "wrong", "should double"),
    ({"number": 3, "function": double}, "right", "Well counted."),
]


def test_states_are_told_apart(example):
    for answers, status, text in STATES:
        feedback = example.check(answers)
        assert feedback.status == status and text in feedback.text, answers


def test_letters_are_taken_as_they_come():
    assert as_letter(" b ", "choice", "ABC") == "B"
    for wrong in ("D", "AB", "", 1, None):
        with pytest.raises(Wrong, match='should be one of "A", "B", "C"'):
            as_letter(wrong, "choice", "ABC")


def test_hints_come_one_at_a_time(example):
    texts = [example.hint().text for _ in range(4)]
    assert texts[0] == "First."
    assert texts[1].startswith("Second. (That was the last")
    assert texts[1] == texts[2] == texts[3]


class Reader(html.parser.HTMLParser):
    """The text that a browser would show."""

    def __init__(self, source):
        super().__init__()
        self.text, self.tags = "", []
        self.feed(source)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)

    def handle_data(self, data):
        self.text += data


def test_feedback_reads_the_same_as_page_and_as_text(example):
    feedback = example.check({"number": 4, "function": double})
    assert repr(feedback) == (
        "Exercise 99.1: ✗ Not yet. Count again: `number` is not 3."
    )
    page = Reader(feedback._repr_html_())
    assert page.text == repr(feedback).replace("`", "")
    assert repr(example.solution()).endswith(example.solution().code)
    assert Reader(example.solution()._repr_html_()).text.endswith("return 2 * x\n")
    # what a learner wrote is never read as HTML
    answers = {"number": "<script>alert(1)</script>", "function": double}
    page = Reader(example.check(answers)._repr_html_())
    assert "<script>alert(1)</script>" in page.text and "script" not in page.tags


def test_a_task_of_several_parts_is_a_list():
    task = "Two parts:\n- `one`: a <b>\n- `two`\nThat is all."
    parts = an_exercise(task=task, answers=["one"], examine=examine, code="")
    assert repr(parts).startswith(f"Exercise 99.1: {task}")
    page = Reader(parts._repr_html_())
    assert [tag for tag in page.tags if tag in ("ul", "li", "b")] == ["ul", "li", "li"]
    assert page.text.index("a <b>") < page.text.index("two") < page.text.index("all.")
    for one in EXERCISES:
        items = [line for line in one.task.splitlines() if line.startswith("- ")]
        if len(one.answers) > 1 and not one.boxes:
            named = [re.match(r"- (?:Set |Write )?`(\w+)", item) for item in items]
            assert [it and it[1] for it in named] == [*one.answers], one.name


def test_what_is_typed_into_boxes_is_read():
    ways = {"A": "by heart", "B": "made up"}
    boxes = {
        "number": Number("How many: a guess", "3"),
        "word": Box("A word", "sea"),
        "way": Choice("How", "A", ways),
    }
    one = an_exercise(answers=boxes, examine=lambda *read: f"It is {read}.")
    typed = {"number": "3,5", "word": "“sea”", "way": "A"}
    assert one.check(typed).text == "It is (3.5, 'sea', 'A')."
    assert one.check({"number": 3, "word": "sea", "way": " b"}).status == "right"
    for changed, status, text in (
        ({}, "not attempted", "Nothing stands in “How many: a guess”, “A word” and “H"),
        (typed | {"word": " "}, "not attempted", "Nothing stands in “A word” yet."),
        (typed | {"number": "three"}, "wrong", "“three” is no number. Write it in dig"),
        (typed | {"word": 3}, "wrong", "“A word” should be some words."),
        (typed | {"way": "C"}, "wrong", "should be one of"),
    ):
        found = one.check(changed)
        assert (found.status, text in found.text) == (status, True), found
    assert one.check() == one.check({})
    assert one.solution().code == "How many: 3\nA word: sea\nHow: A\n"
    assert "A: by heart; B: made up.\n- How many: a guess\n- A word" in repr(one)


def raises(*given):
    raise KeyError("no\nsuch thing")


RETURNED = [
    *(None, 0, 5, 1.5, float("nan"), True, "", "x", b"x", (), [], [1, 2], ["a"]),
    *([None], [[1, 2], 3], [10**400, 0], [object()], {}, {"a": 1}, {1.5}, range(3)),
    *(np.array(1.5), Odd, object(), double, len),
]
# What a learner's code may be, and what it may give back.
ODD = [*RETURNED, ..., -1, float("inf"), raises, lambda: 1, lambda a, b, c, d, e: 1]
ODD += [lambda *_, found=one: found for one in RETURNED]
ODD += [lambda *given: iter(given).__next__, lambda *given: (x[99] for x in [given])]


def is_complete(one: Exercise) -> None:
    assert exercise(one.number) is exercise(one.name) is one
    assert one.name[:2] == one.number[:2]
    assert one.check({}).status == "not attempted" if one.boxes else "missing"
    blank = dict.fromkeys(one.answers, ...)
    assert one.check(blank).status == "not attempted"
    variables = {name: box.answer for name, box in one.boxes.items()}
    exec(one.code, variables)
    assert one.check(variables).status == "right"
    assert max(map(len, one.solution().code.splitlines())) <= 79


@pytest.mark.slow
def test_every_exercise_is_complete():
    assert failing(EXERCISES, is_complete) == []
    with pytest.raises(ValueError, match=r"no exercise '04.9'; there are .*04\.1"):
        exercise("04.9")


def test_nothing_that_a_learner_leaves_raises():
    def is_wrong(case) -> None:
        one, value = case
        found = one.check(dict.fromkeys(one.answers, value))
        assert found.status != "right"
        # one plain sentence, which is no message of Python's but of the learner's code
        assert found.text and "\n" not in found.text
        assert found.status != "error" or " raised " in found.text, found

    cases = [(one, value) for one in EXERCISES for value in ODD]
    assert len(EXERCISES) > 20 and failing(cases, is_wrong) == []
