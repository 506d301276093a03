"""The marked places of a sheet's words: what fills them, and what is refused."""

import re

import pytest

from llm_lessons.pages import places
from llm_lessons.pages.places import BadPlace, blank, box, filled

SAID = {"name": lambda *values: " & ".join(values), "box": lambda: "<div>box</div>"}


def test_a_place_is_filled_where_it_stands():
    made = filled('It is {{ name }}, {{name "*a*\nb"\nc }}.\n\n{{ box }}\n\nEnd', SAID)
    assert "<p>It is , *a* b & c.</p>" in made  # what fills it is no Markdown
    # what is a paragraph of its own stands alone, a word of the text does not
    assert "<p><div>" not in made and "<div>box</div>" in made
    assert filled("{{ name x }}", SAID).strip() == "<p>x</p>"
    made = filled("- [ ] One\n- ____ Two ______", {})
    assert made.count("<li>") == 2 and made.count(box()) == 1
    widths = [float(width) for width in re.findall(r"width: ([\d.]+)em", made)]
    assert len(widths) == 2 and widths[0] < widths[1]


@pytest.mark.parametrize(
    "text, told",
    [
        ("{{ nothing 5 }}", "has no such name; there are doubled, grid,"),
        ("{{ lines two }}", "can't be filled: "),
        ("{{ lines 1 2 3 }}", "can't be filled: "),
        ('{{ grid "a" "b" }}', "a grid has names of bars, a colon, and titles"),
        ("{{ grid : a }}", "a grid has names of bars"),
        ('{{ doubled "house" 1 }}', "can't be filled"),
    ],
)
def test_what_cannot_be_filled_is_told(text: str, told: str):
    with pytest.raises(BadPlace) as error:
        filled(text, blank())
    assert told in str(error.value)


def test_shares_are_doubled_point_by_point():
    said = blank()["doubled"]("house 6, small 3, yellow 0", "0", "1", "3")
    assert "At temperature 0: house 100 %, small 0 %, yellow 0 %." in said
    assert "At temperature 1: house 88 %, small 11 %, yellow 1 %." in said  # 64, 8, 1
    assert "At temperature 3: house 57 %, small 29 %, yellow 14 %." in said  # 4, 2, 1


def test_a_training_by_hand_is_told_round_by_round():
    first, last = places.rounds("4 2 1", "2 2 2", "0.5", "9").split("; ")
    assert first == "knobs 2, 2, 2, surprise 1.58 bits"
    assert last == "knobs 3, 2, 1, surprise 1.38 bits"
    assert places.rounds("4 2 1", "1 6 1", "0.5", "1").count("knobs") == 1
    assert [places.rests("4 2 1", size) for size in ("0.5", "2")] == ["216", "35"]


def test_letters_and_panels_are_escaped():
    made = places.letters("a <b")
    assert re.findall(r"<span>(.*?)</span>", made) == ["a", "␣", "&lt;", "b"]
    made = blank()["grid"]("x", "<y>", ":", "one", "two", "three")
    assert made.count("<figcaption>") == 3 and made.count("&lt;y&gt;") == 3
    assert "<y>" not in made


def test_what_stands_on_a_sheet_is_told_in_its_language():
    said = {places.SHARES: "Ved temperatur {t}: {shares}.", places.TICK: "rute"}
    told = blank(lambda one: said.get(one, one.upper()))
    assert told["doubled"]("hus 1, lite 0", "0") == (
        "Ved temperatur 0: hus 100 %, lite 0 %."
    )
    assert "WHAT I SAW:" in told["saw"]()
    assert 'aria-label="rute"' in filled("- [ ] Ja", told, lambda one: said[one])
