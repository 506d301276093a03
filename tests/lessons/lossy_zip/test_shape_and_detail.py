"""What a learner's own sample of recall asks."""

from typing import Any

from llm_lessons.lessons.lossy_zip import recall, shape_and_detail


def test_a_fresh_sample_asks_what_the_large_result_does_not(monkeypatch):
    asked = []

    def knows(lm, facts):
        asked.append(facts)
        return [i < 3 for i, _ in enumerate(facts)]

    monkeypatch.setattr(recall, "knows", knows)
    lm: Any = None
    found = shape_and_detail.fresh_once(lm, 1)
    shape_and_detail.fresh_once(lm, 2)
    assert found[::3] == (3 / shape_and_detail.FRESH, shape_and_detail.FRESH)
    assert {fact.readings for fact in asked[0]} == {1}
    assert {fact.kind for facts in asked for fact in facts} == {"food", "pet"}
    assert asked[0] != asked[1]
