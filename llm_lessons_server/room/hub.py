"""Who is connected, and who is told what when.

Phones are told when the moment changes; screens and leaders also when a phone answers,
but no more than so many times a second, however many phones answer at once.
"""

import asyncio
import hmac
from contextlib import suppress
from pathlib import Path
from typing import Any

from llm_lessons_server.room import views
from llm_lessons_server.room.clock import Clock
from llm_lessons_server.room.connected import Phone, Watcher
from llm_lessons_server.room.evening import Evening
from llm_lessons_server.room.greetings import Greetings
from llm_lessons_server.room.invitation import Invitation
from llm_lessons_server.room.keeper import Keeper
from llm_lessons_server.room.presence import Presence
from llm_lessons_server.room.seats import Full
from llm_lessons_server.room.views import People, encoded

SCREENS_EVERY = 1 / 12  # seconds from one tally to the next
LEADERS_EVERY = 1 / 4  # they get all texts with it
AT_LEAST_EVERY = 10.0  # for the clock of the leader, and for a room without a phone
SAVED_EVERY = 1.0
LOOK = 0.25  # seconds between two looks at the clock
ELSEWHERE = "elsewhere"  # where a seat is that a newer connection holds


class Hub:
    """An evening with all that take part in it.

    Args:
        evening: where it is.
        secret: of the leader's address.
        folder: where the evening is kept.
        clock: is read for everything that happens.
        most: how many phones may be connected.
    """

    def __init__(
        self, evening: Evening, secret: str, folder: Path, clock: Clock, most: int
    ):
        self.evening, self.secret, self.most = evening, secret, most
        self.invitation = Invitation("")
        self.phones: set[Phone] = set()
        self.screens: set[Watcher] = set()
        self.leaders: set[Watcher] = set()
        self._clock = clock
        self._here: Presence[Phone] = Presence(clock.read())
        self._due: dict[str, float] = {views.SCREEN: 0.0, views.LEAD: 0.0}
        self._planned: set[str] = set()
        # of the moment for phones, by language; no older than LOOK, for time passes
        self._commons: dict[str, str] = {}
        self._greetings = Greetings(evening.content)
        self._keeper = Keeper(self, folder)

    @property
    def now(self) -> float:
        """Seconds of the evening's clock."""
        now = self._clock.read()
        if slept := self._clock.slept():
            self.evening.sleep(slept)
        return now

    def is_secret(self, text: str) -> bool:
        """Whether this is the end of the leader's address; takes as long for any."""
        return hmac.compare_digest(text.encode(), self.secret.encode())

    # phones

    def join(self, phone: Phone, token: object) -> None:
        """Give a phone its seat, and tell it where the evening is.

        Raises:
            Full: there is none left.
        """
        if len(self.phones) >= self.most:
            raise Full
        before = len(self.evening.seats)
        seats = self.evening.seats
        phone.token = seats.sit(token, self._seats_in_use)
        phone.seat = seats.numbers[phone.token]
        self.phones.add(phone)
        _tell_elsewhere(self._here.come(phone.seat, phone))
        self.evening.changed += len(seats) != before
        self.greet(phone)
        self.tell_of_answers()

    def hold(self, phone: Phone) -> None:
        """A phone is used again whose seat another connection has held meanwhile."""
        _tell_elsewhere(self._here.hold(phone.seat, phone))

    def _seats_in_use(self) -> set[int]:
        return self.evening.used_seats() | self._here.seats

    def leave(self, phone: Phone) -> None:
        """A phone's connection has ended; its seat stays."""
        if phone in self.phones:
            self.phones.discard(phone)
            self._here.go(phone.seat, phone, self.now)
            self.tell_of_answers()

    def language(self, one: Watcher) -> str:
        """What a connection is told in."""
        return one.language or self.evening.language

    def greet(self, phone: Phone) -> None:
        """Tell a phone who it is and where the evening is, in its language."""
        hello = {"seat": phone.token, "number": phone.seat}
        phone.send(self.hello(phone, views.PHONE, hello))
        phone.send(self._for_phone(phone))

    def hello(self, one: Watcher, role: str, more: dict[str, Any] | None = None) -> str:
        """The first thing that a connection is told."""
        return self._greetings.hello(role, self.language(one), more or {})

    def _for_phone(self, phone: Phone) -> str:
        language = self.language(phone)
        if language not in self._commons:
            common = views.for_phones(self.evening, language, self.now)
            self._commons[language] = common
        common = self._commons[language]
        return views.for_a_phone(common, self.evening, phone.seat, language)

    def answer(self, phone: Phone, said: dict[str, Any]) -> dict[str, Any]:
        """Take a phone's answer; what to tell it."""
        names = {"step": said.get("step"), "round": said.get("round")}
        is_named = (type(names["step"]), type(names["round"])) == (str, int)
        why = ELSEWHERE
        if self._here.holds(phone.seat, phone):
            why = self.evening.answer(phone.seat, said, self.now)
        if why is not None:
            return {"type": "refused", "why": why} | (names if is_named else {})
        self.tell_of_answers()
        return {"type": "taken"} | names

    # screens and leaders

    def watch(self, one: Watcher, role: str) -> None:
        """Tell a screen or a leader that has come where the evening is."""
        group = self.screens if role == views.SCREEN else self.leaders
        is_new = one not in group
        group.add(one)
        one.send(self.hello(one, role))
        if role == views.SCREEN:
            one.send(self._for_screen(self.language(one)))
        if is_new:
            self._tell_leaders()  # how many there are
        elif role == views.LEAD:
            one.send(self._for_leader())

    def unwatch(self, one: Watcher) -> None:
        """A screen's or a leader's connection has ended."""
        if one in self.screens | self.leaders:
            self.screens.discard(one)
            self.leaders.discard(one)
            self._tell_leaders()

    def act(self, said: dict[str, Any]) -> bool:
        """Do what a leader wants, and tell all; whether it could be done."""
        seats = self.evening.seats
        language = self.evening.language
        if not self.evening.act(said, self.now):
            return False
        if self.evening.seats is not seats:
            self._seat_anew()
        elif self.evening.language != language:
            self._translate()
        else:
            self.tell_the_moment()
        return True

    def _seat_anew(self) -> None:
        """All seats are forgotten: everybody who is here gets a new one."""
        phones, self.phones = list(self.phones), set()
        self._here.clear(self.now)
        self._commons.clear()
        for phone in phones:
            self.join(phone, None)
        self._tell_watchers()

    def _translate(self) -> None:
        self._commons.clear()
        for phone in self.phones:
            if phone.language is None:
                self.greet(phone)
        for group, role in ((self.screens, views.SCREEN), (self.leaders, views.LEAD)):
            for one in group:
                one.send(self.hello(one, role))
        self._tell_watchers()

    # telling

    def tell_the_moment(self) -> None:
        """Tell all where the evening is now: first the screens, which the room sees."""
        self._commons.clear()
        self._tell_watchers()
        for phone in list(self.phones):
            phone.send(self._for_phone(phone))

    def _tell_watchers(self) -> None:
        by_language = {}
        for screen in list(self.screens):
            language = self.language(screen)
            if language not in by_language:
                by_language[language] = self._for_screen(language)
            screen.send(by_language[language])
        self._tell_leaders()

    def _for_screen(self, language: str) -> str:
        return encoded(
            views.for_screens(
                self.evening, language, self.now, self.people(), self.invitation
            )
        )

    def _for_leader(self) -> str:
        return encoded(
            views.for_leaders(self.evening, self.now, self.people(), self.invitation)
        )

    def _tell_leaders(self) -> None:
        if self.leaders:
            told = self._for_leader()
            for leader in list(self.leaders):
                leader.send(told)

    def people(self) -> People:
        """Who is there."""
        alone = self._here.alone(self._clock.read())
        present, seats = len(self._here), len(self.evening.seats)
        return People(present, seats, len(self.screens), len(self.leaders), alone)

    def tell_of_answers(self) -> None:
        """Tell screens and leaders soon that something was answered."""
        loop = asyncio.get_running_loop()
        for role, due in self._due.items():
            if role not in self._planned:
                self._planned.add(role)
                loop.call_at(max(due, loop.time()), self._tally, role)

    def _tally(self, role: str) -> None:
        self._planned.discard(role)
        is_screen = role == views.SCREEN
        every = SCREENS_EVERY if is_screen else LEADERS_EVERY
        self._due[role] = asyncio.get_running_loop().time() + every
        group = self.screens if is_screen else self.leaders
        if group:
            view = views.tally_for_screens if is_screen else views.tally_for_leaders
            told = encoded(view(self.evening, self.now, self.people()))
            for one in list(group):
                one.send(told)

    # time

    async def look_at_the_clock(self) -> None:
        """Do what is due, until this is cancelled."""
        loop = asyncio.get_running_loop()
        told = saved = loop.time()
        while True:
            await asyncio.sleep(LOOK)
            _ = self.now  # a sleep of the laptop is noticed before a phone answers
            self._commons.clear()
            if loop.time() - told >= AT_LEAST_EVERY:
                told = loop.time()
                self.tell_of_answers()
            if loop.time() - saved >= SAVED_EVERY:
                saved = loop.time()
                await self._keeper.save()

    async def close(self) -> None:
        """Keep the evening, and send everybody away: they come again by themselves."""
        await self._keeper.save()
        for one in [*self.phones, *self.screens, *self.leaders]:
            with suppress(Exception):
                one.leave()


def _tell_elsewhere(phone: Phone | None) -> None:
    """Tell a phone that its seat is held by another connection now."""
    if phone is not None:
        phone.send(encoded({"type": ELSEWHERE}))
