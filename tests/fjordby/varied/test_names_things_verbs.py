"""The lists of words: large enough, without doubles, and stably cut in two."""

import re

import pytest

from llm_lessons.fjordby import words
from llm_lessons.fjordby.varied import aside, coined, marbles, names
from llm_lessons.fjordby.varied.lists import blocks
from tests.each import each_of

OLD_NAMES = words.listed(
    "Ann, Ben, Dora, Ella, Fred, Gus, Ida, Jan, Kim, Lea, Max, Mia, Ned, Nina, Ola, "
    "Pia, Ron, Sam, Tim, Una, Vera, Will, Ylva, Zoe, Adam, Alice, Anna, Clara, Daniel, "
    "Edith, Emma, Felix, Hugo, Jacob, Laura, Lucas, Maria, Nora, Oliver, Paul, Rosa, "
    "Simon, Victor"
)
LETTERS = re.compile(r"[A-ZÅÆØ][a-zåæøéöü]+")


def test_names_come_from_everywhere_once_each():
    found = [*names.listed(), *names.listed(aside=True)]
    assert len(found) == len(set(found)) > 1_000
    assert {*OLD_NAMES, *words.FIRST_NAMES, "Priya", "Kwame"} <= set(found)
    assert all(LETTERS.fullmatch(name) for name in found)
    assert {len(name) for name in found} >= set(range(2, 11))


def test_about_a_tenth_is_kept_aside_and_nothing_that_people_bear():
    for of in (names.listed, names.invented):
        read, kept = set(of()), set(of(True))
        assert not read & kept
        assert all(map(names.is_aside, kept)) and not any(map(names.is_aside, read))
    assert len(names.listed(True)) == pytest.approx(len(names.listed()) / 9, rel=0.3)
    assert not set(words.FIRST_NAMES) & set(names.listed(True))
    drawn = [names.invented()[i] for i in range(0, 4_000, 10)]
    assert len(set(drawn)) == len(drawn)


def test_what_is_kept_aside_stays_so_when_a_list_grows():
    some = ["find", "zap"]
    assert aside.choices("verb", some, True) == tuple(
        one for one in some if aside.is_aside("verb", one)
    )
    many = [f"word{i}" for i in range(10_000)]
    for part in aside.PARTS:
        share = len(aside.choices(part, many, True)) / len(many)
        assert share == pytest.approx(0.1, abs=0.02)
        assert {
            *aside.choices(part, many, True),
            *aside.choices(part, many, False),
        } == {*many}


@each_of("given", ["name", ["nouns"], ["name", "Frame"]])
def test_something_else_cannot_be_kept_aside(given):
    with pytest.raises(ValueError, match="of name, thing, verb, frame, order; it was"):
        aside.parts(given)
    with pytest.raises(ValueError):
        marbles.held_out(1, 2, aside=given)


@pytest.mark.parametrize("as_a", ["noun", "verb"])
def test_coined_words_are_no_real_ones(as_a):
    pools = [coined.pool(as_a, kept) for kept in (False, True)]
    assert not set(pools[0]) & set(pools[1])
    listed = " ".join(
        line
        for name in ("verbs.txt", "things.txt")
        for lines in blocks(name).values()
        for line in lines
    )
    real = set(re.findall(r"\w+", listed))
    for word in (*pools[0], *pools[1]):
        assert not {word, f"{word}s", f"{word}ed"} & real
