"""A step of a training by a room: what counts of what phones send, and what it adds."""

import math

import numpy as np
import pytest

from llm_lessons_room.activities.train_together import averaging, frames, model
from llm_lessons_room.activities.train_together.averaging import (
    MAX_TIMES_MEDIAN,
    Contribution,
)
from llm_lessons_room.activities.train_together.run import RATE_BY_THUMBS, Run

LISTED = [f"name {n}" for n in range(20)]
SIZE = 500
RNG = np.random.default_rng(0)


def sent(
    run: Run, part: Contribution, step: int | None = None, scale: float = frames.SCALE
) -> bytes:
    """A gradient as a phone sends it."""
    step = run.step if step is None else step
    head = frames.GRADIENT.pack(run.number, step, part.loss, part.letters)
    return head + (part.gradient * scale).astype("<f2").tobytes()


def found(
    run: Run, loss: float = 2.0, letters: int = 200, seed: int = 0
) -> Contribution:
    """Some gradient of an honest phone: much like those of others."""
    size = len(run.weights.values)
    common = np.random.default_rng(99).standard_normal(size)
    own = np.random.default_rng(seed).standard_normal(size)
    gradient = (0.01 * (common + 0.3 * own)).astype(np.float32)
    return Contribution(gradient, loss, letters)


def some_parts(count: int) -> list[Contribution]:
    """What honest phones have found on lines of different lengths."""
    common = RNG.standard_normal(SIZE)
    return [
        Contribution(
            (common + 0.5 * RNG.standard_normal(SIZE)).astype(np.float32),
            float(RNG.uniform(2, 3)),
            int(RNG.integers(150, 300)),
        )
        for _ in range(count)
    ]


@pytest.mark.parametrize(
    "count, times", [(4, 1e6), (4, -20), (25, 1e6), (25, -1e6), (25, -20)]
)
def test_a_poisoned_gradient_has_the_pull_of_a_few_phones_and_is_counted(
    count: int, times: float
):
    parts = some_parts(count)
    honest = averaging.aggregate(parts[1:]).gradient
    poison = Contribution(parts[0].gradient * np.float32(times), 2.5, parts[0].letters)
    whole = averaging.aggregate([poison, *parts[1:]])
    assert whole.shortened == 1
    lengths = [np.linalg.norm(one.gradient) for one in parts]
    pull = np.linalg.norm(whole.gradient - honest * (1 - 1 / count))
    assert pull < 1.6 * MAX_TIMES_MEDIAN * max(lengths) / count
    if count == 25:  # still downhill
        assert whole.gradient @ honest > 0.5 * honest @ honest


def test_who_claims_to_have_read_much_or_to_have_lost_much_counts_no_more():
    parts = some_parts(10)
    plain = averaging.aggregate(parts)
    liar = Contribution(parts[0].gradient, 49.0, frames.MAX_LETTERS)
    whole = averaging.aggregate([liar, *parts[1:]])
    letters = [one.letters for one in parts[1:]]
    most = sum(letters) + MAX_TIMES_MEDIAN * np.median(letters)
    assert whole.letters == pytest.approx(most, abs=1)
    assert whole.loss < MAX_TIMES_MEDIAN * 3 and whole.shortened == 1
    assert np.linalg.norm(whole.gradient) < 2 * np.linalg.norm(plain.gradient)


def test_one_phone_is_held_to_nobody_and_a_gradient_may_be_nothing():
    (alone,) = some_parts(1)
    whole = averaging.aggregate([alone])
    np.testing.assert_array_equal(whole.gradient, alone.gradient)
    nothing = Contribution(np.zeros(SIZE, np.float32), 0.0, 1)
    assert not averaging.aggregate([nothing, nothing]).gradient.any()
    # where most phones find nothing, the others still count in full
    nothing = Contribution(nothing.gradient, 0.0, alone.letters)
    whole = averaging.aggregate([alone, *3 * [nothing]])
    np.testing.assert_allclose(whole.gradient, alone.gradient / 4, rtol=1e-5)


def test_what_is_no_gradient_is_refused_and_counted():
    run: Run[str] = Run(1, LISTED, [])
    good = sent(run, found(run))
    size = frames.GRADIENT.size
    heads = [(math.nan, 9), (math.inf, 9), (-1.0, 9), (51.0, 9), (2.0, 0)]
    heads.append((2.0, frames.MAX_LETTERS + 1))
    infinite, none = np.float16(math.inf).tobytes(), np.float16(math.nan).tobytes()
    bad = [
        good[:-2],
        good + b"\0\0",
        b"",
        b"\0",
        good[:size],
        *(frames.GRADIENT.pack(1, 0, *head) + good[size:] for head in heads),
        good[:size] + infinite + good[size + 2 :],
        good[:-2] + none,
        sent(run, found(run), step=7),  # of a step that there was not
    ]
    for number, raw in enumerate(bad, 1):
        assert [phone for phone, _ in run.send_batches(["a"])] == ["a"]
        assert not run.receive("a", raw), number
        assert run.state()["refused"] == number
    assert not run.finish_step() and run.step == 0


