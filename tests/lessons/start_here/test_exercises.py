"""Texts after which the model is sure, and others, and what each of them is told."""

from tests.each import each_of
from tests.exercises.told import is_told


@each_of(
    ("text", "status", "said"),
    [
        (0.9, "wrong", "a text in quotes"),
        ("", "wrong", "`text`: "),
        ("Once upon a time there was a", "wrong", "Which beginning leaves only one"),
        ("Once upon a", "right", "After “Once upon a” the longest bar is “␣time”"),
    ],
)
def test_the_longest_bar_decides(text, status, said):
    is_told("00.1", {"text": text}, status, said)
