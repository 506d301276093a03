"""Nobody can spoil an evening: the rules that see to it, without a server."""

import asyncio
import json
import logging
import socket
import time
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from llm_lessons_room.parts import values
from llm_lessons_room.server import hub as hubs
from llm_lessons_room.server import kept, seats
from llm_lessons_room.server.clock import Clock
from llm_lessons_room.server.content import Content, content, more_comes
from llm_lessons_room.server.hub import Hub
from llm_lessons_room.server.invitation import is_announced, own_names
from llm_lessons_room.server.limits import NEW_SEATS
from llm_lessons_room.server.places import SCREENS, SCREENS_EACH, TABS, Places, origin
from llm_lessons_room.server.seats import Full
from llm_lessons_room.server.views import LEAD, PHONE, SCREEN
from llm_lessons_server.remarks import EVERY, OnceAMinute
from tests.each import each_of
from tests.server.room_content import tables
from tests.server.test_room_rules import Connected, evening_at, played, says

SCHOOL = "192.168.1.1"  # the address that all of a school come from
SECRET = "of-the-leader"


class Visitor:
    """A connection that says where it comes from."""

    def __init__(self, places: Places, address: str = SCHOOL):
        self.places, self.address, self.seat = places, address, 0
        self.is_gone = False

    def come(self, role: str = PHONE) -> bool:
        """Connect, if there is a place."""
        if not self.places.may_come(role, self.address):
            return False
        self.places.come(role, self)
        return True

    def sit(self, number: int, known: bool = False, now: float = 0) -> bool:
        """Sit down on a new seat, or on a known one, if it may."""
        try:
            self.places.sit(self, number if known else 0, now)
        except Full:
            return False
        self.seat = number
        return True

    def drop(self) -> None:
        """Called where another one needs the place."""
        self.is_gone = True
        self.places.go(PHONE, self)


def class_of(places: Places, size: int, address: str = SCHOOL) -> list[Visitor]:
    """Phones that have joined."""
    visitors = [Visitor(places, address) for _ in range(size)]
    for number, one in enumerate(visitors, 1):
        assert one.come() and one.sit(number)
    return visitors


def test_one_who_opens_screens_takes_no_place_of_others():
    places = Places(100)
    came = [one for one in (Visitor(places) for _ in range(300)) if one.come(SCREEN)]
    assert len(came) == SCREENS_EACH
    places.go(SCREEN, came[0])  # and one that has gone leaves its place
    assert Visitor(places).come(SCREEN) and not Visitor(places).come(SCREEN)
    others = [Visitor(places, f"10.0.0.{n}").come(SCREEN) for n in range(50)]
    assert sum(others) == SCREENS - SCREENS_EACH
    assert Visitor(places).come(LEAD) and Visitor(places).come()


def test_who_says_nothing_makes_room_for_the_next():
    places = Places(4)
    silent = [Visitor(places) for _ in range(4)]
    assert all(one.come() for one in silent)
    assert silent[3].sit(1)
    assert Visitor(places).come() and Visitor(places).come()
    assert [one.is_gone for one in silent] == [True, True, False, False]
    places = Places(4)
    class_of(places, 3)
    class_of(places, 1, "10.0.0.1")
    assert not Visitor(places).come()


def test_a_school_with_one_address_fits_in_and_leaves_some_places():
    places = Places(160)  # as with 256 open files
    pupils = class_of(places, 120)
    late = Visitor(places)
    assert late.come() and not late.sit(121)
    class_of(places, 39, "10.0.0.1")
    assert not any(one.is_gone for one in pupils)
    places.go(PHONE, pupils[0])
    places.go(PHONE, late)
    again = Visitor(places)
    assert again.come() and again.sit(121, now=1)


def test_who_was_there_before_comes_back_in_place_of_who_came_last():
    places = Places(160)
    pupils = class_of(places, 60)
    places.go(PHONE, pupils[7])
    flood = [Visitor(places) for _ in range(61)]
    for number, one in enumerate(flood, 61):
        assert one.come() and one.sit(number)
    back, last = Visitor(places), Visitor(places)
    assert back.come() and back.sit(8, known=True)
    assert [one for one in (*pupils, *flood) if one.is_gone] == [flood[-1]]
    assert last.come() and not last.sit(121, known=True)


