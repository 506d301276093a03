"""A room trains one model: phones that come, go, are slow, and lie, by a real server.

The phones are scripted. What they send is the gradient of a bowl in place of a model's:
the server can't tell, and one knows where its bottom is.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from typing import Any

import numpy as np
import pytest

from llm_lessons_room.activities.train_together import frames
from tests.server import room_content
from tests.server.phones import PROGRAM, Client, RoomServer, answer, played_by

pytestmark = pytest.mark.slow

INDEX = [step["id"] for step in room_content.steps()].index("train-together")
HEAD = frames.WEIGHTS.size
Head = tuple[int, int, int]  # training, step, and which lines are to be read
Reply = Callable[[Head, np.ndarray], bytes | None]


def parsed(frame: bytes) -> tuple[Head, np.ndarray]:
    """Weights that came."""
    training, step, lines, _ = frames.WEIGHTS.unpack_from(frame)
    values = np.frombuffer(frame, "<f2", offset=HEAD).astype(np.float32)
    return (training, step, lines), values


def packed(head: Head, gradient: np.ndarray, loss: float) -> bytes:
    """A gradient as a phone sends it."""
    numbers = (gradient * frames.SCALE).clip(-6e4, 6e4).astype("<f2").tobytes()
    return frames.GRADIENT.pack(*head[:2], loss, 200) + numbers


def from_the_bottom(weights: np.ndarray) -> np.ndarray:
    """How far each weight is from where the bowl is deepest."""
    return weights - np.sin(np.arange(len(weights))).astype(np.float32)


def honest(head: Head, weights: np.ndarray) -> bytes:
    """The bowl's slope, with the noise of a few lines."""
    away = from_the_bottom(weights)
    noise = np.random.default_rng(head[2]).standard_normal(len(weights))
    slope = (away + 0.1 * noise.astype(np.float32)) / len(weights) ** 0.5
    return packed(head, slope, float((away**2).mean()))


def poisoned(head: Head, weights: np.ndarray) -> bytes:
    """Uphill, as steep as can be sent."""
    return packed(head, -1e6 * from_the_bottom(weights), 40.0)


def cut_short(head: Head, weights: np.ndarray) -> bytes:
    return honest(head, weights)[:-100]


def thumbs(head: Head, weights: np.ndarray) -> bytes:
    """One thumb down of four."""
    return packed(head, from_the_bottom(weights), 0.25)


def silent(*_: Any) -> None:
    """A locked phone."""


@asynccontextmanager
async def working(server: RoomServer, reply: Reply) -> AsyncIterator[Client]:
    """A phone that answers all weights that it gets."""

    async def work(one: Client) -> None:
        number = 0
        while True:
            await one.frame(number)
            number = len(one.frames)
            head, weights = parsed(one.frames[-1])  # a page, too, goes by the newest
            made = None if head[2] == frames.NO_LINES else reply(head, weights)
            if made is not None:
                await one.send(made)

    async with server.phone() as one:
        task = asyncio.create_task(work(one))
        try:
            yield one
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError, TimeoutError):
                await task


async def go(lead: Client, moves: int = 0) -> None:
    """Have the leader go to the step, and so many moments on."""
    await lead.asked({"do": "go", "step": INDEX}, type="moment", index=INDEX)
    for _ in range(moves):
        await lead.asked({"do": "next"}, type="moment")


def standing(wall: Client) -> dict[str, Any]:
    """How the training stands, as the screen was told last."""
    return [one["tally"] for one in wall.heard if one.get("tally")][-1]


async def stands(wall: Client, fits: Callable[[dict[str, Any]], bool]) -> dict:
    """The same, once it is so."""
    for _ in range(2000):
        told = standing(wall)
        if "steps" in told and fits(told):
            return told
        await asyncio.sleep(0.02)
    raise AssertionError(standing(wall))


async def steps(wall: Client, least: int) -> dict:
    """The same, after so many steps."""
    return await stands(wall, lambda told: told["steps"] >= least)


