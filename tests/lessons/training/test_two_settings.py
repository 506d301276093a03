"""Noise and a story: two settings of the same knobs."""

from llm_lessons.lessons.training import two_settings
from tests import tiny


def test_only_the_knobs_differ():
    lm = tiny.model()
    found = two_settings.write(lm, "The fox")
    noise, story = found.values()
    assert story == lm.generate("The fox", two_settings.TOKENS, seed=1)
    assert noise != story
    assert found == two_settings.write(lm, "The fox")
