"""Other rewards: the one that cost most is told, and the long problems apart."""

from llm_lessons.lessons.reward.moments import Example
from llm_lessons.lessons.reward.others import Others, Side, Taught
from llm_lessons.lessons.reward.rewards import OTHERS, PLEASED
from tests.titled import plain


def taught(name: str, before: str, after: str) -> Taught:
    example = Example("How many?", "Answer at once:\nat.", -19.0, False)
    sides = Side(before, 0.25, 40), Side(after, 0.75, 19)
    return Taught(name, *sides, example)


FOUND = Others(
    (
        taught(OTHERS[0].name, "AAAAa" * 4, "aaaaa" * 4),
        taught(OTHERS[1].name, "AAaaa" * 4, "SSSSS" * 4),
        taught(OTHERS[-1].name, "aaaaa" * 4, "sssss" * 4),
    )
)


def test_the_reward_that_cost_the_most_right_answers_is_told():
    assert FOUND.worst is FOUND.taught[0]
    assert f"“{OTHERS[0].name}”: from 80 % right to 0 %" in plain(FOUND.title())
    row = FOUND.table().splitlines()[2]
    assert row == (f"| {OTHERS[0].name} | 40 → 19 | `Answer at once: at.` |")


def test_a_judge_that_is_pleased_is_told_with_what_became_of_right_answers():
    assert FOUND.sounding_sure() == ""
    pleased = Others((taught(PLEASED.name, "AAaaa" * 4, "Ooooo" * 4),))
    told = plain(pleased.sounding_sure())
    for number in ("25 %", "40 %", "75 %", "20 %"):
        assert number in told


def test_long_problems_are_told_only_where_they_were_tried():
    told = plain(FOUND.where_it_ends())
    assert "0 % of the answers are right before and 0 % after" in told
    assert "100 % are written step by step (0 % before)" in told
    assert Others(FOUND.taught[:2]).where_it_ends() == ""
