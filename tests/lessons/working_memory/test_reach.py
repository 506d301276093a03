"""The window's edge: between what is seen and what is not, for both twins."""

import pytest

from llm_lessons.fjordby import notes
from llm_lessons.lessons.working_memory import open_book, reach
from llm_lessons.measuring.intervals import share
from tests import tiny
from tests.each import each_of
from tests.titled import title_of


def curve(*rights: float) -> dict:
    """Shares of 100 at 0, 40 and 90 tokens."""
    shares = [share([1] * round(100 * p) + [0] * round(100 - 100 * p)) for p in rights]
    return dict(zip((0, 40, 90), shares, strict=True))


ALIKE = reach.Reach({"Fjord": curve(1, 0.98, 0), "its twin": curve(1, 0.93, 0)}, 60.0)
APART = reach.Reach({"Fjord": curve(1, 0.98, 0), "its twin": curve(1, 0.3, 0)}, 60.0)


def test_the_edge_lies_between_what_is_seen_and_what_is_not():
    sentence = APART.sentence().replace("\u00a0", " ")
    assert "40 tokens" in sentence and "98 % (its twin: 30 %)" in sentence
    assert "with 90" in sentence and "0 % (its twin: 0 %)" in sentence
    assert "edge of the window at about 60 tokens" in APART.alt()


def test_distance_is_judged_within_the_window_and_by_the_worse_twin():
    alike, apart = (r.verdict().replace("\u00a0", " ") for r in (ALIKE, APART))
    assert alike == (
        "Within the window, no place has less than 93 % right. The twins are never "
        "more than 5 points apart."
    )
    assert "distance does harm: down to 30 % right" in apart
    assert "up to 68 points apart" in apart and "belongs to one model" in apart
    alone = reach.Reach({"Fjord": ALIKE.right["Fjord"]}, 60.0)
    assert (
        "no place has less than 98" in alone.verdict() and "twin" not in alone.verdict()
    )


def test_so_much_story_fits_and_no_more(monkeypatch):
    """The longest text that is read as it is, against the room that is told."""
    lm = tiny.model()
    monkeypatch.setattr(open_book, "by_distance", lambda lm, pages, distances: {})
    [page] = notes.held_out(1, 0)
    room = round(reach.measure([lm], 1).room)
    lm.encode(page.prompt, window="slide")
    filler = lm.tokenizer.decode([lm.tokenizer.encode("\n")[0]] * max(0, room))
    lm.encode(filler + page.prompt, window="slide")
    with pytest.warns(UserWarning, match="no longer fits"):
        lm.encode(filler + "\n" + page.prompt, window="slide")


def test_every_model_is_asked_the_same(monkeypatch):
    asked = []
    monkeypatch.setattr(
        *(open_book, "by_distance"),
        lambda lm, pages, distances: (
            asked.append((pages, distances)) or {0: share([1])}
        ),
    )
    monkeypatch.setattr(reach, "median", lambda lengths: share([1]))
    lm = tiny.model()
    monkeypatch.setattr(lm, "encode", list)
    other = lm.with_params(lm.params)
    found = reach.measure([lm, other], 3)
    assert asked[0] == asked[1] and len(asked[0][0]) == 3
    assert asked[0][1] == reach.DISTANCES
    assert list(found.right) == [lm.name, other.name]


@each_of(
    ("found", "title"),
    [
        (ALIKE, "In the window, 93 % or more are right; beyond, none"),
        (APART, "Within the window, too, it falls to 30 % right"),
        (
            reach.Reach({"Fjord": curve(0.9, 0.88, 0.03)}, 60.0),
            "In the window, 88 % or more are right; beyond, at most 3 %",
        ),
        (
            reach.Reach({"Fjord": curve(0.9, 0.88, 0.85)}, 60.0),
            "No clear difference by distance",
        ),
    ],
)
def test_the_title_says_what_distance_does(found, title):
    assert title_of(found) == title
