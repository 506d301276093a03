"""The small picture: all its marks are numbers of the model."""

import xml.etree.ElementTree as ET

import numpy as np
import pytest

from llm_lessons.lessons.forward_pass import inside
from llm_lessons.lessons.forward_pass.emblem import HEIGHT, LEAST, emblem
from tests import tiny

TEXT = "The fox found a red boat"
LM = tiny.model()
SVG = "{http://www.w3.org/2000/svg}"


def test_it_is_a_strip_with_words():
    found = emblem(LM, TEXT)
    picture = ET.fromstring(found._repr_html_())
    assert picture.get("viewBox", "").endswith(f" {HEIGHT}")
    assert picture.get("aria-label") == found.alt and TEXT in found.alt
    assert repr(found) == f"[Figure: {found.alt}]"
    tricky = emblem(LM, 'The "fox" & <b>')
    assert ET.fromstring(tricky.svg).get("aria-label") == tricky.alt


@pytest.mark.parametrize("last", [1, 3, 100])
def test_every_mark_is_a_number_of_the_model_behind_its_last_tokens(last: int):
    found = inside.read(LM, TEXT)
    picture = ET.fromstring(emblem(LM, TEXT, last=last).svg)
    columns = min(last, len(found.tokens))
    squares = picture.findall(f"{SVG}rect[@class='add']")
    assert len(squares) == (LM.config.n_layers + 1) * columns
    bars = [one for one in picture.findall(f"{SVG}rect") if one not in squares]
    widths = np.array([float(one.get("width", "")) for one in bars])
    np.testing.assert_allclose(widths / 60, found.chances[-1], atol=1e-3)
    looks = found.looks[:, :, -1].mean(axis=1)
    unseen = looks[:, : looks.shape[1] - columns].sum(axis=1, keepdims=True)
    expected = np.concatenate([unseen, looks[:, looks.shape[1] - columns :]], axis=1)
    lines = [one for one in picture.findall(f"{SVG}path") if one.get("stroke-width")]
    drawn = [(float(one.get("stroke-width", "")) - 0.3) / 4.5 for one in lines]
    np.testing.assert_allclose(drawn, expected[expected >= LEAST], atol=0.01)