async def give(one: Client, name: str) -> None:
    moment = await one.until(type="moment", index=INDEX, phase="open")
    await one.asked(answer(moment, {"name": name}), type="taken")


# faster than a room can watch, and no faster than a phone may send
FAST = f"""
from llm_lessons_room.server import training
training.FASTEST = 0.1
{PROGRAM}
"""


@played_by(FAST)
async def test_phones_that_come_go_and_lie_train_one_model(playing: RoomServer):
    async with AsyncExitStack() as stack:
        come = stack.enter_async_context
        lead = await come(playing.leader())
        wall = await come(playing.screen())
        good = [await come(working(playing, honest)) for _ in range(8)]
        for reply in (poisoned, cut_short, silent):
            await come(working(playing, reply))
        await go(lead)
        await give(good[0], "Rex")
        await lead.asked({"do": "next"}, type="moment", phase="shown")
        told = await steps(wall, 3)
        assert told["names"] == ["Rex"]
        # the liar is among those who count; another and the locked one are not
        assert told["phones"] == 9 and told["refused"] >= 1
        await stands(wall, lambda told: told["late"] == 0)  # nobody waits again
        late = await come(working(playing, honest))
        await stands(wall, lambda told: told["phones"] == 10)
        late.drop()
        good[1].drop()  # without a word, in the middle of a step
        await stands(wall, lambda told: told["phones"] == 8)
        told = await steps(wall, 40)
        assert told["shortened"] >= 30
        losses = told["losses"]
        assert len(losses) == told["steps"]
        assert losses[-1] < 0.9 * losses[0], "downhill, in spite of all"
        (_, step, lines), weights = parsed(wall.frames[-1])
        assert step >= 39 and lines == frames.NO_LINES
        first = parsed(wall.frames[0])[1]
        away = [(from_the_bottom(found) ** 2).mean() for found in (first, weights)]
        assert away[1] < away[0]


async def test_in_the_end_everybody_gets_the_model_and_who_comes_later_too(
    playing: RoomServer,
):
    async with (
        playing.leader() as lead,
        playing.screen() as wall,
        working(playing, honest) as one,
        playing.phone() as lazy,
    ):
        await go(lead, 1)
        await steps(wall, 3)
        await lead.asked({"do": "next"}, type="moment", phase="reveal")
        count, training = (standing(wall)[key] for key in ("steps", "training"))
        whole = (training, count, frames.NO_LINES)
        async with playing.phone() as late, playing.screen() as other:
            for client in (one, lazy, late, wall, other):
                number = 0
                while parsed(await client.frame(number))[0] != whole:
                    number += 1
            came = len(lazy.frames)
            await lead.asked({"do": "black"}, type="moment", black=True)
            await lazy.asked({"type": "ping"}, type="pong")
            assert len(lazy.frames) == came, "54 KB are sent once"
        # pages that showed another step, or speak anew, have no model any more
        away = {"do": "go", "step": INDEX - 1}
        here = {"do": "go", "step": INDEX, "moment": 2}
        for moves in ((away, here), ({"do": "language", "language": "nb"},)):
            before = [len(client.frames) for client in (lazy, wall)]
            for move in moves:
                await lead.asked(move, type="moment")
            for client, number in zip((lazy, wall), before, strict=True):
                assert parsed(await client.frame(number))[0] == whole
        # back again, it goes on where it was
        await lead.asked({"do": "back"}, type="moment", phase="shown")
        told = await steps(wall, count + 1)
        assert told["training"] == training


