"""Pages of nothing but numbers: each sum is right, and each count stands before it."""

import re

from llm_lessons.fjordby import sums, till
from llm_lessons.fjordby.varied import counts

SUM = re.compile(r"(\d+) - (\d+) = \$(\d+)\.")
FOUND = re.compile(r"The ([^?.]+)\? ([^:]+): (\d+)\.")


def test_every_sum_of_a_till_is_right_and_all_sizes_are_practised(texts):
    found = SUM.findall("\n".join(texts["till"]))
    drawn = [tuple(map(int, one)) for one in found]
    assert len(drawn) == till.PAGES * till.SUMS
    assert all(paid - cost == change for paid, cost, change in drawn)
    assert not any(sums.is_held_out(paid, -cost) for paid, cost, _ in drawn)
    for sizes in zip(*((cost, change) for _, cost, change in drawn), strict=True):
        assert {*sizes} == {*range(4, 145)}


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
