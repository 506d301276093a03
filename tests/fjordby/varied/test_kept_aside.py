"""What is kept aside is read nowhere: not in the sections beside these pages either."""

import re

import pytest

from llm_lessons.fjordby.varied import aside, names, things
from llm_lessons.fjordby.varied.lists import blocks

REPLACED = {"marbles", "fruit"}  # the narrow pages go when these come


@pytest.mark.slow
def test_the_other_sections_use_no_name_noun_and_verb_that_is_kept_aside(texts):
    kept_names = {*names.listed(aside=True)}
    nouns = {word for one in things.listed(aside=True) for word in (one.one, one.many)}
    forms = [
        form
        for lines in blocks("verbs.txt").values()
        for line in lines
        if aside.is_aside("verb", line.split(", ")[0])
        for form in line.removesuffix(", -").split(", ")
    ]
    verbs = re.compile(rf"\b({'|'.join(map(re.escape, forms))}) (?:\d|another)")
    for section, pages in texts.items():
        joined = "\n".join(pages)
        read = set(re.findall(r"\w+", joined))
        assert not read & (kept_names | nouns), section  # today's models are asked, too
        assert section in REPLACED or not verbs.search(joined), section