async def test_thumbs_go_on_from_the_model_and_the_way_back_leads_to_it(
    playing: RoomServer,
):
    async with (
        playing.leader() as lead,
        playing.screen() as wall,
        working(playing, thumbs),
    ):
        past = {"do": "go", "step": INDEX, "moment": 3}  # without any training
        await lead.asked(past, type="moment", phase="shown", round=2)
        await wall.until(type="moment", phase="shown", round=2)
        assert "training" not in standing(wall)
        await go(lead, 1)
        await steps(wall, 3)
        await lead.asked({"do": "next"}, type="moment", phase="reveal")
        taught = await steps(wall, 3)
        await lead.asked({"do": "next"}, type="moment", phase="shown", round=2)
        before = taught["training"]
        told = await stands(
            wall, lambda told: told["training"] != before and told["steps"] > 0
        )
        number = told["training"]
        assert set(told["losses"]) == {0.25} and told["answered"] == 1
        came = [(parsed(frame)[0], frame[HEAD:]) for frame in wall.frames]
        last = [raw for head, raw in came if head[0] == before][-1]
        first = next(raw for head, raw in came if head[:2] == (number, 0))
        assert first == last, "the screen sees what thumbs begin with"
        # so does one that comes later
        async with playing.screen() as other:
            frame = await other.frame(0)
            assert parsed(frame)[0][:2] == (number, 0) and frame[HEAD:] == first
            head, _ = parsed(await other.frame(1))
            assert head[0] == number and head[1] > 0
        await lead.asked({"do": "next"}, type="moment", phase="reveal", round=2)
        await lead.asked({"do": "back"}, type="moment", phase="shown", round=2)
        assert (await steps(wall, 2))["training"] == number
        await lead.asked({"do": "back"}, type="moment", phase="reveal", round=1)
        told = await stands(wall, lambda told: told["training"] != number)
        for key in ("training", "steps", "losses"):
            assert told[key] == taught[key]


async def test_a_name_that_the_leader_hides_is_out_of_the_model(playing: RoomServer):
    async with (
        playing.leader() as lead,
        playing.screen() as wall,
        working(playing, honest) as one,
        working(playing, honest) as other,
    ):
        await go(lead)
        await give(one, "Rex")
        await give(other, "  Rude\u202e   word ")
        now = await lead.asked({"do": "next"}, type="moment", phase="shown")
        assert [text["text"] for text in now["texts"]] == ["Rex", "Rude word"]
        told = await steps(wall, 2)
        assert told["names"] == ["Rex", "Rude word"]
        number, seat = told["training"], now["texts"][1]["seat"]
        hide = {"do": "hide", "seat": seat, "text": "Rude word"}
        await lead.asked(hide, type="moment")
        told = await stands(wall, lambda told: told["training"] != number)
        assert told["names"] == ["Rex"] and told["steps"] < 2
        # all at once hidden, they are still learned
        await lead.asked({"do": "hide_all"}, type="moment", hidden=True)
        # both go on with it at once, and what they were at is no fault of theirs
        told = await steps(wall, 2)
        assert told["phones"] == 2 and told["refused"] == 0
        assert told["training"] == number + 1 and told["names"] == ["Rex"]


async def test_bytes_are_taken_from_seated_phones_of_a_training_alone(
    playing: RoomServer,
):
    async with (
        playing.leader() as lead,
        playing.phone() as one,
        Client(playing.port, "/socket", None) as stranger,
        playing.screen() as wall,
    ):
        await one.until(type="moment")
        for client in (one, stranger, wall):
            await client.asked(bytes(900), type="refused", why="bad")
        await go(lead, 1)
        (number, *_), _ = parsed(await one.frame(0))
        await stranger.asked(bytes(60_000), type="refused", why="bad")
        head = frames.GRADIENT.pack(number, 0, 2.0, 200)
        await one.asked(head + bytes(500), type="refused", why="bad")
        with suppress(Exception):
            await one.send(bytes(100_000))
        await one.until(type="closed")


@pytest.mark.rest
async def test_a_hundred_phones_make_ten_steps_in_half_a_minute(playing: RoomServer):
    """54 KB each way for each of them; all work on the machine that the server has."""
    async with AsyncExitStack() as stack:
        lead = await stack.enter_async_context(playing.leader())
        wall = await stack.enter_async_context(playing.screen())
        for _ in range(100):
            await stack.enter_async_context(working(playing, honest))
        await go(lead, 1)
        await steps(wall, 1)
        begun = time.monotonic()
        told = await steps(wall, 11)
        assert time.monotonic() - begun < 30
        assert told["phones"] > 25
        assert told["refused"] == told["shortened"] == 0
