"""Nobody can spoil an evening: the rules that see to it, without a server."""

import asyncio
import json
import socket
import time
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llm_lessons_room.parts import values
from llm_lessons_room.server import hub as hubs
from llm_lessons_room.server import seats, storage
from llm_lessons_room.server.clock import ASLEEP, Clock
from llm_lessons_room.server.content import Content, parse_content, set_coming
from llm_lessons_room.server.hub import Hub
from llm_lessons_room.server.invitation import is_own_host, own_names
from llm_lessons_room.server.limits import NEW_SEATS
from llm_lessons_room.server.places import (
    SCREENS,
    SCREENS_EACH,
    TABS,
    Places,
    network_of,
)
from llm_lessons_room.server.seats import Full
from llm_lessons_room.server.views import LEAD, PHONE, SCREEN
from llm_lessons_starter import atomic
from tests.server.clients import POSIX
from tests.server.room_content import tables
from tests.server.test_room_rules import evening_at, played, says

SCHOOL = "192.168.1.1"  # the address that all of a school come from
SECRET = "of-the-leader"


class Visitor:
    """A connection that says where it comes from."""

    def __init__(self, places: Places, address: str = SCHOOL):
        self.places, self.address, self.seat = places, address, 0
        self.is_gone = False

    def come(self, role: str = PHONE) -> bool:
        """Connect, if there is a place."""
        if not self.places.has_room(role, self.address):
            return False
        self.places.add(role, self)
        return True

    def sit(self, number: int, known: bool = False, now: float = 0) -> bool:
        """Sit down on a new seat, or on a known one, if it may."""
        try:
            self.places.admit(self, number if known else 0, now)
        except Full:
            return False
        self.seat = number
        return True

    def drop(self) -> None:
        """Called where another one needs the place."""
        self.is_gone = True
        self.places.remove(PHONE, self)


def class_of(places: Places, size: int, address: str = SCHOOL) -> list[Visitor]:
    """Phones that have joined."""
    visitors = [Visitor(places, address) for _ in range(size)]
    for number, one in enumerate(visitors, 1):
        assert one.come() and one.sit(number)
    return visitors


def test_who_opens_screens_or_says_nothing_takes_no_place_of_others():
    places = Places(4)
    came = [one for one in (Visitor(places) for _ in range(300)) if one.come(SCREEN)]
    assert len(came) == SCREENS_EACH
    places.remove(SCREEN, came[0])  # and one that has gone leaves its place
    assert Visitor(places).come(SCREEN) and not Visitor(places).come(SCREEN)
    others = [Visitor(places, f"10.0.0.{n}").come(SCREEN) for n in range(50)]
    assert sum(others) == SCREENS - SCREENS_EACH
    silent = [Visitor(places) for _ in range(4)]
    assert all(one.come() for one in silent)
    assert silent[3].sit(1)
    assert Visitor(places).come() and Visitor(places).come()
    assert [one.is_gone for one in silent] == [True, True, False, False]
    assert Visitor(places).come(LEAD)


def test_a_school_with_one_address_fits_in_and_leaves_some_places():
    places = Places(160)  # as with 256 open files
    pupils = class_of(places, 120)
    late = Visitor(places)
    assert late.come() and not late.sit(121)
    # who was there before comes back in the place of who came last
    places.remove(PHONE, pupils[7])
    assert late.sit(121)
    back = Visitor(places)
    assert back.come() and back.sit(8, known=True)
    assert [one for one in (*pupils, late) if one.is_gone] == [late]
    class_of(places, 40, "10.0.0.1")
    assert not Visitor(places).come()
    places = Places(100)
    tabs = [Visitor(places) for _ in range(TABS + 2)]
    assert all(one.come() and one.sit(1, known=True) for one in tabs)
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
            places.remove(PHONE, one)
        return count

    first = taken(0)
    assert 300 <= first == NEW_SEATS.at_once < seats.MOST / 2
    assert taken(0) == 0 and taken(60) == 60 * NEW_SEATS.a_second
    assert all(Visitor(places, "10.0.0.1").sit(n, now=60) for n in range(1, 61))
    assert Visitor(places).sit(1, known=True, now=60)  # who has one isn't asked
    for number in range(3000):  # what is remembered of them is bounded
        Visitor(places, f"address {number}").sit(1)
    assert len(places._new_seats) <= 1000
    assert network_of("2001:db8:1:2:3:4:5:6") == network_of("2001:db8:1:2::9")
    assert network_of("2001:db8:1:2::9") != network_of("2001:db8:1:3::9")
    assert network_of("192.168.1.5") == "192.168.1.5" != network_of("192.168.1.6")


