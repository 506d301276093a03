"""Steps beside practice at jumping, by findings that are known and by the log."""

from llm_lessons.lessons.chain_of_thought import or_practice
from llm_lessons.lessons.per_token_compute import changes, practice_or_depth
from llm_lessons.lessons.per_token_compute.shallow_and_deep import Look
from llm_lessons.measuring.intervals import share
from tests.each import each_of


def measured(at_once: float, steps: float) -> changes.BothWays:
    """Both ways, with these shares of 100 questions right after six changes."""
    return changes.BothWays(
        *(
            (changes.Point(6, share(n < 100 * part for n in range(100)), 3.0, 6e6, ()),)
            for part in (at_once, steps)
        )
    )


def control(rows: dict[tuple[int, int], float]) -> practice_or_depth.Control:
    """Looks by layers and texts, with the share of 500 questions that was right."""
    return practice_or_depth.Control(
        tuple(
            Look(layers, read, k, share(n < 500 * part for n in range(500)))
            for (layers, read), part in rows.items()
            for k in (1, 6)
        )
    )


def test_the_best_models_are_told_with_as_much_practice_and_with_the_most():
    rows = {
        **{(1, 2_000): 0.9, (2, 2_000): 0.9},  # less than the steps had
        **{(1, 4_000): 0.04, (2, 4_000): 0.1, (1, 8_000): 0.05, (2, 8_000): 0.9},
    }
    found = measured(0.08, 0.94), control(rows)
    assert or_practice.sentence(*found).replace("\u00a0", " ") == (
        "Fjord has read 3,400 pages of 6 changes with their steps, and as many with "
        "the answer at once. By steps 94 % are right, at once 8 %. The models of the "
        "control in lesson 7 have read nothing but answers at once. Of them, the best "
        "has 10 % right after 4,000 texts of 6 changes, and 90 % after 8,000."
    )
    told = or_practice.conclusion(*found)
    assert told.startswith("So a jump can be learned, too")
    assert "for 90\u00a0% it took 2 times as many pages of 6 changes" in told
    # what it took is told of the first that was enough, not of the last
    rows |= {(2, 4_000): 0.1, (2, 8_000): 0.8, (2, 32_000): 0.95}
    told = or_practice.conclusion(measured(0.08, 0.94), control(rows))
    assert "for 80\u00a0% it took 2 times" in told
    # one that has settled reads no more, and one that has not begun goes on
    rows = {(1, 4_000): 0.04, (2, 4_000): 0.1, (2, 8_000): 0.9, (1, 16_000): 0.06}
    assert (
        "has 10\u00a0% right after 4,000 texts of 6 changes, and 90\u00a0% after 8,000."
        in (or_practice.sentence(measured(0.08, 0.94), control(rows)))
    )


@each_of(
    ("few", "many", "told"),
    [
        (0.1, 0.12, "did not make the jump clearly better"),
        (0.5, 0.1, "did not make the jump clearly better"),
        (0.9, 0.99, "does no worse than the steps"),
        (0.97, 0.99, "does no worse than the steps"),
        (0.1, 0.4, "makes the jump better, but the steps stay far ahead"),
        (0.1, 0.8, "% it took 2 times"),
    ],
)
def test_what_practice_does_is_told_as_it_is(few, many, told):
    looks = control({(2, 4_000): few, (2, 8_000): many})
    assert told in or_practice.conclusion(measured(0.1, 0.94), looks)


def test_the_log_of_this_repository_can_be_told():
    found = measured(0.08, 0.94), practice_or_depth.read()
    assert or_practice.sentence(*found) and or_practice.conclusion(*found)
