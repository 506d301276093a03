"""What is kept aside: a tenth of each part, and in no section of the corpus."""

import re

import pytest

from llm_lessons.fjordby.varied import aside, marbles, names, things
from llm_lessons.fjordby.varied.lists import blocks
from tests.each import each_of


@pytest.mark.slow
@pytest.mark.rest
def test_no_section_uses_a_name_a_noun_or_a_verb_that_is_kept_aside(texts):
    nouns = {word for one in things.listed(aside=True) for word in (one.one, one.many)}
    kept = {name.lower() for name in names.listed(aside=True)} | nouns
    forms = "|".join(
        re.escape(form)
        for lines in blocks("verbs.txt").values()
        for line in lines
        if aside.is_aside("verb", line.split(", ")[0])
        for form in line.removesuffix(", -").split(", ")
    )
    # Such a verb may tell of something else: here it is one that counts.
    verbs = re.compile(rf"\b({forms}) (\d|another|a further)|\d[^.?!\n]* ({forms})\b")
    assert len(kept) > 120 and forms.count("|") > 30
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


@each_of("given", ["name", ["nouns"], ["name", "Frame"]])
def test_something_else_cannot_be_kept_aside(given):
    with pytest.raises(ValueError, match="of name, thing, verb, frame, order; it was"):
        aside.parts(given)
    with pytest.raises(ValueError):
        marbles.held_out(1, 2, aside=given)
