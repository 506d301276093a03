"""Thrown sentences of problems: each has its gaps, and none is kept aside."""

import re

import pytest

from llm_lessons.fjordby.dice import Dice
from llm_lessons.fjordby.varied import aside, loose_story
from llm_lessons.fjordby.varied.frames import agreed
from llm_lessons.fjordby.varied.lists import blocks
from tests.each import each_of

FILES = {"marble_frames.txt": loose_story.MARBLES, "shop_frames.txt": loose_story.SHOP}


def thrown(shapes, block: str, n: int = 400) -> list[str]:
    dice = Dice(0, block)
    drawn = (loose_story.frame(shapes, block, dice) for _ in range(n))
    return [one for one in drawn if one]


@each_of("file", FILES)
def test_a_thrown_sentence_has_the_gaps_of_those_in_whose_place_it_stands(file):
    for block, listed in blocks(file).items():
        if block not in FILES[file]:
            continue
        known = {gap for frame in listed for gap in re.findall(r"\{(\w+)\}", frame)}
        needed = set.intersection(
            *(set(re.findall(r"\{(\w+)\}", frame)) for frame in listed)
        )
        for one in thrown(FILES[file], block):
            gaps = set(re.findall(r"\{(\w+)\}", one))
            assert needed <= gaps <= known, (block, one)
            assert not re.search(r"\$(?!\{)", one)
            told = agreed(one, past=False)
            assert not re.search(r"[\[\]<>]", told)


@each_of("file", FILES)
def test_hardly_one_comes_twice_and_none_is_kept_aside(file):
    for block, listed in blocks(file).items():
        found = thrown(FILES[file], block)
        if block not in FILES[file]:
            assert found == []
            continue
        assert len(found) == pytest.approx(0.2 * 400, rel=0.25)
        assert len(set(found)) > 0.95 * len(found)
        kept = aside.choices("frame", listed, True)
        assert not {*found} & {*kept}


def test_what_happens_beside_a_change_changes_nothing():
    lines = (line for lines in blocks("verbs.txt").values() for line in lines)
    verbs = {line.split(", ")[1].split()[0] for line in lines} - {"is"}
    for block in ("owner", "things", "two together", "three together"):
        for one in thrown(loose_story.MARBLES, block):
            words = re.findall(r"\w+", re.sub(r"\{\w+\}", "", one))
            assert not verbs.intersection(words), one
            assert not re.search(r"\}[^.,;]* (into|onto|off|out of|from) the", one), one
