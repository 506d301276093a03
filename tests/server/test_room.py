"""An evening as it is played: a server, a leader, a screen, phones of every kind."""

import asyncio
import json
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from contextlib import AsyncExitStack, suppress
from pathlib import Path
from typing import Any

import pytest
from tornado.httpclient import HTTPClientError, HTTPRequest
from tornado.websocket import WebSocketClosedError, websocket_connect

from llm_lessons_room.server.service import read_playable
from llm_lessons_server.addresses import network_addresses
from llm_lessons_starter.trouble import Trouble
from tests.server.clients import FEW_FILES_OF, POSIX, asked, get, request, soon_over
from tests.server.phones import PROGRAM, Client, RoomServer, answer, played_by
from tests.server.room_content import SECRET
from tests.server.test_room_rules import NAMES, SAVED, STEPS

pytestmark = pytest.mark.slow


async def go(lead: Client, step: str, moves: int = 0) -> dict[str, Any]:
    """Have the leader go to a step; the moment as the leader is told."""
    index, found = NAMES.index(step), {}
    deeds = [{"do": "go", "step": index}, *moves * [{"do": "next"}]]
    for deed in deeds:
        found = await lead.asked(deed, type="moment", index=index)
    return found


async def test_an_evening_from_the_first_step_to_the_last(playing: RoomServer):
    """All hear of every moment, and phones of no secret; every kind is answered.

    What answers add up to is counted a second time in `test_room_rules.py`.
    """
    async with AsyncExitStack() as stack:
        come = stack.enter_async_context
        lead = await come(playing.leader())
        wall = await come(playing.screen())
        phones = [
            await come(playing.phone(language=("nb", None)[n % 2])) for n in range(6)
        ]
        numbers = [(await one.until(type="hello"))["number"] for one in phones]
        now = await lead.until(type="moment")
        while True:
            here = {"type": "moment", "index": now["index"], "phase": now["phase"]}
            here["round"] = now["round"]
            told = [await one.until(**here) for one in phones]
            seen = await wall.until(**here)
            step = STEPS[now["step"]["id"]]
            assert now["guide"] == step["guide"]
            for seat, one, moment in zip(numbers, phones, told, strict=True):
                if step["kind"] in ("marbles", "book"):
                    odd = step["kind"] == "marbles"
                    assert moment["half"] == (seat % 2 == odd)
                assert "guide" not in moment
                is_open = moment["phase"] == "open"
                assert (moment["tally"] is None) >= is_open
                if is_open:
                    await one.asked(answer(moment, SAVED[step["kind"]]), type="taken")
            if now["round"] and now["phase"] != "open":
                # Nobody here judges what was trained.
                by_thumbs = step["kind"] == "train_together" and now["round"] > 1
                assert now["tally"]["answered"] == (0 if by_thumbs else 6)
                assert seen["tally"]["answered"] == now["tally"]["answered"]
                # how a training stands may have changed meanwhile
                assert seen["tally"] == now["tally"] or step["id"] == "train-together"
            if now["phase"] == "reveal":
                assert told[0]["revealed"] == step["hidden"]
            if now["next"] is None:
                break
            now = await lead.asked({"do": "next"}, type="moment")
        assert [step["id"] for step in now["decks"][0]["steps"]] == NAMES
        for one in (*phones, wall):
            for raw, message in zip(one.raw, one.heard, strict=False):
                assert "GUIDE" not in raw
                assert (SECRET in raw) <= (message.get("phase") == "reveal")
                assert playing.secret not in raw


