"""The longest match, against a plain search, and writers that remix or recite."""

import random
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llm_lessons.fjordby import stories
from llm_lessons.lessons.lossy_zip import matches as found_in
from llm_lessons.lessons.lossy_zip import remix as mix
from tests import tiny

pytestmark = pytest.mark.slow


def plain_longest(text: str, documents: list[str]) -> int:
    """The length of the longest common stretch, letter by letter."""
    best = 0
    for document in documents:
        row = [0] * (len(document) + 1)
        for letter in text:
            row = [0] + [
                row[i] + 1 if letter == other else 0 for i, other in enumerate(document)
            ]
            best = max(best, *row)
    return best


def woven(seed: int) -> tuple[list[str], list[str]]:
    """Texts that share stretches of all lengths with documents, at random places."""
    dice = random.Random(seed)

    def letters(count: int) -> str:
        return "".join(dice.choices("aø €", k=count))

    documents = [letters(dice.randint(0, 150)).replace("€", "é") for _ in range(6)]
    texts = []
    for _ in range(4):
        parts = [letters(dice.randint(0, 40))]
        for document in dice.choices(documents, k=2):
            start = dice.randint(0, len(document))
            parts += [document[start : start + dice.randint(0, 90)], letters(3)]
        texts.append("".join(parts))
    return texts, documents


@given(st.integers(0, 10**6), st.sampled_from([16, 64, 256, found_in._PIECE]))
def test_every_stretch_of_31_letters_is_found_and_none_is_invented(seed, piece):
    texts, documents = woven(seed)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(found_in, "_PIECE", piece)
        matches = found_in.longest_matches(texts, documents)
    for text, match in zip(texts, matches, strict=True):
        longest = plain_longest(text, documents)
        assert len(match.stretch) == (longest if longest >= found_in.SHORTEST else 0)
        assert match.text == text
        assert not match.stretch or any(match.stretch in each for each in documents)


def test_a_match_crosses_neither_documents_nor_texts():
    half, rest = (
        "the fox went out into the nøght,",
        "and the moon looked on from above.",
    )
    (joined,) = found_in.longest_matches([half + rest], [half, rest, rest])
    assert joined.stretch == rest
    first, second = found_in.longest_matches([half, rest], [half + rest])
    assert (first.stretch, second.stretch) == (half, rest)
    # what only a text has ends a stretch, and a separator is no letter of a text
    for odd in "€\0\1":
        (parted,) = found_in.longest_matches(
            [half + odd + rest], [half, rest, half + rest]
        )
        assert parted.stretch == rest


def test_share_and_words_of_a_match():
    text = "Then the old grey mule went home."
    match = found_in.Match(text, 5, 31)
    assert match.stretch == "the old grey mule went hom"
    assert match.words == 5
    assert match.share == 26 / len(text)
    assert match.marked.head == "79\u00a0% of this story in one piece: 5 words"


def test_the_middle_text_and_the_sentence_say_what_was_found():
    text = "abcdefgh " * 10
    matches = tuple(found_in.Match(text, 0, end) for end in (90, 9, 36, 45))
    found = mix.Remix(matches, matches)
    assert found.middle == matches[3]
    sentence = found.sentence().replace("\u00a0", " ")
    assert sentence.startswith("Of 4 new stories, 1 stands in Fjordby from the first")
    assert sentence.endswith(
        "makes up 45 % of a story, or 4.5 words "
        "(the median: half have more, half less)."
    )
    assert "none stand" in mix.Remix(matches[1:], matches).sentence()


class Writer:
    """Goes on with what it knows by heart, or weaves two stories into one."""

    config, tokenizer = tiny.CONFIG, tiny.tokenizer()

    def __init__(self, texts: Sequence[str]):
        self.texts, self.seed = texts, -1

    def batch(self, prompts, max_tokens, seed):
        assert max_tokens == self.config.max_seq_len
        self.seed = seed
        pairs = list(zip(prompts, self.texts, strict=True))
        assert all(text.startswith(prompt) for prompt, text in pairs)
        return [text.removeprefix(prompt) for prompt, text in pairs]


def test_stories_by_heart_are_told_from_woven_ones():
    told = [text for text in stories.texts(0) if text.startswith(mix.BEGINNING)]
    known = told[:3]
    one, other = known[0], known[1]
    half = len(one) // 2
    woven = one[:half] + "~" + other[-half:]
    lm: Any = Writer([*known, woven])
    found = mix.remix(lm, 4, seed=7)
    assert lm.seed == 7
    assert [match.text for match in found.matches] == [*known, woven]
    assert [match.share for match in found.matches[:3]] == [1, 1, 1]
    assert found.matches[3].share == pytest.approx(0.5, abs=0.01)
    assert found.whole[::3] == (0.75, 4)
    assert found.longest.median == 1
    words = [len(text.split()) for text in known]
    assert [match.words for match in found.matches[:3]] == words
    # Beside them stand fresh stories, which Fjordby has in pieces only.
    assert len(found.fresh) == 4
    assert all(match.text.startswith(mix.BEGINNING) for match in found.fresh)
    assert not {match.text for match in found.fresh} & {*told}
    assert 0 < found.by_chance.median < 1
    by_chance = f"{round(100 * found.by_chance.median)}\u00a0%"
    assert f"makes up {by_chance}. So" in found.control()


def test_more_than_chance_is_told_apart_from_chance():
    text = "abcdefgh " * 10
    little, much = (
        tuple(found_in.Match(text, 0, round(90 * part)) for _ in range(20))
        for part in (0.3, 0.9)
    )
    assert "more than chance" in mix.Remix(much, little).control()
    for own, fresh in ((much, much), (little, much)):
        assert "no sign of copying" in mix.Remix(own, fresh).control()
