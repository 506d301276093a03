"""What is kept aside is read nowhere: in no section of the whole corpus."""

import re

import pytest

from llm_lessons.fjordby.varied import aside, names, things
from llm_lessons.fjordby.varied.lists import blocks


@pytest.mark.slow
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
