"""The machine in one file: the same tokens, scores and texts as the package's."""

import ast
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import llm_lessons as ll
from llm_lessons import in_one_file
from llm_lessons.decoding.sampling import coin_at
from llm_lessons.foundation.paths import DATA
from llm_lessons.language_model import LanguageModel

TEXTS = (
    "Once upon a time there was a girl",
    "Mia has 3 marbles and gets 12 more.\nNow she has",
    "User: Hi!\nFjord:",
    "Öre, 日本 and \u2581, not a <s>\n\n  at all",
)


@pytest.fixture(scope="module", params=["fjord", "fjord-twin"])
def both(request) -> tuple[LanguageModel, in_one_file.Model]:
    """A class model, as the package reads it and as the file does."""
    return ll.load(request.param), in_one_file.read_model(DATA / request.param)


VOCABULARY = in_one_file.read_vocabulary(DATA / "fjord" / "tokenizer.model")


@given(text=st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
@settings(max_examples=200)
def test_any_text_is_cut_alike(text: str):
    tokens = VOCABULARY.cut(text)
    assert tokens[1:] == ll.load("fjord").tokenizer.encode(text)
    assert VOCABULARY.join(tokens) == text


@pytest.mark.parametrize("text", TEXTS)
def test_scores_are_the_same_up_to_rounding(both, text: str):
    lm, (knobs, config, vocabulary) = both
    found = in_one_file.scores(vocabulary.cut(text), knobs, config)
    np.testing.assert_allclose(found[-1], lm.logits(text), rtol=0, atol=3e-5)


@pytest.mark.parametrize("text", [TEXTS[0], "Ida and " * 80])  # up to the window's end
@pytest.mark.parametrize(
    "settings", [{}, {"temperature": 0.6, "top_k": 5}, {"temperature": 0.0}]
)
def test_the_same_coins_write_the_same_text(both, text: str, settings: dict):
    lm, fjord = both
    drawn = in_one_file.write_on(
        text, fjord, lambda length: coin_at(7, length), most=30, **settings
    )
    expected = lm.generate(text, 30, seed=7, **settings)
    assert fjord.vocabulary.join(drawn) == expected


def test_it_is_short_and_uses_numpy_alone():
    source = Path(in_one_file.__file__).read_text(encoding="utf-8")
    assert len(source.splitlines()) <= 250
    imported = {
        name
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in [getattr(node, "module", None), *(one.name for one in node.names)]
    }
    assert not any("llm_lessons" in (name or "") for name in imported)
