"""Noise and a story: safe to show, whatever bytes the noise is made of."""

from llm_lessons.lessons.training import two_settings
from llm_lessons.lessons.training.two_settings import TwoSettings
from tests import tiny


def test_whatever_the_noise_is_it_is_shown_as_text():
    found = TwoSettings("The fox", "<b>\x00\n| &", " found a boat.")
    shown = found._repr_html_()
    assert "<b>The fox</b>&lt;b&gt;␀↵| &amp;</div>" in shown
    assert "<b>The fox</b> found a boat.</div>" in shown
    assert repr(found).splitlines() == [
        "knobs at random: The fox<b>␀↵| &",
        "knobs after training: The fox found a boat.",
    ]


def test_only_the_knobs_differ():
    lm = tiny.model()
    found = two_settings.write(lm, "The fox")
    assert found.story == lm.generate("The fox", two_settings.TOKENS, seed=1)
    assert found.noise != found.story
    assert found == two_settings.write(lm, "The fox")
