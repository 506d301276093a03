"""Many texts, and one token by token, against the loop written out by hand."""

import _thread
import threading
import time
from itertools import pairwise

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from llm_lessons.decoding import sampling
from llm_lessons.decoding.loop import loop
from llm_lessons.decoding.sampling import Settings
from llm_lessons.foundation.waiting import Stopped, stoppable
from llm_lessons.model import kv_cache
from llm_lessons.model.transformer import forward
from llm_lessons.serving import generate as serving
from tests import tiny

STOP = 1
SETTINGS = [
    Settings(seed=3),
    Settings(temperature=0.0),
    Settings(temperature=1.4, top_k=20, top_p=0.95, seed=8),
    Settings(temperature=0.7, top_p=0.8, seed=2**31 - 1),
    Settings(temperature=1.4, min_p=0.1, seed=8),
]
PROMPTS = [[1, 42, 300, 299, 7], [1], [1, *range(200, 262)], [1, *range(20, 84)]]


jitted_forward = jax.jit(forward, static_argnames="config")
coin, sample = jax.jit(sampling.coin), jax.jit(sampling.sample)


def by_hand(prompt: list[int], settings: Settings, limit: int, stop: int) -> list[int]:
    """The loop without a cache, without padding in front, one text alone."""
    ids, size = list(prompt), 100 if len(prompt) + limit <= 100 else 300
    while len(ids) < len(prompt) + limit:
        # Padding behind changes nothing before it, and keeps to two compiled sizes.
        padded = jnp.array([ids + [0] * (size - len(ids))], jnp.int32)
        logits = jitted_forward(tiny.model().params, padded, tiny.CONFIG)
        u = coin(jnp.array([settings.seed]), jnp.array([len(ids)]))
        scores = logits[:, len(ids) - 1]
        token = int(sample(scores, u, settings)[0])
        if token == stop:
            break
        ids.append(token)
    return ids[len(prompt) :]


def generate(
    prompts: list[list[int]], settings: Settings, limits: list[int], stop: int = STOP
) -> list[list[int]]:
    params = tiny.model().params
    return serving.generate(params, prompts, tiny.CONFIG, settings, limits, (stop,))


def stream(
    prompt: list[int], settings: Settings, limit: int, stop: int = STOP
) -> list[int]:
    params = tiny.model().params
    drawn = serving.stream(params, prompt, tiny.CONFIG, settings, limit, (stop,))
    return list(drawn)


@pytest.mark.parametrize("settings", SETTINGS)
def test_texts_are_those_of_the_loop_by_hand(settings: Settings):
    expected = by_hand(PROMPTS[0], settings, 12, STOP)
    assert len(set(expected)) > 1  # the prompt matters, not its last token alone
    assert generate([PROMPTS[0]], settings, [12]) == [expected]
    assert stream(PROMPTS[0], settings, 12) == expected


def test_each_row_of_a_batch_is_a_text_alone_with_the_next_seed():
    settings, limits = Settings(temperature=1.2, seed=5), [20, 0, 9, 15]
    together = generate(PROMPTS, settings, limits)
    for i, (prompt, limit) in enumerate(zip(PROMPTS, limits, strict=True)):
        seeded = Settings(temperature=1.2, seed=5 + i)
        assert together[i] == by_hand(prompt, seeded, limit, STOP), i
    assert [len(row) for row in together] == limits


@pytest.mark.parametrize("count", [45, 3])  # in groups, and one by one
def test_texts_that_begin_alike_are_those_of_the_loop_by_hand(count: int):
    rng = np.random.default_rng(count)
    head = [1, *rng.integers(20, 300, size=99).tolist()]
    lengths = [int(n) for n in rng.integers(1, 150, size=count)]
    prompts = [head + rng.integers(20, 300, size=n).tolist() for n in lengths]
    limits, heads, groups = [1 + n % 5 for n in range(count)], [], []
    prefill = serving.prefill_prompts

    def watched(params, rows, config, room, head):
        heads.append(int(head.length - head.start[0]))
        groups.append((min(map(len, rows)), max(map(len, rows))))
        return prefill(params, rows, config, room, head)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(serving, "prefill_prompts", watched)
        together = generate(prompts, Settings(temperature=1.2, seed=7), limits)
    assert {*heads} == {100}
    ordered = sorted(groups)
    assert all(a[1] <= b[0] for a, b in pairwise(ordered)), "not of like length"
    shortest, longest = lengths.index(min(lengths)), lengths.index(max(lengths))
    for i in (0, shortest, longest, count - 1):
        seeded = Settings(temperature=1.2, seed=7 + i)
        assert together[i] == by_hand(prompts[i], seeded, limits[i], STOP), i


def test_a_text_ends_at_its_stop_whenever_somebody_looks_and_others_go_on(monkeypatch):
    settings, limits = Settings(temperature=1.2, seed=5), [150, 0, 9, 40]
    free = generate(PROMPTS, settings, limits, stop=-1)
    assert stream(PROMPTS[0], settings, 150, -1) == free[0]  # in larger caches, too
    stop = free[0][60]
    whole = generate(PROMPTS, settings, limits, stop)
    assert whole == [row[: [*row, stop].index(stop)] for row in free]
    for at_once in (1, 8):
        monkeypatch.setattr(serving, "AT_ONCE", at_once)
        assert generate(PROMPTS, settings, limits, stop) == whole


@pytest.mark.usefixtures("hears_ctrl_c")
def test_a_text_without_end_can_be_interrupted_and_stopped(monkeypatch):
    stopped, looks = threading.Event(), []

    def watched(*args):
        looks.append(1)
        time.sleep(0.02)
        if len(looks) == 2:
            _thread.interrupt_main()  # as Ctrl-C
        if len(looks) == 12:
            stopped.set()
        return loop(*args)

    monkeypatch.setattr(serving, "AT_ONCE", 8)
    monkeypatch.setattr(serving, "loop", watched)
    with pytest.raises(KeyboardInterrupt):
        generate([PROMPTS[0]], Settings(), [10**9], stop=-1)
    assert len(looks) < 12
    looks[:] = [1] * 10
    with pytest.raises(Stopped), stoppable(stopped):
        generate([PROMPTS[0]], Settings(), [10**9], stop=-1)
    monkeypatch.undo()
    assert len(generate([PROMPTS[0]], Settings(), [5], stop=-1)[0]) == 5


def test_neither_settings_nor_typing_compile_anew():
    compiled = [kv_cache.before_layers, kv_cache.jitted_block, kv_cache.unembed_last]
    compiled += [kv_cache.grow, loop]

    def sizes() -> list[int]:
        return [function._cache_size() for function in compiled]  # pyright: ignore

    def use(prompt: list[int], settings: Settings, limit: int) -> None:
        generate([prompt], settings, [limit])
        stream(prompt, settings, limit)

    use([1, 5], Settings(), 3)
    before = sizes()
    for length in (1, 7, 63):
        other = Settings(temperature=0.3, top_k=length, min_p=0.1, seed=length)
        use([1, *range(50, 50 + length)], other, 5)
    use([1, 5], Settings(temperature=0.0), 40)
    assert sizes() == before
