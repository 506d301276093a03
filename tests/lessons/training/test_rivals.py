"""What the class model is compared with: taken as kept, or measured anew."""

import pytest

from llm_lessons.language_model.loading import load
from llm_lessons.lessons.training import rivals
from llm_lessons.measuring import kept
from tests import tiny


def test_what_is_kept_is_not_measured_again():
    lm = load("fjord")
    found = rivals.known(lm)
    assert found == kept.find(rivals.RIVALS, [lm]).result  # to its last rounded digit
    assert 0.5 < found.model.value < found.pairs.value < 6


def test_another_model_is_measured(monkeypatch: pytest.MonkeyPatch):
    def of_texts(lm, texts, window):
        return lm.name, len(texts), window

    monkeypatch.setattr(rivals, "of_texts", of_texts)
    monkeypatch.setattr(rivals, "unseen", lambda: tiny.TEXTS)
    lm = tiny.model()
    assert rivals.known(lm) == (lm.name, len(tiny.TEXTS), rivals.WINDOW)
