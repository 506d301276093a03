"""A part of all cases: as many as were asked for, from all over."""

from llm_lessons.measuring.parts import spread


def test_a_part_is_spread_over_all():
    assert spread(range(8), 4) == [0, 2, 4, 6]
    assert spread(range(8), 3) == [0, 2, 5]
    assert spread(range(8), 8) == spread(range(8), 99) == [*range(8)]
    # neighbours stay together
    assert spread(range(8), 4, together=2) == [0, 1, 4, 5]
    assert spread(range(7), 8, together=2) == [*range(7)]
