"""Names that are drawn and exchanged, on odds that are known and on Fjord."""

import pytest

from llm_lessons import figures
from llm_lessons.lessons.sampling import own_words
from llm_lessons.loading import load
from tests import drawn
from tests.each import each_of


class Writer:
    """Draws names in turn; some draws are none."""

    def batch(self, prompts, max_tokens, seed):
        names = [" Ida.", " Nora who", "?", " Ida was", " Marit and"]
        return [names[(seed + i) % 5] for i, _ in enumerate(prompts)]


def test_names_are_exchanged_for_one_another(monkeypatch: pytest.MonkeyPatch):
    def chances(lm, prompts, endings):
        pairs = zip(prompts, endings, strict=True)
        return [0.75 if f"called{end}." in text else 0.125 for text, end in pairs]

    monkeypatch.setattr(own_words, "chances", chances)
    found = own_words.exchange(Writer(), 5)  # type: ignore[arg-type]
    pairs = [(one.drawn, one.other) for one in found.exchanges]
    assert pairs == [(" Ida", " Nora"), (" Nora", " Marit"), (" Marit", " Ida")]
    assert list(found.rows.values()) == [[0, 0, 0], [1, 1, 1]]
    assert found.sentence() == (
        "Of 3 different names that were drawn, the name itself is the likelier of the "
        "two to come again in 3 of 3 texts (mean chance 0.75). With another name put "
        "in its place, that one is in 3 of 3 (0.75)."
    )
    one = found.exchanges[0]
    assert one.text(one.other).endswith("a girl called Nora. One day")
    assert figures.to_svg(found.figure(), alt=found.alt()).startswith("<svg")


def test_without_two_names_it_says_so():
    with pytest.raises(ValueError, match="try another seed"):
        own_words.exchange(Writer(), 2, seed=2)  # type: ignore[arg-type]


@each_of(
    ("kept", "new", "title"),
    [
        (24, 23, "What stands in the text is likelier in 47 of 48 texts"),
        (12, 22, "Exchanged, the new name is likelier in 22 of 24"),
        (20, 13, "The new name is likelier in 13 of 24 (may be chance)"),
        (24, 3, "Exchanged, the old name stays likelier in 21 of 24"),
    ],
)
def test_the_title_says_which_name_is_likelier(kept: int, new: int, title: str):
    def odds(first: bool) -> tuple[float, float]:
        return (0.75, 0.125) if first else (0.125, 0.75)

    found = own_words.OwnWords(
        tuple(
            own_words.Exchange(" Ida", " Nora", odds(i < kept), odds(i >= new))
            for i in range(24)
        )
    )
    assert found.title() == title
    drawn.assert_titled(found.figure(), title, found.alt())


@pytest.mark.slow
def test_fjord_reads_its_own_word_back():
    found = own_words.exchange(load("fjord"), 16)
    before, after = found.rows.values()
    assert len(before) >= 4
    assert before.count(own_words.DRAWN) >= 0.8 * len(before)
    assert after.count(own_words.OTHER) >= 0.8 * len(after)
