"""Where learning by heart begins is read off the curve, and told in its numbers."""

from llm_lessons.lessons.build_it.by_heart import by_heart

POINTS = [(100, 1000, 5.0), (400, 4000, 0.5)]


def curve(*bits: float) -> list[tuple[int, int, float]]:
    return [(100 * i, 1000 * i, value) for i, value in enumerate(bits)]


def test_the_lowest_point_is_where_it_begins():
    found = by_heart(POINTS, curve(9.0, 5.0, 4.25, 4.5, 6.0), tokens=100)
    assert found and found.has_begun
    assert (found.readings, found.all_readings) == (20, 40)
    sentence = found.sentence()
    assert "after 40 readings, a token costs 0.50 bits" in sentence
    assert "and 6.00 in the part" in sentence
    assert "lowest, 4.25 bits, after 20 readings." in sentence
    assert sentence.endswith("the model learns by heart.")


def test_a_wobble_is_no_rise():
    found = by_heart(POINTS, curve(9.0, 5.0, 4.0, 4.04), tokens=3000)
    assert found and not found.has_begun
    assert "after one reading" in found.sentence()
    assert found.sentence().endswith("no learning by heart is to see.")
    assert by_heart(POINTS, [], tokens=3000) is None