def test_of_empty_seats_the_unused_go_first_then_who_stayed_shortest():
    stays = {1: 900.0, 2: 0.5, 3: 0.5, 4: 60.0}
    stayed = lambda seat: stays.get(seat, 0.0)  # noqa: E731
    everybody = {1, 2, 3, 4, 5}
    assert seats.seats_to_keep(everybody, {5}, {1, 2}, stayed) == {1, 2, 5}
    assert seats.seats_to_keep(everybody, {5}, {1, 2, 3, 4}, stayed) == {1, 2, 4, 5}
    assert seats.seats_to_keep(everybody, {3, 5}, {1, 2, 4}, stayed) == {1, 3, 4, 5}
    assert seats.seats_to_keep(everybody, everybody, set(), stayed) == everybody


class Connected:
    """A phone or a screen that keeps what it is told."""

    def __init__(self) -> None:
        self.token, self.seat = "", 0
        self.language: str | None = None
        self.told: list[dict[str, Any]] = []

    def send(self, text: str | bytes) -> None:
        self.told.append(json.loads(text))

    def send_away(self) -> None:
        pass


def hub_at(step: str, folder: Path, clock: Clock | None = None) -> Hub:
    return Hub(evening_at(step), SECRET, folder, clock or Clock(), most=99)


async def test_a_seat_that_never_came_back_gives_way_and_its_answers_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(seats, "MOST", 10)
    now = [0.0]
    hub = hub_at("guess", tmp_path, Clock(lambda: now[0], lambda: now[0]))
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
    assert all(hub.evening.seats.number_of(one.token) == one.seat for one in pupils)
    assert hub.people().warnings == ("seats",)
    changed = hub.evening.changed
    assert hub.act({"do": "free"}) and hub.evening.changed > changed
    assert [*hub.evening.seats.numbers.values()] == [2, 3, 4]
    told = lead.told[-1]
    assert (told["type"], told["seats"], told["warnings"]) == ("moment", 3, [])
    assert told["tally"]["answered"] == len(hub.evening.tally().answers_in(1)) == 54
    others = [Connected() for _ in range(8)]
    with pytest.raises(Full):
        for one in others:
            hub.join(one, None)
    # a number is nobody else's, ever
    assert [one.seat for one in others] == [*range(55, 62), 0]


async def test_a_countdown_waits_while_the_laptop_sleeps(tmp_path: Path):
    day, steady = [1000.0], [0.0]
    clock = Clock(lambda: day[0], lambda: steady[0])
    hub = hub_at("next-word", tmp_path, clock)
    wall, phones = Connected(), [Connected() for _ in range(2)]
    hub.watch(wall, SCREEN)
    assert wall.told[-1]["alone"] == 0
    hub.act({"do": "seconds", "seconds": 20})
    for one in phones:
        hub.join(one, None)
    day[0] += 3600
    taken = hub.answer(phones[0], says(hub.evening, {"word": "king"}))
    assert taken["type"] == "taken"
    assert hub.evening.left(hub.now) == 20
    day[0], steady[0] = day[0] + 3, 3
    assert hub.evening.left(hub.now) == 17
    for one in phones:
        hub.leave(one)
    steady[0] += 4
    assert hub.people().alone == 4 and hub.people().seats == 2
    before = hub.now
    day[0], steady[0] = 500, steady[0] + 1  # somebody set the clock back
    assert hub.now == before + 1
    steady[0] += ASLEEP + 1  # a system whose steady clock goes on in its sleep
    assert clock.read() == before + ASLEEP + 2 and clock.slept() == ASLEEP + 1


async def until(is_so: Callable[[], object]) -> None:
    async with asyncio.timeout(20):
        while not is_so():
            await asyncio.sleep(0.01)


@pytest.fixture
def keeps_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hubs, "TICK", 0.01)
    monkeypatch.setattr(hubs, "SAVE_EVERY", 0.01)


