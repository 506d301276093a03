"""The sizes that are compiled: few, and large enough."""

from llm_lessons import SMOLLM2_135M
from llm_lessons.serving.compiled_sizes import CHUNK, capacity
from tests.each import each_of
from tests.tiny import FJORD


@each_of(
    "config, rows, most",
    [(FJORD, 1, 9), (FJORD, 8, 9), (SMOLLM2_135M, 1, 5), (SMOLLM2_135M, 8, 6)],
)
def test_a_cache_holds_what_it_is_asked_for_and_few_sizes_are_compiled(
    config, rows, most
):
    sizes = [capacity(slots, config, rows) for slots in range(1, 4097)]
    assert all(size >= slots for slots, size in enumerate(sizes, 1))
    assert sizes == sorted(sizes) and len({*sizes}) <= most


def test_a_cache_of_the_class_model_has_room_for_its_window_and_no_more():
    window = FJORD.max_seq_len + CHUNK  # padded in front, and room
    assert capacity(window, FJORD) == window
