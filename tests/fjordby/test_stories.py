"""Stories: well formed, varied, and faithful to what they name."""

import re
from collections import Counter

import pytest

from llm_lessons.fjordby import stories, words

_FIRST_NAMES = frozenset(words.FIRST_NAMES)


def test_a_dozen_plots_or_more_with_a_choice_at_every_step():
    assert len(stories.plots()) >= 12
    for plot in stories.plots():
        assert len(plot) == 6
        assert all(len(set(step)) >= 3 for step in plot)


def test_the_hero_is_named_again_after_the_opening(texts):
    for text in texts["stories"]:
        names = [
            name for name in re.findall(r"[A-Z][a-z]+", text) if name in _FIRST_NAMES
        ]
        assert names.count(names[0]) >= 2, text


def test_endings_come_back_to_what_the_story_named():
    endings = [ending for plot in stories.plots() for ending in plot[-1]]
    named = {"hero", "thing", "beast", "friend", "place"}
    silent = [e for e in endings if not named & set(re.findall(r"{(\w+)}", e))]
    assert not silent


@pytest.mark.parametrize(
    ("known", "names"),
    [
        (("the {thing}", "the {item}"), ("{thing}",)),
        (("{beast}",), ("{animal}",)),
    ],
)
def test_what_is_called_known_was_met_whichever_wordings_are_drawn(known, names):
    for plot in stories.plots():
        # The first step introduces: "the kite that lay near the mill" is no slip.
        for number, step in enumerate(plot[1:], start=1):
            for wording in step:
                if any(word in wording.replace("The {", "the {") for word in known):
                    assert any(
                        all(any(name in other for name in names) for other in earlier)
                        for earlier in plot[:number]
                    ), wording


def test_no_gap_is_left_and_no_slip_of_grammar(texts):
    slips = re.compile(r'[{}|]|  |\.\.|"\.|\ba [aeio]|\ban (?!hour)[^aeiou]|,,| ,')
    for text in texts["stories"]:
        assert not slips.search(text), text


def test_openings_vary_and_the_classics_are_common(texts):
    openings = Counter(" ".join(text.split()[:2]) for text in texts["stories"])
    total = len(texts["stories"])
    assert openings["Once upon"] > total / 5
    assert openings["One morning,"] + openings["One morning"] > total / 10
    assert len(openings) >= 10


def test_hardly_a_story_is_told_twice(texts):
    assert len(set(texts["stories"])) > 0.999 * len(texts["stories"])
