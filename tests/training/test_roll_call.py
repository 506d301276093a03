"""Hosts find each other, or all hear in one sentence why not."""

import socket
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import pytest

from llm_lessons.training import roll_call
from llm_lessons.training.lines import Line
from llm_lessons.training.places import Place
from llm_lessons.training.roll_call import enter, free_port, gather, listen
from llm_lessons_starter.trouble import Trouble

FACTS = {"--seed": 0, "its copy of llm_lessons": "abc"}


@pytest.fixture
def place() -> Place:
    return Place("127.0.0.1", free_port(), 3, 0)


@pytest.fixture
def start() -> Iterator[Callable[..., Future[Any]]]:
    """Starts functions side by side."""
    with ThreadPoolExecutor() as pool:
        yield pool.submit


def host_0(place: Place, wait: float = 5, facts: Any = FACTS) -> dict[int, Line]:
    with listen(place) as server:
        return gather(place, server, facts, wait)


def sentences(*calls: Future[Any]) -> set[str]:
    """What each call was refused with."""
    troubles = [call.exception(10) for call in calls]
    assert all(isinstance(trouble, Trouble) for trouble in troubles), troubles
    return {str(trouble) for trouble in troubles}


def test_all_come_in_any_order_and_hear_the_port(place: Place, start):
    second = start(enter, place._replace(host=2), FACTS, 5)
    time.sleep(0.2)  # nobody listens yet
    gathered = start(host_0, place)
    first = start(enter, place._replace(host=1), FACTS, 5)
    lines = gathered.result(10)
    assert lines.keys() == {1, 2}
    for host, line in lines.items():
        line.send({"port": 1000 + host})
    assert first.result(5)[1] == 1001 and second.result(5)[1] == 1002
    for line in (*lines.values(), first.result()[0], second.result()[0]):
        line.close()


@pytest.mark.parametrize(
    ("changed", "facts", "sentence"),
    [
        ({"hosts": 4}, FACTS, "Host 2 was told of 4 hosts and host 0 of 3: give all"),
        ({"host": 1}, FACTS, "Two hosts call themselves host 1: .* from 0 to 2"),
        ({"host": 0}, FACTS, "Two hosts call themselves host 0"),
        ({}, FACTS | {"--seed": 1}, r"differs from host 0 in --seed \(1 and 0\): give"),
        ({}, FACTS | {"its copy of llm_lessons": "abd"}, "in its copy of llm_lessons"),
        ({}, {}, "differs from host 0 in --seed"),
    ],
)
def test_one_that_doesnt_fit_ends_all(changed, facts, sentence, place: Place, start):
    with listen(place) as server:
        gathered = start(gather, place, server, FACTS, 5)
        good = start(enter, place._replace(host=1), FACTS, 5)
        time.sleep(0.5)  # it has called
        bad = start(enter, place._replace(**{"host": 2, **changed}), facts, 5)
        (said,) = sentences(gathered, good, bad)
    with pytest.raises(Trouble, match=sentence):
        raise Trouble(said)


def test_who_waits_hears_that_host_0_was_stopped(place: Place, start, monkeypatch):
    check = roll_call._check

    def interrupted(place, members, *rest) -> int:
        if members:
            raise KeyboardInterrupt
        return check(place, members, *rest)

    monkeypatch.setattr(roll_call, "_check", interrupted)
    with listen(place) as server:
        gathered = start(gather, place, server, FACTS, 5)
        calls = [start(enter, place._replace(host=i), FACTS, 2) for i in (1, 2)]
        assert isinstance(gathered.exception(10), KeyboardInterrupt)
    stopped = "Host 0 was stopped before all hosts had come"
    assert any(str(call.exception(10)).startswith(stopped) for call in calls)


def test_one_that_never_comes_is_named_to_all(place: Place, start):
    gathered = start(host_0, place, 1.5)
    there = start(enter, place._replace(host=2), FACTS, 5)
    (said,) = sentences(gathered, there)
    assert said.startswith("Of 3 hosts 2 came in 2 seconds and these are missing: 1;")


def test_a_host_0_that_never_comes_is_told_of(place: Place):
    with pytest.raises(Trouble, match=r"Host 0 isn't reached at 127.0.0.1:\d+ \(Conn"):
        enter(place._replace(host=1), FACTS, 1)
    with pytest.raises(Trouble, match=r"Host 0 isn't reached at nowhere.invalid:1 "):
        enter(Place("nowhere.invalid", 1, 3, 1), FACTS, 1)


def test_somebody_else_at_the_port_is_told_of(place: Place):
    with socket.create_server(("127.0.0.1", place.port)):  # who never says a word
        with pytest.raises(Trouble, match="Host 0 isn't reached"):
            enter(place._replace(host=1), FACTS, 1)
        with pytest.raises(Trouble, match=f"can't listen on port {place.port}"):
            listen(place)


@pytest.mark.parametrize(
    "words",
    [
        b"GET / HTTP/1.1\r\n\r\n",
        b"\x16\x03\x01\x00\xff\xfe",
        b"[1]\n",
        b"{}\n",
        b'{"host": "1"}\n',
        b"[" * 100_000,
        b"",
    ],
)
def test_strangers_disturb_nobody(words: bytes, place: Place, start):
    gathered = start(host_0, place)
    time.sleep(0.2)
    with socket.create_connection(("127.0.0.1", place.port)) as stranger:
        stranger.sendall(words)
        calls = [start(enter, place._replace(host=i), FACTS, 5) for i in (1, 2)]
        lines = gathered.result(10)
        for line in lines.values():
            line.send({"port": 7})
        for call in calls:
            line, port = call.result(5)
            assert port == 7
            line.close()
    for line in lines.values():
        line.close()


def test_one_that_went_away_may_come_again(place: Place, start):
    gathered = start(host_0, place)
    time.sleep(0.2)
    gone = Line(socket.create_connection(("127.0.0.1", place.port)))
    gone.send({"host": 1, "hosts": 3, "facts": FACTS})
    time.sleep(0.2)
    gone.close()
    time.sleep(0.2)
    calls = [start(enter, place._replace(host=i), FACTS, 5) for i in (1, 2)]
    lines = gathered.result(10).values()
    for line in lines:
        line.send({"port": 7})
    assert [call.result(5)[1] for call in calls] == [7, 7]
    for line in (*lines, *(call.result()[0] for call in calls)):
        line.close()