def test_ended_or_killed_it_goes_on_where_it_was(room: Path):
    """Killed, it loses a second at most."""
    server, seats = RoomServer(room), list[str]()

    async def before() -> None:
        async with (
            server.leader() as lead,
            server.phone() as first,
            server.phone() as second,
        ):
            for one in (first, second):
                seats.append((await one.until(type="hello"))["seat"])
            assert "is open in another window already" in refusal(room)
            await go(lead, "guess")
            moment = await first.until(type="moment", index=NAMES.index("guess"))
            await lead.asked({"do": "language", "language": "nb"}, type="hello")
            assert (await first.asked(answer(moment, 2), type="taken"))["round"] == 1
            await asyncio.sleep(1.6)

    async def after(again: RoomServer, guests: int) -> None:
        async with (
            again.leader() as lead,
            again.phone(seats[0]) as first,
            again.phone(seats[1]) as second,
            again.phone("of another evening") as third,
        ):
            hello = await first.until(type="hello")
            assert (hello["seat"], hello["number"]) == (seats[0], 1)
            assert hello["language"] == "nb"
            assert (await first.until(type="moment"))["yours"] == 2
            assert (await second.until(type="moment"))["yours"] is None
            assert (await third.until(type="hello"))["number"] == guests + 1
            moment = await lead.until(type="moment")
            assert moment["step"]["id"] == "guess" and moment["tally"]["answered"] == 1

    soon_over(before())
    server.process.kill()
    server.end()
    for guests in (2, 3):
        with RoomServer(room) as again:
            assert again.secret == server.secret
            soon_over(after(again, guests))


async def test_of_a_seats_connections_the_one_that_was_used_last_counts(
    playing: RoomServer,
):
    """Such as two tabs; or the wifi is lost, and what was on its way arrives later."""
    async with playing.leader() as lead, playing.phone() as first:
        seat = (await first.until(type="hello"))["seat"]
        again = {"type": "join", "seat": None}
        await first.asked(again, type="refused", why="bad")
        await go(lead, "guess")
        moment = await first.until(type="moment", index=NAMES.index("guess"))
        await first.asked(answer(moment, 0), type="taken")
        async with playing.phone(seat) as second:
            assert (await second.until(type="hello"))["number"] == 1
            assert (await second.until(type="moment"))["yours"] == 0
            await first.until(type="elsewhere")
            await second.asked(answer(moment, 1), type="taken")
            elsewhere = {"type": "refused", "why": "elsewhere"}
            await first.asked(answer(moment, 0), **elsewhere, step="guess", round=1)
            await first.send({"type": "here"})
            await second.until(type="elsewhere")
            await first.asked(answer(moment, 2), type="taken")
            await second.send({"type": "here"})
            await second.asked(answer(moment, 1), type="taken")
        await lead.until(type="tally", present=1, seats=1)
        # though the newer one has gone
        await first.asked(answer(moment, 0), **elsewhere)
        told = await lead.asked({"do": "next"}, type="moment")
        assert told["tally"]["before"]["counts"] == [0, 1, 0]
        # a new evening: whoever is here gets a new seat
        await lead.asked({"do": "anew"}, type="moment", index=0, present=1, seats=1)
        assert (await first.until(type="hello"))["seat"] != seat
        await go(lead, "guess")
        await first.asked(answer(moment, 2), type="taken")


UNREAD = ["{", b"{}", {"do": "next"}, {"type": "language", "language": "xx"}]
UNREAD += [{"type": "answer", "value": float("nan")}, '{"value": -1e999}']
UNREAD += [4000 * "[", 1500 * '{"a":', "9" * 5000]


async def test_what_makes_no_sense_is_refused_and_harms_nobody(playing: RoomServer):
    async with playing.leader() as lead, playing.phone() as good:
        async with Client(playing.port, "/socket", None) as silent:
            unseated = {"type": "answer", "step": "say", "round": 0, "value": 1}
            await silent.asked(unseated, type="refused", why="bad")
        await go(lead, "next-word")
        moment = await good.until(type="moment", index=NAMES.index("next-word"))
        async with playing.phone() as bad:
            await bad.until(type="moment")
            for junk in UNREAD:
                told = await bad.asked(junk, type="refused")
                assert told == {"type": "refused", "why": "bad"}
            own = {"step": "next-word", "round": 1}
            told = await bad.asked(answer(moment, {"word": "\ud800"}), type="refused")
            assert told == {"type": "refused", "why": "bad"} | own
            for place, named in (
                ({"step": "guess"}, own | {"step": "guess"}),
                ({"step": [4000 * "x"]}, {}),
                ({"round": True}, {}),
            ):
                said = answer(moment, {"word": "x"}) | place
                told = await bad.asked(said, type="refused")
                assert told == {"type": "refused", "why": "closed"} | named
        await good.asked(answer(moment, {"word": "king"}), type="taken")
        await lead.asked({"do": "next"}, type="moment")
        told = await lead.asked({"do": "show_all"}, type="moment")
        assert told["tally"]["words"] == [["king", 1]]


