"""Heat on a writer that is known: what it is asked, and what is counted."""

import re
from types import SimpleNamespace
from typing import Any

from llm_lessons.lessons.temperature import real_heat
from llm_lessons.lessons.temperature.capitals import COUNTRIES, asked

NEW = " ".join(map(str, range(48)))


def batch(prompts, max_tokens, temperature) -> list[str]:
    """Knows every capital at 0, half of them at 1; tells a story for each draw.

    Cold, it says the same words again and again in every fourth text.
    """
    if prompts[0] == real_heat.BEGINNING:
        return [f" {i * bool(temperature)}" for i, _ in enumerate(prompts)]
    if prompts[0] in real_heat.RAW_TEXTS:
        assert len(set(prompts)) == len(prompts)  # each with a beginning of its own
        rounds = [temperature == 0 and i % 4 == 0 for i, _ in enumerate(prompts)]
        return ["a b c d " * 12 if one else NEW for one in rounds]
    right = [c.capital for p in prompts for c in COUNTRIES if asked(c) == p]
    assert len(right) == len(prompts)
    return [
        f" {town}." if i % 2 or not temperature else " London"
        for i, town in enumerate(right)
    ]


def test_right_capitals_different_stories_and_circles_are_counted():
    lm: Any = SimpleNamespace(batch=batch)
    found = real_heat.measure(lm, (0.0, 1.0), each=3)
    cold, hot = found.heats
    assert (cold.counts, hot.counts) == ((36, 1, 6), (18, 36, 0))
    counts = re.findall(r"(\d+) at 0, (\d+) at 1", found.sentence())
    assert counts == [("36", "18"), ("1", "36"), ("6", "0")]
    # no town is a part of another of its country
    for country in COUNTRIES:
        assert country.capital not in country.other
        assert country.other not in country.capital