def test_a_seat_has_a_few_connections_and_the_first_gives_way():
    places = Places(100)
    tabs = [Visitor(places) for _ in range(TABS + 2)]
    for one in tabs:
        assert one.come() and one.sit(1, known=True)
    assert [one.is_gone for one in tabs] == [True, True, *TABS * [False]]


def test_a_class_has_its_new_seats_at_once_and_nobody_all_of_them():
    places = Places(4000)

    def taken(now: float) -> int:
        """How many seats somebody takes who joins, goes, and joins again."""
        count = 0
        for number in range(1, 2001):
            one = Visitor(places)
            assert one.come()
            count += one.sit(number, now=now)
            places.go(PHONE, one)
        return count

    first = taken(0)
    assert 300 <= first == NEW_SEATS.at_once < seats.MOST / 2
    assert taken(0) == 0 and taken(60) == 60 * NEW_SEATS.a_second
    assert all(Visitor(places, "10.0.0.1").sit(n, now=60) for n in range(1, 61))
    assert Visitor(places).sit(1, known=True, now=60)  # who has one isn't asked
    for number in range(3000):  # what is remembered of them is bounded
        Visitor(places, f"address {number}").sit(1)
    assert len(places._new) <= 1000


def test_an_address_of_ipv6_is_its_network():
    assert origin("2001:db8:1:2:3:4:5:6") == origin("2001:db8:1:2::9")
    assert origin("2001:db8:1:2::9") != origin("2001:db8:1:3::9")
    assert origin("192.168.1.5") == "192.168.1.5" != origin("192.168.1.6")
    assert origin("") == ""


async def test_a_seat_that_never_came_back_gives_way_and_its_answers_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(seats, "MOST", 10)
    now = [0.0]
    clock = Clock(lambda: now[0], lambda: now[0])
    hub = Hub(evening_at("guess"), SECRET, tmp_path, clock, most=99)
    lead, pupils = Connected(), [Connected() for _ in range(4)]
    hub.watch(lead, LEAD)
    for one in pupils:
        hub.join(one, None)
        assert hub.answer(one, says(hub.evening, 1))["type"] == "taken"
    now[0] += 3
    hub.leave(pupils[0])  # it is locked
    for _ in range(50):
        one = Connected()
        hub.join(one, None)
        assert hub.answer(one, says(hub.evening, 2))["type"] == "taken"
        hub.leave(one)
    assert len(hub.evening.seats) == 10
    assert all(hub.evening.seats.number(one.token) == one.seat for one in pupils)
    assert hub.people().warnings == ("seats",)
    assert len(hub.evening.tally().of(1)) == 54
    changed = hub.evening.changed
    assert hub.act({"do": "free"}) and hub.evening.changed > changed
    assert [*hub.evening.seats.numbers.values()] == [2, 3, 4]
    told = lead.told[-1]
    assert (told["type"], told["seats"], told["warnings"]) == ("moment", 3, [])
    assert told["tally"]["answered"] == len(hub.evening.tally().of(1)) == 54


def test_of_empty_seats_the_unused_go_first_then_who_stayed_shortest():
    stays = {1: 900.0, 2: 0.5, 3: 0.5, 4: 60.0}
    stayed = lambda seat: stays.get(seat, 0.0)  # noqa: E731
    everybody = {1, 2, 3, 4, 5}
    assert seats.staying(everybody, {5}, {1, 2}, stayed) == {1, 2, 5}
    assert seats.staying(everybody, {5}, {1, 2, 3, 4}, stayed) == {1, 2, 4, 5}
    assert seats.staying(everybody, {3, 5}, {1, 2, 4}, stayed) == {1, 3, 4, 5}
    assert seats.staying(everybody, everybody, set(), stayed) == everybody


async def until(is_so: Callable[[], object]) -> None:
    async with asyncio.timeout(20):
        while not is_so():
            await asyncio.sleep(0.01)