@pytest.mark.usefixtures("keeps_at_once")
async def test_any_error_of_keeping_is_told_at_once_and_the_next_try_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    dump = storage.dump

    def broken(*_: object) -> str:
        raise RuntimeError("what nobody expected")

    hub, lead = hub_at("guess", tmp_path), Connected()
    hub.watch(lead, LEAD)
    monkeypatch.setattr(storage, "dump", broken)
    clock = asyncio.create_task(hub.run_clock())
    assert hub.act({"do": "next"})
    await until(lambda: lead.told[-1].get("warnings") == ["save"])
    assert hub.act({"do": "next"}) and not clock.done()
    monkeypatch.setattr(storage, "dump", dump)
    await until(lambda: lead.told[-1].get("warnings") == [])
    table = json.loads((tmp_path / storage.NAME).read_text(encoding="utf-8"))
    assert table["number"] == hub.evening.number == 2
    clock.cancel()
    told = capsys.readouterr().out
    assert told.count("can't be kept") == 1 and "what nobody expected" in told


@pytest.mark.usefixtures("keeps_at_once")
async def test_a_write_that_has_begun_ends_before_the_next_though_nobody_waits_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """As when Ctrl-C comes in the middle of one."""
    write, at_work, most = storage.write, 0, 0

    def slowly(folder: Path, text: str) -> str:
        nonlocal at_work, most
        at_work += 1
        most = max(most, at_work)
        time.sleep(0.1)
        remark = write(folder, text)
        at_work -= 1
        return remark

    monkeypatch.setattr(storage, "write", slowly)
    hub = hub_at("guess", tmp_path)
    clock = asyncio.create_task(hub.run_clock())
    await until(lambda: at_work)
    assert hub.act({"do": "next"})
    clock.cancel()
    await hub.close()
    table = json.loads((tmp_path / storage.NAME).read_text(encoding="utf-8"))
    assert table["number"] == hub.evening.number == 1
    assert most == 1


@POSIX
def test_nobody_else_reads_the_evening_not_even_while_it_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    rights = []

    def sync(path: Path) -> None:
        if path.is_file():
            rights.append(path.stat().st_mode & 0o777)

    monkeypatch.setattr(atomic, "sync", sync)
    for text in ("{}", "[]"):
        assert storage.write(tmp_path, text) == ""
        assert (tmp_path / storage.NAME).read_text() == text
    rights.append((tmp_path / storage.NAME).stat().st_mode & 0o777)
    assert rights == [0o600] * 3


def with_shown(comes: bool = False, **shown: dict[str, Any]) -> Content:
    """The evening, of which steps with these names show something else."""
    made = tables()
    for step in (step for one in made for step in one["decks"][0]["steps"]):
        step["shown"] |= shown.get(step["id"], {})
    found = parse_content(made)
    set_coming(found, comes)
    return found


async def test_no_answer_changes_its_meaning_while_figures_are_drawn(tmp_path: Path):
    """Whoever leads may change a question meanwhile: it is asked after a new start."""
    hub = hub_at("guess", tmp_path)
    before, one, wall = hub.evening.content, Connected(), Connected()
    hub.join(one, None)
    hub.watch(wall, SCREEN)
    other = tables()
    for table in other:
        table["decks"][0]["steps"].reverse()
    others = (["x", "y"], ["x", "y", "z", "w"], ["z", "y", "x"])
    for changed in [
        *(with_shown(guess={"choices": c}) for c in others),
        parse_content(other),
    ]:
        hub.replace_content(changed)
        assert hub.evening.content is before
    hub.replace_content(figures := with_shown(figure={"svg": "<svg>new</svg>"}))
    assert hub.evening.content is figures and wall.told[-1]["type"] == "moment"
    # what is refused repeats nothing that can't be sent
    told = hub.answer(one, {"step": "\ud800", "round": 1, "value": 1})
    assert told == {"type": "refused", "why": "closed"}
    assert hub.answer(one, says(hub.evening, 2))["type"] == "taken"


async def test_a_real_model_may_answer_in_the_middle_of_an_evening(tmp_path: Path):
    hub, one = hub_at("stories", tmp_path), Connected()
    hub.evening.content = with_shown(comes=True, stories={"real": None})
    hub.join(one, None)
    shown = hub.evening.step("nb").shown
    assert (shown["real"], shown["coming"]) == (None, True)
    hub.replace_content(with_shown(stories={"real": None}))  # it could not be asked
    assert hub.evening.step("nb").shown["coming"] is False
    assert not hub.evening.lacks_a_figure
    answers = {"odds": [], "texts": [["x"]]}
    hub.replace_content(with_shown(stories={"real": answers}))
    shown = one.told[-1]["step"]["shown"]
    assert shown["real"] == answers and "coming" not in shown


