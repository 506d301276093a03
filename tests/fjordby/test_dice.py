"""The dice: throws that never change, within their bounds, and even."""

from collections import Counter

from llm_lessons.fjordby.dice import Dice


def test_throws_are_the_same_on_every_python():
    dice = Dice(0, "test")
    assert [dice.integer(1, 6) for _ in range(12)] == [
        2,
        2,
        3,
        3,
        3,
        1,
        5,
        4,
        1,
        4,
        1,
        4,
    ]
    assert dice.shuffled("fjordby") == list("dojfryb")


def test_seed_and_purpose_both_matter():
    throws = {_throws(seed, purpose) for seed in (0, 1) for purpose in ("a", "b")}
    assert len(throws) == 4


def test_integers_reach_both_ends_evenly():
    dice = Dice(1, "even")
    counts = Counter(dice.integer(-1, 3) for _ in range(10_000))
    assert sorted(counts) == [-1, 0, 1, 2, 3]
    # Five faces of 2,000 with a deviation of 40: six deviations either way.
    assert all(1_760 < count < 2_240 for count in counts.values())


def test_weights_are_kept():
    dice = Dice(2, "weights")
    counts = Counter(dice.weighted("abc", (1, 0, 3)) for _ in range(10_000))
    assert set(counts) == {"a", "c"}
    assert 2_240 < counts["a"] < 2_760


def test_every_order_is_equally_likely():
    dice = Dice(3, "orders")
    counts = Counter("".join(dice.shuffled("abc")) for _ in range(6_000))
    assert len(counts) == 6
    assert all(820 < count < 1_180 for count in counts.values())


def test_shuffled_leaves_its_argument_alone():
    items = list(range(50))
    shuffled = Dice(4, "copy").shuffled(items)
    assert items == list(range(50))
    assert shuffled != items
    assert sorted(shuffled) == items


def _throws(seed: int, purpose: str) -> tuple[int, ...]:
    dice = Dice(seed, purpose)
    return tuple(dice.integer(1, 6) for _ in range(20))