async def test_who_sends_too_much_is_left_and_the_others_are_not(playing: RoomServer):
    async with playing.leader() as lead, playing.phone() as good:
        await go(lead, "temperature")
        moment = await good.until(type="moment", index=NAMES.index("temperature"))
        async with playing.phone() as flood:
            await flood.until(type="moment", index=moment["index"])
            with suppress(WebSocketClosedError):
                for n in range(10_000):
                    await flood.send(answer(moment, n % 20 / 10))
            assert (await flood.until(type="closed"))["code"] == 1008
            told = [one.get("why") for one in flood.heard]
            assert 0 < told.count("fast") < 20
            assert sum(one["type"] == "taken" for one in flood.heard) < 100
        for size in (8 * 1024 + 1, 10_000_000):
            async with playing.phone() as large:
                await large.until(type="moment")
                with suppress(WebSocketClosedError):
                    await large.send("x" * size)
                assert "closed" in (await large.until(type="closed"))["type"]
        assert (await good.asked(answer(moment, 1), type="taken"))["round"] == 1
        for _ in range(20):  # five a second, as the slider sends them
            await asyncio.sleep(0.1)
            await good.send(answer(moment, 1.5))
        assert all(one.get("why") is None for one in good.heard)


HASTY = f"""
from llm_lessons_room.server import service, sockets
sockets.PATIENCE, service.PING = 0.5, 1
sockets.LeadSocket.LIMIT = sockets.limits.LEAD._replace(at_once=999)
{PROGRAM}
"""


@played_by(HASTY)
async def test_who_never_reads_is_no_trouble_and_who_never_speaks_is_left(
    playing: RoomServer,
):
    async with Client(playing.port, "/socket", None) as silent:
        assert (await silent.until(type="closed"))["code"] == 1008
    head = """GET /socket HTTP/1.1
Host: localhost
Upgrade: websocket
Connection: Upgrade
Sec-WebSocket-Version: 13
Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==

"""
    text = b'{"type":"join"}'
    deaf = socket.create_connection(("127.0.0.1", playing.port))
    deaf.sendall(head.replace("\n", "\r\n").encode())
    deaf.sendall(bytes([0x81, 0x80 | len(text), 0, 0, 0, 0]) + text)
    async with (
        playing.leader() as lead,
        playing.screen() as wall,
        playing.phone() as good,
    ):
        await wall.until(present=2)
        for n in range(400):  # 2 kB each to the deaf one
            await lead.asked({"do": "go", "step": 1 + n % 2}, type="moment")
        await good.until(type="moment", index=2)
        assert sum(one["type"] == "moment" for one in good.heard) > 300
        await wall.until(present=1)  # for the deaf one answers no ping, either
        await good.asked({"type": "ping"}, type="pong")
    deaf.close()


async def test_two_leaders_steer_one_evening_and_nobody_else_does(playing: RoomServer):
    async with playing.leader() as first:
        async with playing.leader() as second:
            for one in (first, second):
                assert (await one.until(leaders=2))["type"] == "moment"
            await second.send({"do": "next"})
            await first.until(type="moment", index=1)
            told = await second.asked({"do": "back"}, type="moment", index=0)
            assert told["next"]["kind"] == "chat"
            await second.asked({"do": "back"}, type="refused", why="bad")
        await first.until(leaders=1)
    for wrong in ("x", playing.secret[:-1], playing.secret + "x", "%00", "%ff"):
        with pytest.raises(HTTPClientError) as refused:
            await websocket_connect(
                f"ws://127.0.0.1:{playing.port}/lead/{wrong}/socket"
            )
        assert refused.value.code in (400, 404)
        assert get(playing.port, f"/lead/{wrong}").status in (400, 404)


