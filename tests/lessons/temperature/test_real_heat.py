"""Heat on a writer that is known: what it is asked, and what is counted."""

import re

import numpy as np

from llm_lessons.lessons.temperature import real_heat
from llm_lessons.lessons.temperature.capitals import COUNTRIES, asked, first_named
from tests.each import each_of

NEW = " ".join(map(str, range(48)))


class Writer:
    """Knows every capital at 0, half of them at 1; tells a story for each draw.

    Cold, it says the same words again and again in every fourth text.
    """

    def batch(self, prompts, max_tokens, temperature):
        if prompts[0] == real_heat.BEGINNING:
            return [f" {i * bool(temperature)}" for i, _ in enumerate(prompts)]
        if prompts[0] in real_heat.RAW_TEXTS:
            rounds = [temperature == 0 and i % 4 == 0 for i, _ in enumerate(prompts)]
            return ["a b c d " * 12 if one else NEW for one in rounds]
        right = [c.capital for p in prompts for c in COUNTRIES if asked(c) == p]
        assert len(right) == len(prompts)
        return [
            f" {town}." if i % 2 or not temperature else " London"
            for i, town in enumerate(right)
        ]


def test_right_capitals_and_different_stories_are_counted():
    found = real_heat.measure(Writer(), (0.0, 1.0), each=3)  # type: ignore[arg-type]
    cold, hot = found.heats
    assert (cold.capitals, cold.distinct) == (36, 1)
    assert (hot.capitals, hot.distinct) == (18, 36)
    counts = re.findall(r"(\d+) at 0, (\d+) at 1", found.sentence())
    assert counts == [("36", "18"), ("1", "36"), ("6", "0")]
    (axes,) = found.figure().axes
    drawn = [np.array(line.get_ydata()).tolist() for line in axes.lines]
    assert drawn == [[36, 18], [1, 36], [9, 0]]  # of 36


@each_of(
    ("text", "town"),
    [
        (" Lyon is not Paris.", "Lyon"),
        ("Paris, and Lyon", "Paris"),
        ("Marseille", None),
        ("", None),
    ],
)
def test_the_town_that_is_named_first_counts(text: str, town: str | None):
    assert first_named(text, COUNTRIES[0]) == town


def test_every_text_has_a_beginning_of_its_own():
    begun = real_heat.RAW_TEXTS
    assert len(set(begun)) == len(begun) == real_heat.EACH * len(COUNTRIES)


def test_no_town_is_a_part_of_another_of_its_country():
    for country in COUNTRIES:
        assert country.capital not in country.other
        assert country.other not in country.capital
    assert len({country.name for country in COUNTRIES}) == len(COUNTRIES) == 12
