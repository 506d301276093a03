"""What is kept aside: a tenth of each part, and in no section of the corpus."""

import re

import pytest

from llm_lessons.fjordby.dice import Dice
from llm_lessons.fjordby.varied import (
    aside,
    fruit,
    happenings,
    marbles,
    names,
    shop,
    story,
    things,
)
from llm_lessons.fjordby.varied.frames import agreed
from llm_lessons.fjordby.varied.lists import blocks

ASIDE: list[tuple[aside.Part, ...]]
ASIDE = [(), *((part,) for part in aside.PARTS), aside.PARTS]
NOUNS = "|".join(one.many for one in things.listed(aside=True))
VERBS = "|".join(
    form
    for lines in blocks("verbs.txt").values()
    for line in lines
    if aside.is_aside("verb", line.split(", ")[0])
    for form in line.removesuffix(", -").split(", ")
)


@pytest.mark.parametrize("kept", ASIDE)
@pytest.mark.parametrize(
    "make, words, frames, each",
    [
        (
            lambda i, kept: marbles.problem(Dice(i, "aside"), 1 + i % 6, aside=kept),
            {"thing": NOUNS, "verb": VERBS},
            "marble_frames.txt",
            ["begin"],
        ),
        (
            lambda i, kept: fruit.problem(Dice(i, "aside"), aside=kept),
            {"thing": NOUNS},
            "shop_frames.txt",
            ["buys", "price", "total", "ask"],
        ),
    ],
)
def test_only_what_is_asked_for_is_drawn_from_what_is_kept_aside(
    monkeypatch, kept, make, words, frames, each
):
    used: set[str] = set()

    def noted(frame: str, *agreement: bool) -> str:
        used.add(frame)
        return agreed(frame, *agreement)

    for one in (happenings, story, shop):
        monkeypatch.setattr(one, "agreed", noted)
    text = "\n".join(make(i, kept).question for i in range(600))
    capitals = set(re.findall(r"[A-ZÅØ][a-zåæøéöü]+", text)) - {"Will"}
    listed = capitals & {*names.listed(), *names.listed(aside=True)}
    assert {names.is_aside(name) for name in listed} == {"name" in kept}
    for part, several in words.items():
        assert bool(re.search(rf"\b({several})\b", text)) == (part in kept)
    known = {line for lines in blocks(frames).values() for line in lines}
    unread = any(aside.is_aside("frame", one) for one in used & known)
    assert unread == ("frame" in kept)
    for block in each:  # of which each problem has a frame
        read = aside.choices("frame", blocks(frames)[block], False)
        assert bool(used & {*read}) == ("frame" not in kept)


@pytest.mark.slow
@pytest.mark.rest
def test_no_section_uses_a_name_a_noun_or_a_verb_that_is_kept_aside(texts):
    nouns = {word for one in things.listed(aside=True) for word in (one.one, one.many)}
    kept = {name.lower() for name in names.listed(aside=True)} | nouns
    # Such a verb may tell of something else: here it is one that counts.
    verbs = re.compile(rf"\b({VERBS}) (\d|another|a further)|\d[^.?!\n]* ({VERBS})\b")
    assert len(kept) > 120 and VERBS.count("|") > 30
    for section, pages in texts.items():
        joined = "\n".join(pages).lower()
        words = set(re.findall(r"\w+", joined))
        found = [one for one in kept if one in words or (" " in one and one in joined)]
        assert not found, (section, found)
        assert not (told := verbs.search(joined)), (section, told)


def test_a_tenth_of_each_part_is_kept_aside():
    many = [f"word{i}" for i in range(10_000)]
    for part in aside.PARTS:
        kept, read = (aside.choices(part, many, one) for one in (True, False))
        assert len(kept) / len(many) == pytest.approx(0.1, abs=0.02)
        assert sorted((*kept, *read)) == sorted(many)
    for of in (names.listed, names.invented):
        assert all(map(names.is_aside, of(True)))
        assert not any(map(names.is_aside, of()))


@pytest.mark.parametrize("given", ["name", ["nouns"], ["name", "Frame"]])
def test_something_else_cannot_be_kept_aside(given):
    with pytest.raises(ValueError, match="of name, thing, verb, frame, order; it was"):
        aside.parts(given)
    with pytest.raises(ValueError):
        marbles.held_out(1, 2, aside=given)
