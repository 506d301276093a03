"""Lists with numbers: who goes through one finds what stands in it."""

import re

from llm_lessons.fjordby.varied import counts

FOUND = re.compile(r"The ([^?.]+)\? ([^:]+): (\d+)\.")


def test_each_thing_is_found_once_behind_all_that_stand_before_it():
    for page in counts.texts(1)[:500]:
        found = FOUND.findall(page)
        told = page[: page.index(f"The {found[0][0]}? ")]
        assert 2 <= len(found) == len(re.findall(r"\d+", told)) <= 5, page
        assert len({thing for thing, *_ in found}) == len(found)
        for thing, through, number in found:
            passed = through.split(", ")
            assert passed[-1] == f"{number} {thing}" and passed[-1] in told
            places = [told.index(each) for each in passed]
            assert places == sorted(places)
            assert len(passed) == len(re.findall(r"\d+", told[: places[-1] + 1]))
