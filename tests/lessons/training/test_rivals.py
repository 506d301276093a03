"""What a model in training is compared with: taken as kept, or measured anew."""

import pytest

from llm_lessons.lessons.training import rivals
from llm_lessons.lessons.training.live import SMALL
from llm_lessons.loading import load
from llm_lessons.measuring import kept
from tests import tiny


def test_all_see_as_much_as_the_small_model():
    assert SMALL.max_seq_len == rivals.WINDOW


def test_what_is_kept_is_not_measured_again():
    lm = load("fjord")
    found = rivals.known(lm, rivals.WINDOW)
    assert found == kept.find(rivals.RIVALS, [lm]).result  # to its last rounded digit
    assert 0.5 < found.model.value < found.pairs.value < 6


@pytest.mark.parametrize("window", [rivals.WINDOW, 12])
def test_another_model_is_measured(window, monkeypatch: pytest.MonkeyPatch):
    def of_texts(lm, texts, window):
        return lm.name, len(texts), window

    monkeypatch.setattr(rivals, "of_texts", of_texts)
    monkeypatch.setattr(rivals, "unseen", lambda: tiny.TEXTS)
    lm = tiny.model()
    assert rivals.known(lm, window) == (lm.name, len(tiny.TEXTS), window)