async def test_any_error_of_keeping_is_told_at_once_and_the_next_try_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setattr(hubs, "LOOK", 0.01)
    monkeypatch.setattr(hubs, "SAVED_EVERY", 0.01)
    packed = kept.packed

    def broken(*_: object) -> str:
        raise RuntimeError("what nobody expected")

    hub = Hub(evening_at("guess"), SECRET, tmp_path, Clock(), most=9)
    lead = Connected()
    hub.watch(lead, LEAD)
    monkeypatch.setattr(kept, "packed", broken)
    clock = asyncio.create_task(hub.look_at_the_clock())
    assert hub.act({"do": "next"})
    await until(lambda: lead.told[-1].get("warnings") == ["save"])
    assert hub.act({"do": "next"}) and not clock.done()
    monkeypatch.setattr(kept, "packed", packed)
    await until(lambda: lead.told[-1].get("warnings") == [])
    table = json.loads((tmp_path / kept.NAME).read_text(encoding="utf-8"))
    assert table["number"] == hub.evening.number == 2
    assert not clock.done()
    clock.cancel()
    told = capsys.readouterr().out
    assert told.count("can't be kept") == 1 and "what nobody expected" in told


async def test_a_write_that_has_begun_ends_before_the_next_though_nobody_waits_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """As when Ctrl-C comes in the middle of one."""
    monkeypatch.setattr(hubs, "LOOK", 0.01)
    monkeypatch.setattr(hubs, "SAVED_EVERY", 0.01)
    write, at_work, most = kept.write, 0, 0

    def slowly(folder: Path, text: str) -> str:
        nonlocal at_work, most
        at_work += 1
        most = max(most, at_work)
        time.sleep(0.1)
        remark = write(folder, text)
        at_work -= 1
        return remark

    monkeypatch.setattr(kept, "write", slowly)
    hub = Hub(evening_at("guess"), SECRET, tmp_path, Clock(), most=9)
    clock = asyncio.create_task(hub.look_at_the_clock())
    await until(lambda: at_work)
    assert hub.act({"do": "next"})
    clock.cancel()
    await hub.close()
    table = json.loads((tmp_path / kept.NAME).read_text(encoding="utf-8"))
    assert table["number"] == hub.evening.number == 1
    assert most == 1


async def test_a_refusal_repeats_nothing_that_cannot_be_sent(tmp_path: Path):
    hub = Hub(evening_at("guess"), SECRET, tmp_path, Clock(), most=9)
    one = Connected()
    hub.join(one, None)
    told = hub.answer(one, {"step": "\ud800", "round": 1, "value": 1})
    assert told == {"type": "refused", "why": "closed"}


async def test_no_answer_changes_its_meaning_while_figures_are_drawn(tmp_path: Path):
    """Whoever leads may change a question meanwhile: it is asked after a new start."""

    def drawn(**of_guess: Any) -> Content:
        made = tables()
        for step in (step for one in made for step in one["decks"][0]["steps"]):
            if step["kind"] == "figure":
                step["shown"] |= {"svg": "<svg>new</svg>"}
            if step["kind"] == "guess":
                step["shown"] |= of_guess
        return content(made)

    hub = Hub(evening_at("guess"), SECRET, tmp_path, Clock(), most=9)
    before, one, wall = hub.evening.content, Connected(), Connected()
    hub.join(one, None)
    hub.watch(wall, SCREEN)
    for choices in (["x", "y"], ["x", "y", "z", "w"], ["z", "y", "x"]):
        hub.renew(drawn(choices=choices))
        assert hub.evening.content is before
    other = tables()
    for table in other:
        table["decks"][0]["steps"].reverse()
    hub.renew(content(other))
    assert hub.evening.content is before
    hub.renew(figures := drawn())
    assert hub.evening.content is figures and wall.told[-1]["type"] == "moment"
    assert hub.answer(one, says(hub.evening, 2))["type"] == "taken"


