"""The guess on its way, on a known one, on a tiny model and on Fjord."""

import re

import numpy as np
import pytest

from llm_lessons import figures
from llm_lessons.lessons.forward_pass import lens
from llm_lessons.lessons.forward_pass.lens import Lens
from llm_lessons.loading import load
from tests import drawn, tiny
from tests.each import each_of

KNOWN = Lens("One day", (" day", " and", " Ida", " Ida"), (1.0, 0.5, 0.25, 0.998))


@each_of(
    ("favourites", "settled", "words"),
    [
        (("a", "b", "c", "c"), 2, "from layer 2 of 3 on, the favourite is “c”"),
        (("c", "b", "c", "c"), 2, "from layer 2 of 3 on, the favourite is “c”"),
        (("a", "b", "d", "c"), 3, "only after the last layer is the favourite “c”"),
        (("c", "c", "c", "c"), 0, "even before the first layer, the favourite is “c”"),
    ],
)
def test_it_settles_where_the_favourite_stays(favourites, settled, words):
    found = Lens("a text", favourites, (0.1, 0.2, 0.3, 0.4))
    assert found.settled == settled
    assert (
        found.sentence() == f"After “a text”, {words}; at the end it has 40.0\u00a0%."
    )


@pytest.mark.parametrize(
    ("favourites", "title"),
    [
        (("a", "b", " $c", " $c"), "From layer 2 of 3 on, the favourite is “␣$c”"),
        (("a", " $c", "b", " $c"), "Only the last layer makes “␣$c” the favourite"),
        ((" $c",) * 4, "Even before layer 1, the favourite is “␣$c”"),
    ],
)
def test_the_title_says_where_it_settles(favourites: tuple[str, ...], title: str):
    found = Lens("a text", favourites, (0.1, 0.2, 0.3, 0.4))
    assert found.title() == title
    drawn.assert_titled(found.figure(), title, found.alt())


def test_figure_and_words_show_every_step():
    texts = [text.get_text() for text in KNOWN.figure().axes[0].texts]
    assert texts == ["␣day", "␣and", "␣Ida", "␣Ida"]
    assert (
        KNOWN.alt()
        .replace("\u00a0", " ")
        .endswith(
            "before layer 1: “␣day”, 100.0 %; after layer 1: “␣and”, 50.0 %; after "
            "layer 2: “␣Ida”, 25.0 %; after layer 3: “␣Ida”, 99.8 %."
        )
    )
    assert re.match("<svg", figures.to_svg(KNOWN.figure(), alt=KNOWN.alt()))


def test_the_last_step_is_the_answer():
    lm = tiny.model()
    found = lens.look(lm, "The fox")
    ((piece, _, chance),) = lm.next_token("The fox", top=1).rows
    assert len(found.favourites) == lm.config.n_layers + 1
    assert found.answer == piece
    assert found.chances[-1] == pytest.approx(chance, rel=1e-4)


def test_fjord_finds_the_name_behind_its_first_layers():
    found = lens.look(
        load("fjord"), "Once upon a time there was a girl called Ida. One day"
    )
    assert found.answer == " Ida" and found.chances[-1] > 0.95
    assert found.favourites[0] == " day"  # the token itself
    assert 2 <= found.settled <= 6
    assert np.all(np.array(found.chances) <= 1)
