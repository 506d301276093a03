"""Right answers beside the computation, by a writer that is known and by Fjord."""

from llm_lessons.fjordby.varied import marbles
from llm_lessons.language_model.loading import load
from llm_lessons.lessons.per_token_compute import changes
from llm_lessons.lessons.per_token_compute.direct_or_stepwise import with_room
from tests.known import Known


def test_what_is_asked_has_room_for_its_steps():
    lm = load("fjord")
    asked = with_room(lm, 12, 8)
    sizes = [len(lm.encode(one.step_by_step)) for one in asked]  # or it is refused
    assert len({one.question for one in asked}) == 12 and min(sizes) > 100
    assert asked != marbles.held_out(12, 8)


def test_a_sample_asks_others_than_the_result_rests_on():
    asked: list[str] = []

    def noted(prompt: str) -> str:
        asked.append(prompt)
        return " eh."

    few, most = changes.FRESH, max(changes.PRACTISED)
    assert changes.fresh(Known(noted), 5, stepwise=False)[::3] == (0, few)
    assert len({*asked}) == few
    kept = {one.at_once_prompt for one in marbles.held_out(changes.QUESTIONS, most)}
    assert not kept & {*asked}