async def test_a_real_model_may_answer_in_the_middle_of_an_evening(tmp_path: Path):
    def with_real(real: Any, comes: bool) -> Content:
        made = tables()
        for step in (step for one in made for step in one["decks"][0]["steps"]):
            if step["id"] == "stories":
                step["shown"]["real"] = real
        played = content(made)
        more_comes(played, comes)
        return played

    def shown(hub: Hub) -> dict[str, Any]:
        return hub.evening.step("nb").shown

    hub = Hub(evening_at("stories"), SECRET, tmp_path, Clock(), most=9)
    hub.evening.content = with_real(None, comes=True)
    one = Connected()
    hub.join(one, None)
    assert (shown(hub)["real"], shown(hub)["coming"]) == (None, True)
    hub.renew(with_real(None, comes=False))  # it could not be asked
    assert shown(hub)["coming"] is False and not hub.evening.lacks_a_figure
    hub.renew(with_real(answers := {"odds": [], "texts": [["x"]]}, comes=False))
    assert shown(hub)["real"] == answers and "coming" not in shown(hub)
    assert one.told[-1]["step"]["shown"]["real"] == answers
    story = {"pieces": ["x"], "seed": 0}
    assert hub.answer(one, says(hub.evening, story))["type"] == "taken"


NO_TIMES = ["Infinity", "-Infinity", "NaN", "1e999", f"1{400 * '0'}", "-1", "true"]
PLACES: list[tuple[str, ...]] = [
    ("began",),
    ("left",),
    ("last",),
    ("number",),
    ("version",),
    ("seats", "of a phone"),
    ("tallies", "long/step guess", "hidden_seats"),
    ("tallies", "long/step guess", "answers", "1"),
]


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place[-1])
def test_an_evening_with_a_damaged_number_is_laid_aside(
    place: tuple[str, ...], tmp_path: Path
):
    evening = evening_at("guess")
    evening.answer(1, says(evening, 2), 0)
    evening.act({"do": "hide", "seat": 1, "text": None}, 0)
    evening.act({"do": "seconds", "seconds": 20}, 0)
    fine = kept.packed(evening, SECRET, 0)
    (tmp_path / kept.NAME).write_text(fine)
    assert kept.opened(tmp_path, played(), 0).remark == ""
    for number, damage in enumerate(NO_TIMES, 1):
        if (place, damage) == (("version",), "true"):
            continue  # which is 1
        table = inside = json.loads(fine)
        for name in place[:-1]:
            inside = inside[name]
        whole = {"hidden_seats": ["@"], "1": [["@", 2]]}.get(place[-1], "@")
        inside[place[-1]] = whole
        text = json.dumps(table).replace('"@"', damage)
        (tmp_path / kept.NAME).write_text(text)
        found = kept.opened(tmp_path, played(), 0)
        assert found.remark.startswith("The evening before was damaged"), damage
        aside = tmp_path / f"evening (damaged {number}).json"
        assert aside.read_text() == text
        assert found.evening.used_seats() == set() and found.secret != SECRET


HALF = json.dumps(
    json.loads(kept.packed(evening_at("guess"), SECRET, 0)) | {"seats": {"\ud800": 1}}
)  # which could not be kept again
DAMAGED = [HALF, "{", "[]", '{"version": 99}', "\x00", "9" * 5000]
DAMAGED += ['{"version": 1, "seats": 5}']


@pytest.mark.parametrize("text", DAMAGED, ids=range(len(DAMAGED)))
def test_what_is_no_evening_is_laid_aside(text: str, tmp_path: Path):
    (tmp_path / kept.NAME).write_text(text)
    assert "damaged" in kept.opened(tmp_path, played(), 0).remark
    assert (tmp_path / "evening (damaged 1).json").read_text() == text
    (tmp_path / kept.NAME).write_text("")  # the power went before the first word
    assert kept.opened(tmp_path, played(), 0).remark == ""


