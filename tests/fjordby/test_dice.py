"""The dice: throws that never change, within their bounds, and even."""

from collections import Counter

from llm_lessons.fjordby.dice import Dice


def test_throws_are_the_same_on_every_python():
    dice = Dice(0, "test")
    assert "".join(str(dice.integer(1, 6)) for _ in range(12)) == "223331541414"
    assert dice.shuffled("fjordby") == list("dojfryb")


def test_seed_and_purpose_both_matter():
    dice = (Dice(seed, purpose) for seed in (0, 1) for purpose in ("a", "b"))
    assert len({tuple(one.shuffled(range(20))) for one in dice}) == 4


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
