"""A till's pages: right sums of every size, few of them twice."""

import re

from llm_lessons.fjordby import sums, till

PAGE = re.compile(
    r"Change given in the [a-z ]+ on [A-Z][a-z]+day:((?: \d+ - \d+ = \$\d+\.)+)"
)
SUM = re.compile(r"(\d+) - (\d+) = \$(\d+)\.")


def test_every_sum_is_right_and_all_sizes_are_practised(texts):
    drawn = []
    for text in texts["till"]:
        page = PAGE.fullmatch(text)
        assert page, text
        found = [tuple(map(int, one)) for one in SUM.findall(page[1])]
        assert len(found) == till.SUMS
        drawn += found
    assert all(paid - cost == change for paid, cost, change in drawn)
    assert not any(sums.is_held_out(paid, -cost) for paid, cost, _ in drawn)
    assert {cost for _, cost, _ in drawn} == set(range(4, 145))
    assert {change for _, _, change in drawn} == set(range(4, 145))
    # Most of the 141 x 141 sums are met, and none by heart.
    assert len(set(drawn)) > 0.9 * 141**2
    assert len(drawn) == till.PAGES * till.SUMS < 4 * 141**2
