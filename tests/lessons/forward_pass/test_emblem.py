"""The small picture: all its marks are numbers of the model."""

import xml.etree.ElementTree as ET

import numpy as np
import pytest

from llm_lessons.lessons.forward_pass import inside
from llm_lessons.lessons.forward_pass.emblem import LEAST, emblem
from llm_lessons.text import pieces
from tests import tiny

TEXT = 'The fox found "a" red & <b> boat'
LM = tiny.model()
SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("last", [3, 100])
def test_every_mark_is_a_number_of_the_model_behind_its_last_tokens(last: int):
    found, drawn = inside.read(LM, TEXT), emblem(LM, TEXT, last=last)
    picture = ET.fromstring(drawn.svg)
    assert picture.get("aria-label") == drawn.alt and TEXT in drawn.alt
    columns = min(last, len(found.tokens))
    squares = picture.findall(f"{SVG}rect[@class='add']")
    assert len(squares) == (LM.config.n_layers + 1) * columns
    bars = [one for one in picture.findall(f"{SVG}rect") if one not in squares]
    widths = np.array([float(one.get("width", "")) for one in bars])
    np.testing.assert_allclose(widths / 60, found.chances[-1], atol=1e-3)
    names = [one.text for one in picture.findall(f"{SVG}text")]
    assert (
        names[::-1]
        == [
            pieces.seen(LM.tokenizer, token) if place else "⟨start⟩"
            for place, token in enumerate(found.tokens)
        ][-columns:]
    )
    assert len(picture.findall(f"{SVG}g")) == 3  # the legend: one for each colour
    looks = found.looks[:, :, -1].mean(axis=1)
    unseen = looks[:, : looks.shape[1] - columns].sum(axis=1, keepdims=True)
    expected = np.concatenate([unseen, looks[:, looks.shape[1] - columns :]], axis=1)
    lines = [one for one in picture.findall(f"{SVG}path") if one.get("stroke-width")]
    weights = [(float(one.get("stroke-width", "")) - 0.3) / 4.5 for one in lines]
    np.testing.assert_allclose(weights, expected[expected >= LEAST], atol=0.01)
