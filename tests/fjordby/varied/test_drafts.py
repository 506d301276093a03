"""A draft of a marble problem tells how long it will be, before it is written."""

from llm_lessons.fjordby.dice import Dice
from llm_lessons.fjordby.varied import marbles, story
from tests.each import each_of

CHANGES = (5, -3, 1, -1, 12, -2)


@each_of("loose", [False, True])
def test_a_story_has_at_least_the_letters_of_its_draft_and_few_more(loose):
    more: list[int] = []
    for i in range(600):
        changes = CHANGES[: 1 + i % len(CHANGES)]
        draft = story.draft(Dice(i, "letters"), 20, changes, loose=loose)
        told = draft.story()
        letters = len(told.text) + len(" ".join(told.passages))
        more.append(letters - draft.letters())
    # A draft that promises too much would be thrown away, and another text be read.
    assert min(more) >= 0
    assert sum(more) / len(more) < 20


def test_a_page_is_the_first_draft_that_is_short_enough():
    for i in range(200):
        seen, dice = Dice(i, "short"), Dice(i, "short")
        kept = marbles.problem(seen, 5, loose=True)
        start, changes = marbles.draw_numbers(dice, 5, held_out=False)
        longest = 166 + 24 * 5
        told = story.draft(dice, start, changes, loose=True).story()
        while len(told.text) + len(" ".join(told.passages)) > longest:
            longest += 4
            told = story.draft(dice, start, changes, loose=True).story()
        assert told.text == kept.question
        assert seen.fraction() == dice.fraction()