NO_TIMES = ["Infinity", "NaN", "1e999", f"1{400 * '0'}", "-1", "true"]
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
HALF = json.dumps(
    json.loads(storage.dump(evening_at("guess"), SECRET, 0)) | {"seats": {"\ud800": 1}}
)  # which could not be kept again
DAMAGED = [HALF, "{", "[]", '{"version": 99}', "\x00", "9" * 5000]
DAMAGED += ['{"version": 1, "seats": 5}']


def damaged_in(place: tuple[str, ...], fine: str, damage: str) -> str:
    """An evening with this damage in the place of a number."""
    table = inside = json.loads(fine)
    for name in place[:-1]:
        inside = inside[name]
    inside[place[-1]] = {"hidden_seats": ["@"], "1": [["@", 2]]}.get(place[-1], "@")
    return json.dumps(table).replace('"@"', damage)


def test_an_evening_that_is_damaged_is_laid_aside(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    evening = evening_at("guess")
    evening.answer(1, says(evening, 2), 0)
    evening.act({"do": "hide", "seat": 1, "text": None}, 0)
    evening.act({"do": "seconds", "seconds": 20}, 0)
    fine = storage.dump(evening, SECRET, 0)
    (tmp_path / storage.NAME).write_text(fine)
    assert storage.load(tmp_path, played(), 0).used_seats() == {1}
    assert storage.secret_of(tmp_path) == SECRET
    (tmp_path / storage.NAME).write_text("")  # the power went before the first word
    assert storage.load(tmp_path, played(), 0).used_seats() == set()
    assert capsys.readouterr().out == ""
    texts = [damaged_in(place, fine, one) for place in PLACES for one in NO_TIMES]
    texts.remove(damaged_in(("version",), fine, "true"))  # which is 1
    for number, text in enumerate([*texts, *DAMAGED], 1):
        (tmp_path / storage.NAME).write_text(text)
        assert storage.load(tmp_path, played(), 0).used_seats() == set(), text
        aside = tmp_path / f"evening (damaged {number}).json"
        assert aside.read_text() == text
        assert aside.name in capsys.readouterr().out
        assert storage.secret_of(tmp_path) != SECRET


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
    "tiếng Việt naïve blåbær ❤️ 1️⃣ 👩🏽‍🚀 👩‍👩‍👧 한국어 日本語 <b>x</b>"
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
        elif letter not in values.JOINERS:
            count = 0
        longest = max(longest, count)
    return longest


@pytest.mark.parametrize("text", PILES)
def test_marks_do_not_pile_up(text: str):
    assert marks_together(text) > values.MAX_MARKS
    cleaned = values.clean(text, 48)
    assert marks_together(cleaned) <= values.MAX_MARKS
    assert marks_together(cleaned) == 1 or len(set(text)) > 3
    assert values.clean(cleaned, 48) == cleaned


@pytest.mark.parametrize("text", ORDINARY.split())
def test_an_ordinary_word_keeps_its_marks(text: str):
    text = unicodedata.normalize("NFC", text)
    assert values.clean_word(text) == text


@pytest.mark.parametrize("text", BLANK)
def test_a_word_can_be_seen(text: str):
    with pytest.raises(values.BadAnswer):
        values.clean_word(text)
    assert values.clean_word(f"{text} king \u2800") in ("king", f"{text} king")


@given(st.text(alphabet=st.characters(codec=None), max_size=40))
def test_text_is_cleaned_and_can_be_sent(text: str):
    """Lone surrogates among it, which no UTF-8 has."""
    cleaned = values.clean(text, 40, breaks=True)
    cleaned.encode("utf-8")
    assert all(
        one.isprintable() or one in "\n\u200c\u200d\u2028\u2029 " or one.isspace()
        for one in cleaned
    )
    assert "\u202e" not in cleaned and "\x00" not in cleaned


def test_only_the_rooms_own_names_are_answered(monkeypatch: pytest.MonkeyPatch):
    own = "localhost LOCALHOST. 127.0.0.1 192.168.1.5 [::1] a-room-8766.app.github.dev"
    for name in (*own.split(), socket.gethostname()):
        assert is_own_host(name), name
    others = "evil.example localhost.evil.example 127.0.0.1.evil.example "
    others += "app.github.dev evilapp.github.dev a.app.github.dev.evil.example"
    for name in ("", *others.split()):
        assert not is_own_host(name), name
    # in a network that gives names, the machine has its own, too
    monkeypatch.setattr(socket, "gethostname", lambda: "Anns-Mac.fritz.box")
    found = own_names.__wrapped__()  # for one name all the time, it is asked once
    assert {"anns-mac.fritz.box", "anns-mac.local"} < found