def test_each_phone_reads_other_lines_and_who_owes_gets_none():
    run: Run[str] = Run(1, LISTED, [])
    first = run.send_batches("abc")
    lines = [frames.WEIGHTS.unpack_from(frame)[2] for _, frame in first]
    assert lines == [0, 1, 2] and not run.send_batches("abc")
    for phone in "ab":
        assert run.receive(phone, sent(run, found(run)))
    assert not run.is_complete  # c is waited for, this once
    assert run.finish_step()
    assert (run.state()["phones"], run.state()["late"]) == (2, 1)
    second = run.send_batches("abcd")
    assert [phone for phone, _ in second] == ["a", "b", "d"]
    heads = [frames.WEIGHTS.unpack_from(frame)[1:3] for _, frame in second]
    assert heads == [(1, 3), (1, 4), (1, 5)]
    for phone in "abd":
        run.receive(phone, sent(run, found(run)))
    assert run.is_complete  # without c


def test_what_comes_too_late_or_unasked_counts_for_nothing_and_is_no_fault():
    run: Run[str] = Run(2, LISTED, [])
    good = sent(run, found(run))
    assert not run.receive("a", good)
    run.send_batches("ab")
    assert not run.finish_step()  # the slowest still counts where nobody else is there
    early = sent(run, found(run, seed=1))
    assert run.receive("a", good) and not run.receive("a", good)  # twice is once
    other: Run[str] = Run(1, LISTED, [])
    run.send_batches("c")
    assert run.receive("c", sent(other, found(other)))  # of the training before
    assert run.finish_step() and run.state()["phones"] == 1
    before = run.weights
    run.send_batches("a")
    assert run.receive("b", early)
    assert not run.is_complete and not run.finish_step()
    assert run.weights is before and run.state()["refused"] == 0
    assert [phone for phone, _ in run.send_batches("ab")] == [
        "b"
    ]  # which is free again
    run.leave("a")
    assert [phone for phone, _ in run.send_batches("a")] == ["a"]


def test_the_names_of_the_room_are_learned_as_far_as_there_is_room():
    names = ["Rex", "name 3", "Bjørn"]
    assert model.lines_of(LISTED, names) == [*LISTED, "Rex", "Bjørn"]
    assert Run(1, LISTED, names).names == names
    many = [f"{n:04} {'ø' * 19}" for n in range(2000)]
    lines = model.lines_of(LISTED, many)
    assert len("\n".join(lines).encode()) <= model.MAX_BYTES < len(many) * 24
    assert Run(1, LISTED, many).names == lines[len(LISTED) :]
    assert model.vocabulary(["ab", "bc"]) == 4
    rare = [chr(0x4E00 + n) for n in range(400)]
    assert model.vocabulary(rare) == 1 + model.MAX_LETTERS + 1
    assert len(model.first_weights(model.vocabulary(rare), 0)) * 2 + 16 <= 72 * 1024


def test_thumbs_go_on_from_a_training_and_leave_it_as_it_was():
    before: Run[str] = Run(1, LISTED, ["Rex"])
    before.send_batches("a")
    before.receive("a", sent(before, found(before)))
    assert before.finish_step()
    run: Run[str] = Run(2, LISTED, ["Rex"], before)
    values = before.weights.values.copy()
    np.testing.assert_array_equal(run.weights.values, values)
    assert run.step == 0 and run.names == ["Rex"]
    assert run.patience > before.patience
    run.send_batches("abc")
    late = sent(run, found(run, loss=1.0))
    for phone, down in (("a", 0.0), ("b", 40.0)):  # no share is above 1
        assert run.receive(phone, sent(run, found(run, loss=down)))
    assert run.finish_step() and run.losses == [0.5]
    turned = np.abs(run.weights.values - values).max()
    assert turned == pytest.approx(RATE_BY_THUMBS, rel=0.01)
    run.send_batches("ab")
    assert run.receive("c", late)  # whoever is slow counts, a step later
    assert run.receive("a", sent(run, found(run, loss=0.0)))
    assert run.finish_step() and run.losses == [0.5, 0.5]
    assert run.state()["phones"] == 2
    np.testing.assert_array_equal(before.weights.values, values)
    assert before.step == 1


def test_where_all_thumbs_agree_a_step_turns_nothing():
    """Not even by AdamW's momentum, which would go on where the room has no wish."""
    before: Run[str] = Run(1, LISTED, [])
    run: Run[str] = Run(2, LISTED, [], before)
    nothing = Contribution(np.zeros_like(run.weights.values), 0.0, 20)
    for parts in ([found(run, 0.5)], [nothing], [nothing, nothing]):
        values = run.weights
        for phone, part in zip(run.send_batches("ab"), parts, strict=False):
            assert run.receive(phone[0], sent(run, part))
        assert run.finish_step()
        assert (run.weights is values) == (parts[0] is nothing)
    assert run.step == 3 and run.losses == [0.5, 0.0, 0.0]