async def test_everybody_reads_their_own_language(playing: RoomServer):
    async with (
        playing.leader() as lead,
        playing.screen() as wall,
        playing.screen("en") as english,
        playing.phone(language="nb-NO") as norwegian,
        playing.phone(language="fr") as french,
    ):
        assert (await norwegian.until(type="hello"))["language"] == "nb"
        assert (await french.until(type="hello"))["language"] == "en"
        await lead.asked({"do": "language", "language": "nb"}, type="hello")
        hello = await french.until(type="hello", language="nb")
        assert hello["words"] == {"hello": "phone nb"} and hello["number"] == 2
        assert hello["languages"] == {"en": "English", "nb": "norsk bokmål"}
        assert (await wall.until(language="nb"))["words"] == {"hello": "screen nb"}
        await norwegian.asked(
            {"type": "language", "language": "en"}, type="hello", language="en"
        )
        await lead.asked({"do": "deck", "deck": "short"}, type="moment", deck="short")
        await norwegian.until(type="moment", deck="short", of=3)
        assert {one["language"] for one in english.heard if "language" in one} == {"en"}


def refusal(folder: Path) -> str:
    """What the server says that can't play a folder."""
    command = [sys.executable, "-W", "error", "-c", PROGRAM, str(folder), "--port", "0"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    return done.stderr


def test_a_room_hears_where_it_is(room: Path):
    own = network_addresses()
    if not own:
        pytest.skip("this machine is in no network")

    async def evening(server: RoomServer) -> None:
        async with server.screen() as wall:
            join = (await wall.until(type="moment"))["join"]
            address = f"http://{own[0]}:{server.port}/"
            assert join["address"] == address and join["qr"].startswith("<svg")
            assert f"phones  {address}" in server.told
            assert f"{address}lead/{server.secret}" in server.told
        async with Client(server.port, "/socket", {"type": "join"}, own[0]) as one:
            assert (await one.until(type="hello"))["number"] == 1

    with RoomServer(room, "--port", "0", "--room") as server:
        soon_over(evening(server))
    with RoomServer(room) as server, pytest.raises(OSError):
        socket.create_connection((own[0].strip("[]"), server.port), 2)


def test_without_an_evening_to_play_it_says_so_in_a_sentence(
    room: Path, tmp_path: Path
):
    assert "There is no room in" in refusal(tmp_path / "nowhere")
    path = room / "content" / "nb.json"
    table = json.loads(path.read_text())
    for step in table["decks"][0]["steps"]:
        step["hidden"].pop("answers", None)
    for text in ("{", "[]", "{}", json.dumps(table), json.dumps(table | {"decks": []})):
        path.write_text(text)
        with pytest.raises(Trouble, match="can't be played"):
            read_playable(room)
    shutil.rmtree(path.parent)
    with pytest.raises(Trouble, match="There is no evening in"):
        read_playable(room)


def test_pages_are_for_those_who_may_see_them(room: Path):
    handouts = room.parent / "handouts"
    handouts.mkdir()
    (handouts / "index.html").write_text("all lessons")
    spoilers = "deck_long.html run_sheet_long.pdf Answers.pdf facilitator.html "
    spoilers += "cards.pdf kit.html"
    for name in spoilers.split():
        (handouts / name).write_text(SECRET)
    with RoomServer(room) as server:
        pages = {"/": "phone", "/screen": "screen", f"/lead/{server.secret}": "lead"}
        for target, name in pages.items():
            reply = get(server.port, target)
            assert f"<title>{name}</title>".encode() in reply.content
            policy = reply.headers["content-security-policy"]
            assert "script-src 'self' 'wasm-unsafe-eval' 'sha256-" in policy
            assert "connect-src 'self' ws://localhost;" in policy
            assert reply.headers["referrer-policy"] == "no-referrer"
            again = get(server.port, target, f"If-None-Match: {reply.headers['etag']}")
            assert again.status == 304
            assert again.headers["content-security-policy"] == policy
        assert get(server.port, "/fjord.js").content == b"offerModel()"
        assert get(server.port, "/handouts/").content == b"all lessons"
        assert "content-security-policy" not in get(server.port, "/handouts/").headers
        closed = "/evening.json /content/en.json /lead.html /phone.html /lead/ /lead "
        closed += "/lead/../evening.json /handouts/../room/evening.json /handouts "
        closed += "/handouts/%2e%2e/room/evening.json /handouts/%64eck_long.html?x"
        hidden = [f"/handouts/{name}" for name in spoilers.split()]
        for target in [*closed.split(), *hidden]:
            reply = get(server.port, target)
            assert reply.status == 404 and server.secret.encode() not in reply.content
        assert get(server.port, "/socket").status == 400
        odd = get(server.port, "/", "Host: 10.0.0.5:8766, x;script-src *")
        assert odd.status in (400, 403)
        assert "script-src *" not in odd.headers.get("content-security-policy", "")


async def test_pages_of_others_and_other_names_get_no_answer(playing: RoomServer):
    own = f"127.0.0.1:{playing.port}"
    strange = f"{own}.evil.example"
    forwarded = "a-room-8766.app.github.dev"
    for path in ("/socket", "/screen/socket", f"/lead/{playing.secret}/socket"):
        for bad in (
            {"Origin": "null"},
            {"Origin": f"http://{strange}"},
            {"Host": strange, "Origin": f"http://{strange}"},
        ):
            asked_for = HTTPRequest(f"ws://{own}{path}", headers=bad)
            with pytest.raises(HTTPClientError) as refused:
                await websocket_connect(asked_for)
            assert refused.value.code == 403
        elsewhere = {"Origin": f"https://{forwarded}", "Host": forwarded}
        for good in ({"Origin": f"http://{own}"}, {}, elsewhere):
            asked_for = HTTPRequest(f"ws://{own}{path}", headers=good)
            connection = await websocket_connect(asked_for)
            connection.close()
            while await connection.read_message() is not None:
                pass  # until it is over: nothing may be left open
    for path in ("/", "/screen", f"/lead/{playing.secret}", "/fjord.js"):
        raw = request(path).replace(b"localhost", b"evil.example")
        reply = await asyncio.wait_for(asked(playing.port, raw), 30)
        assert reply.status == 403
        assert b"Nothing is shown under this name" in reply.content


@played_by(FEW_FILES_OF.format(program=PROGRAM))
@POSIX
async def test_phones_keep_their_places_when_pages_need_some(playing: RoomServer):
    """Of 256 open files, 100 are phones that are silent; 300 browsers come besides."""
    async with AsyncExitStack() as stack:
        phones = [await stack.enter_async_context(playing.phone()) for _ in range(100)]
        for one in phones:
            await one.until(type="moment")
        await asyncio.sleep(2.5)  # who has not asked for a while makes room
        opened = await asyncio.gather(
            *(asyncio.open_connection("127.0.0.1", playing.port) for _ in range(300))
        )
        for _, writer in opened:
            writer.write(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
        for reader, _ in opened:
            head = await asyncio.wait_for(reader.readline(), 60)
            assert head == b"HTTP/1.1 200 OK\r\n"
        for one in phones:
            await one.asked({"type": "ping"}, type="pong")
        for _, writer in opened:
            writer.close()


async def _again_and_again(make: Callable[[], Client], over: asyncio.Event) -> None:
    """Open one connection after the other, and leave each at once."""
    while not over.is_set():
        with suppress(OSError, WebSocketClosedError, TimeoutError):
            async with make():
                await asyncio.sleep(0)


async def _without_a_pause(
    playing: RoomServer, message: dict[str, Any], over: asyncio.Event
) -> None:
    """Send the same as fast as it goes, and come back when one is thrown out."""
    while not over.is_set():
        with suppress(OSError, WebSocketClosedError, TimeoutError):
            async with playing.phone() as flood:
                while not over.is_set():
                    await flood.send(message)
                    await asyncio.sleep(0)


async def test_300_keep_their_seats_and_votes_while_others_attack(playing: RoomServer):
    """One who opens screens, one who takes seats and leaves, one who never stops."""
    async with AsyncExitStack() as stack:
        come = stack.enter_async_context
        lead = await come(playing.leader())
        await go(lead, "guess")
        phones = [playing.phone() for _ in range(300)]
        await asyncio.gather(*map(come, phones))
        hellos = [await one.until(type="hello") for one in phones]
        moment = await phones[0].until(type="moment")
        over = asyncio.Event()
        attacks = asyncio.gather(
            _again_and_again(playing.screen, over),
            _again_and_again(playing.phone, over),
            _without_a_pause(playing, answer(moment, 0), over),
        )
        await asyncio.sleep(1)
        votes = [answer(moment, number % 3) for number in range(300)]
        voting = zip(phones, votes, strict=True)
        await asyncio.gather(*(one.asked(vote, type="taken") for one, vote in voting))
        over.set()
        await attacks
        told = await lead.asked({"do": "next"}, type="moment")
        [first, *others] = told["tally"]["before"]["counts"]
        assert others == [100, 100] and first >= 100  # the flood may vote, too
        for one in phones[:60]:
            one.drop()
        back = [playing.phone(hello["seat"]) for hello in hellos[:60]]
        await asyncio.gather(*map(come, back))
        for number, (one, hello) in enumerate(zip(back, hellos, strict=False)):
            assert (await one.until(type="hello"))["number"] == hello["number"]
            assert (await one.until(type="moment"))["yours"] == number % 3


FEW_SEATS = f"""
from llm_lessons_room.server import places
places.NEW_SEATS = places.NEW_SEATS._replace(at_once=20, a_second=0.001)
{PROGRAM}
"""
BROKEN = f"""
from llm_lessons_room.server import hub
hub.Hub.answer = lambda *_: 1 // 0
{PROGRAM}
"""


@played_by(FEW_SEATS)
async def test_who_comes_again_and_again_takes_a_few_seats_and_no_answer(
    playing: RoomServer,
):
    async with AsyncExitStack() as stack:
        lead = await stack.enter_async_context(playing.leader())
        for _ in range(4):
            await stack.enter_async_context(playing.screen())
        with pytest.raises(HTTPClientError) as refused:
            await stack.enter_async_context(playing.screen())
        assert refused.value.code == 503
        await lead.until(warnings=["screens"], screens=4)
        await go(lead, "guess")
        first = await stack.enter_async_context(playing.phone())
        seat = (await first.until(type="hello"))["seat"]
        vote = {"type": "answer", "step": "guess", "round": 1, "value": 2}
        await first.asked(vote, type="taken")
        for number in range(2, 31):
            async with playing.phone() as one:
                if number <= 20:
                    assert (await one.until(type="hello"))["number"] == number
                    await one.asked(vote, type="taken")
                else:
                    await one.until(type="refused", why="full")
        await lead.until(warnings=["screens", "seats"], present=1, seats=20)
        told = await lead.asked({"do": "free"}, type="moment", seats=1)
        assert told["tally"]["answered"] == 20 and told["warnings"] == ["screens"]
        async with playing.phone(seat) as again:  # who has a seat keeps it
            assert (await again.until(type="hello"))["number"] == 1
            assert (await again.until(type="moment"))["yours"] == 2


def test_a_fault_that_a_phone_finds_is_said_once(room: Path):
    async def evening(server: RoomServer) -> None:
        for _ in range(10):
            async with server.phone() as one:
                await one.until(type="moment")
                await one.send({"type": "answer"})
                await one.until(type="closed")

    server = RoomServer(room, program=BROKEN)
    soon_over(evening(server))
    server.process.terminate()
    assert server.end().count("ZeroDivisionError: ") == 1
