"""An evening is served before it is made, and its figures come while it is played."""

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from llm_lessons_starter.fresh import all_fresh
from tests.server import room_content
from tests.server.clients import get, soon_over
from tests.server.phones import Client, RoomServer

pytestmark = pytest.mark.slow

# Makes a folder as `llm_lessons_room.content` does: a part after the other, each when a
# file of its name allows it; "stop" ends it with a sentence.
MAKER = """
import sys, time
from pathlib import Path
from llm_lessons_starter.fresh import fingerprint, write_stamp
from tests.server import room_content

out, here = Path(sys.argv[2]), Path(__file__).parent

def wait_for(name):
    while not (here / name).exists():
        if (here / "stop").exists():
            sys.exit((here / "stop").read_text())
        time.sleep(0.02)

def stamped(part, *files):
    sources = [here / "source"]
    write_stamp(out, part, files, sources, fingerprint(sources))

(here / "source").write_text("1")
write_stamp(out, "figures", (), [here / "source"], "")
print("making it ...", flush=True)
wait_for("content")
room_content.write(out, svg="")
(out / "fjord.js").unlink()
stamped("pages")
stamped("content", "content/en.json")
wait_for("model")
(out / "fjord.js").write_text("offerModel()")
stamped("model", "fjord.js")
wait_for("figures")
room_content.write(out)
stamped("figures")
"""


class Maker:
    """A program that makes a room's folder, and no sooner than it is told to."""

    def __init__(self, folder: Path):
        self._here, self.room = folder / "made", folder / "build" / "room"
        self._here.mkdir()
        (self._here / "a_maker.py").write_text(MAKER)

    def allow(self, *parts: str) -> None:
        for part in parts:
            (self._here / part).touch()

    def stop(self, sentence: str) -> None:
        (self._here / "stop").write_text(sentence)

    def server(self) -> RoomServer:
        return RoomServer(self.room, "--port", "0", "--made-by", "a_maker")


@pytest.fixture
def maker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Maker:
    root = Path(__file__).resolve().parents[2]
    monkeypatch.setenv("PYTHONPATH", f"{tmp_path / 'made'}:{root}")
    return Maker(tmp_path)


def soon(port: int) -> None:
    end = time.monotonic() + 20
    while get(port, "/").status != 200:
        assert time.monotonic() < end
        time.sleep(0.02)


def test_the_addresses_are_there_before_the_evening_and_the_evening_before_its_figures(
    maker: Maker,
):
    async def evening(server: RoomServer) -> None:
        async with server.leader() as lead, server.screen() as wall:
            index = [one["id"] for one in room_content.steps()].index("figure")
            await lead.send({"do": "go", "step": index})
            shown = (await wall.until(type="moment", index=index))["step"]["shown"]
            assert (shown["svg"], shown["coming"]) == ("", True)
            assert shown["said"] == "It says."  # what it will be
            assert (await lead.until(type="moment", index=index))["warnings"] == []
            maker.allow("figures")
            async with asyncio.timeout(20):
                while not now_on(wall).get("svg"):
                    await asyncio.sleep(0.02)

    with maker.server() as server:
        assert not (maker.room / "content").exists()
        for path in ("/", "/screen", f"/lead/{server.secret}", "/socket", "/fjord.js"):
            early = get(server.port, path)
            assert early.status == 503 and b'http-equiv="refresh"' in early.content
        maker.allow("content")
        soon(server.port)
        assert get(server.port, f"/lead/{server.secret}").status == 200
        assert not (maker.room / "fjord.js").exists()
        maker.allow("model")
        assert get(server.port, "/fjord.js").content == b"offerModel()"  # it waited
        soon_over(evening(server))
        assert get(server.port, "/nothing.js").status == 404
    assert "making it ..." in server.told and all_fresh(maker.room)
    with maker.server() as again:
        assert get(again.port, "/").status == 200 and again.secret == server.secret
    assert "making it ..." not in again.told


def test_who_comes_in_the_first_second_gets_the_page_as_soon_as_there_is_one(
    maker: Maker,
):
    with maker.server() as server, ThreadPoolExecutor() as phones:
        early = [phones.submit(get, server.port, "/") for _ in range(8)]
        time.sleep(0.3)
        assert not any(one.done() for one in early)
        maker.allow("content")
        assert {one.result().status for one in early} == {200}


@pytest.mark.alone
def test_the_addresses_are_said_within_two_seconds(maker: Maker):
    seconds = []
    for _ in range(3):
        begun = time.monotonic()
        with maker.server():
            seconds.append(time.monotonic() - begun)
    assert min(seconds) < 2, seconds


def now_on(wall: Client) -> dict:
    """What the screen shows."""
    return [one for one in wall.heard if one["type"] == "moment"][-1]["step"]["shown"]


def test_a_figure_that_can_not_be_drawn_is_told_the_leader(maker: Maker):
    async def evening(server: RoomServer) -> None:
        async with server.leader() as lead:
            assert (await lead.until(type="moment"))["warnings"] == []
            maker.stop("No figure today.")
            told = await lead.until(type="moment", warnings=["figures"])
            last = len(told["decks"][0]["steps"]) - 1
            told = await lead.asked({"do": "go", "step": last}, index=last)
            assert told["warnings"] == []  # it is over

    maker.allow("content", "model")
    with maker.server() as server:
        soon(server.port)
        soon_over(evening(server))
    assert "No figure today." in server.told


def test_an_evening_that_can_not_be_made_ends_in_its_sentence(maker: Maker):
    maker.stop("Kveldene på blått ark mangler.")
    server = maker.server()
    assert server.end() == "" and server.process.returncode == 1
    assert server.told.splitlines()[-1] == "Kveldene på blått ark mangler."
    assert not (maker.room / "content").exists()
