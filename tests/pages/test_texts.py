"""What of a notebook's texts is for people who read a page."""

import pytest

from llm_lessons.pages.texts import for_a_reader


@pytest.mark.parametrize(
    ("text", "left", "asks"),
    [
        ("One.\n\nTwo.", "One.\n\nTwo.", False),
        ("Run each cell with **Shift+Enter**.\n([All](x.ipynb))", "", False),
        ("One.\n\nMove it, then run this cell again:", "One.", True),
        ("Press it, or run the\ncell below it.\n\nLook.", "Look.", False),
        ("1. Change it, run that cell.\n2. Look.\n3. Go.", "1. Look.\n3. Go.", False),
        ("Here are ten. This takes some\nseconds:", "Here are ten.", False),
        (
            "It is new. (To make it takes some seconds.) So look.",
            "It is new. So look.",
            False,
        ),
        ("Guess. You can pick again, and each choice tells\nyou why.", "Guess.", False),
        ("It costs some seconds of work.", "It costs some seconds of work.", False),
        ("*20 minutes · [all lessons](a.ipynb)*", "*20 minutes*", False),
    ],
)
def test_what_asks_to_run_or_to_wait_goes(text: str, left: str, asks: bool):
    found, asked = for_a_reader(text)
    assert asked == asks
    assert " ".join(found.split()) == " ".join(left.split())