# of every kind that is no letter: of general use, half marks, enclosing, Thai, Arabic,
# variation selectors
MARKS = "\u0301\u0336\u1dc4\ufe20\u0489\u0e47\u0e49\u064b\u0651\ufe0f\U000e0100"
PILES = [
    *(f"a{20 * mark}b" for mark in MARKS),
    f"x{''.join(map(chr, range(0x300, 0x314)))}",
    f"ก{''.join(map(chr, range(0xE34, 0xE3B)))}",
    f"ب{''.join(map(chr, range(0x64B, 0x656)))}",
    "e" + 10 * "\u0316\u200d",
]
ORDINARY = (
    "ที่ น้ำ ผู้ใหญ่ ก็ مُحَمَّد السَّلَامُ شُكْرًا שָׁלוֹם हिन्दी ज़िंदगी မြို့ လျှို့ဝှက် "
    "tiếng Việt naïve blåbær ❤️ 1️⃣ 👩🏽‍🚀 한국어 日本語"
)
BLANK = ["\u2800", "\u3164", "\u115f", "\u1160", "\uffa0", "\ufe0f", "\u034f", "\u200d"]
BLANK += ["\u0301", "\u3000", "\u2800 \u3164", 9 * "\u3164", "\u200c\u0489", ""]


def marks_together(text: str) -> int:
    """How many marks stand on one letter, at most."""
    longest = count = 0
    for letter in text:
        is_mark = unicodedata.category(letter) in ("Mn", "Me")
        if is_mark:
            count += 1
        elif letter not in values.KEPT:
            count = 0
        longest = max(longest, count)
    return longest


@each_of("text", PILES)
def test_marks_do_not_pile_up(text: str):
    assert marks_together(text) > values.MARKS
    cleaned = values.clean(text, 48)
    assert marks_together(cleaned) <= values.MARKS
    assert marks_together(cleaned) == 1 or len(set(text)) > 3
    assert values.clean(cleaned, 48) == cleaned


@each_of("text", ORDINARY.split())
def test_an_ordinary_word_keeps_its_marks(text: str):
    text = unicodedata.normalize("NFC", text)
    assert values.word(text) == text


@each_of("text", BLANK)
def test_a_word_can_be_seen(text: str):
    with pytest.raises(values.Bad):
        values.word(text)
    assert values.word(f"{text} king \u2800") in ("king", f"{text} king")


def test_a_story_does_not_pile_up_marks_from_piece_to_piece():
    evening = evening_at("stories")
    for pieces, why in ((["e", "\u0302"], None), (["e", *9 * ["\u0302\u0303"]], "bad")):
        value: dict[str, Any] = {"pieces": pieces, "seed": 1}
        assert evening.answer(1, says(evening, value), 0) == why


def test_only_the_rooms_own_names_are_answered():
    own = "localhost LOCALHOST. 127.0.0.1 192.168.1.5 [::1] a-room-8766.app.github.dev"
    for name in (*own.split(), socket.gethostname()):
        assert is_announced(name), name
    others = (
        "evil.example localhost.evil.example 127.0.0.1.evil.example app.github.dev "
    )
    others += "evilapp.github.dev a.app.github.dev.evil.example"
    for name in ("", *others.split()):
        assert not is_announced(name), name


def test_a_network_that_gives_names_leaves_the_machine_its_own(
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr(socket, "gethostname", lambda: "Anns-Mac.fritz.box")
    found = own_names.__wrapped__()  # for one name all the time, it is asked once
    assert {"anns-mac.fritz.box", "anns-mac.local"} < found


def test_one_kind_of_trouble_is_said_once_a_minute():
    now, said, logger = [0.0], list[logging.LogRecord](), logging.Logger("room")
    logger.addFilter(OnceAMinute(lambda: now[0]))
    logger.addFilter(lambda record: bool(said.append(record)))  # who gets by

    def trouble(of: str) -> None:
        for number in range(1000):
            try:
                int(of) if of else [of][1]
            except (ValueError, IndexError):
                logger.exception("Trouble with %d", number)

    trouble("x")
    assert len(said) == 1 and said[0].exc_info
    trouble("")
    assert len(said) == 2  # another kind
    for _ in range(1000):
        logger.error("A task was forgotten\n<Task at %s>", now)
    assert len(said) == 3
    now[0] += EVERY
    trouble("x")
    assert len(said) == 4
