"""Who is connected, and who is told what when.

Phones are told when the moment changes; `watchers`, the screens and leaders, also when
a phone answers.
"""

import asyncio
import hmac
from contextlib import suppress
from pathlib import Path
from typing import Any

from llm_lessons_room.parts.values import is_whole
from llm_lessons_room.server import views
from llm_lessons_room.server.clock import Clock
from llm_lessons_room.server.content import Content, asked, outline
from llm_lessons_room.server.evening import Evening
from llm_lessons_room.server.invitation import Invitation
from llm_lessons_room.server.kept import Keeper
from llm_lessons_room.server.seats import Full, Presence, staying
from llm_lessons_room.server.together import Together
from llm_lessons_room.server.views import People, encoded
from llm_lessons_room.server.watchers import Phone, Watcher, Watchers

AT_LEAST_EVERY = 10.0  # for the clock of the leader, and for a room without a phone
SAVED_EVERY = 1.0
LOOK = 0.25  # seconds between two looks at the clock
WARNED = 60.0  # seconds for which leaders are warned of what was last seen
ELSEWHERE = "elsewhere"  # where a seat is that a newer connection holds


class Hub:
    """An evening with all that take part in it: `most` phones, and who has the secret.

    It is kept in the folder; the clock is read for everything that happens.
    """

    def __init__(
        self, evening: Evening, secret: str, folder: Path, clock: Clock, most: int
    ):
        self.evening, self.secret, self.most = evening, secret, most
        self.invitation = Invitation("")
        self.watchers = Watchers(self)
        self._clock = clock
        self._here: Presence[Phone] = Presence(clock.read())
        # of the moment for phones, by language; no older than LOOK, for time passes
        self._commons: dict[str, str] = {}
        self._warned: dict[str, float] = {}  # of what, and until when
        self._keeper = Keeper(self, folder)
        self._together = Together(self)

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

    @property
    def phones(self) -> set[Phone]:
        """All that have joined and are connected."""
        return self._here.phones

    def join(self, phone: Phone, token: object) -> None:
        """Give a phone its seat, and tell it where the evening is.

        Raises:
            Full: there is none left.
        """
        if len(self.phones) >= self.most:
            raise Full
        seats, before = self.evening.seats, len(self.evening.seats)
        phone.token = seats.sit(token, self._seats_that_stay)
        phone.seat = seats.numbers[phone.token]
        _tell_elsewhere(self._here.come(phone, self.now))
        is_new = phone.token != token
        self.evening.changed += is_new
        if is_new and len(seats) <= before:
            self.warn(views.CROWDED)  # others gave way
        self.greet(phone)
        self.watchers.tell_soon()

    def hold(self, phone: Phone) -> None:
        """A phone is used again whose seat another connection has held meanwhile."""
        _tell_elsewhere(self._here.hold(phone))

    def _seats_that_stay(self) -> set[int]:
        numbers, answered = self.evening.seats.numbers, self.evening.used_seats()
        return staying(numbers.values(), self._here.seats, answered, self._here.stayed)

    def leave(self, phone: Phone) -> None:
        """A phone's connection has ended; its seat stays."""
        if phone in self.phones:
            self._here.go(phone, self.now)
            self._together.leave(phone)
            self.watchers.tell_soon()

    def language(self, one: Watcher) -> str:
        """What a connection is told in."""
        return one.language or self.evening.language

    def greet(self, phone: Phone) -> None:
        """Tell a phone who it is and where the evening is, in its language."""
        self._together.meet(phone)
        hello = {"seat": phone.token, "number": phone.seat}
        phone.send(self.hello(phone, views.PHONE, hello))
        phone.send(self._for_phone(phone))

    def hello(self, one: Watcher, role: str, more: dict[str, Any] | None = None) -> str:
        """The first thing that a connection is told: its words, and `more`."""
        content, language = self.evening.content, self.language(one)
        words = content.words[language].get(role, {})
        payload = {"words": words, "language": language, "languages": content.names}
        return encoded({"type": "hello", **(more or {}), **payload})

    def _for_phone(self, phone: Phone) -> str:
        language = self.language(phone)
        if language not in self._commons:
            common = views.for_phones(self.evening, language, self.now)
            self._commons[language] = common
        common = self._commons[language]
        return views.for_a_phone(common, self.evening, phone.seat, language)

    def answer(self, phone: Phone, said: dict[str, Any]) -> dict[str, Any]:
        """Take a phone's answer; what to tell it."""
        step, number = said.get("step"), said.get("round")
        names = {"step": step, "round": number}
        is_named = isinstance(step, str) and is_whole(step) and type(number) is int
        why = ELSEWHERE
        if self._here.holds(phone):
            why = self.evening.answer(phone.seat, said, self.now)
        if why is not None:
            return {"type": "refused", "why": why} | (names if is_named else {})
        self.watchers.tell_soon()
        return {"type": "taken"} | names

    def holders(self) -> list[Phone]:
        """The phones whose answers count: of several tabs on a seat, one."""
        return [one for one in self.phones if self._here.holds(one)]

    def gradient(self, phone: Phone, raw: bytes) -> bool:
        """Take what a phone has found for a model; False where that is nothing."""
        return self._together.take(phone, raw)

    # screens and leaders

    def watch(self, one: Watcher, role: str) -> None:
        """Tell a screen or a leader that has come where the evening is."""
        one.send(self.hello(one, role))
        self.watchers.come(one, role)
        if role == views.SCREEN:
            self._together.show(one)

    def unwatch(self, one: Watcher) -> None:
        """A screen's or a leader's connection has ended."""
        self._together.leave(one)
        self.watchers.go(one)

    def warn(self, of: str) -> None:
        """Warn the leaders for a while, from now on."""
        self._warned[of] = self.now + WARNED
        self.watchers.tell_soon()

    def act(self, said: dict[str, Any]) -> bool:
        """Do what a leader wants, and tell all; whether it could be done."""
        if said.get("do") == "free":
            self._free_seats()
            return True
        seats = self.evening.seats
        language = self.evening.language
        if not self.evening.act(said, self.now):
            return False
        self._together.look()
        if self.evening.seats is not seats:
            self._seat_anew()
        elif self.evening.language != language:
            self._translate()
        else:
            self.tell_the_moment()
        return True

    def _free_seats(self) -> None:
        """Forget whose the empty seats were; what was answered from them stays."""
        self.evening.seats.keep(self._here.seats)
        self.evening.changed += 1
        self._warned.pop(views.CROWDED, None)
        self.watchers.tell()

    def _seat_anew(self) -> None:
        """All seats are forgotten: everybody who is here gets a new one."""
        phones = self.phones
        self._here = Presence(self.now)
        self._commons.clear()
        for phone in phones:
            self.join(phone, None)
        self.watchers.tell()

    def _translate(self) -> None:
        self._commons.clear()
        for phone in self.phones:
            if phone.language is None:
                self.greet(phone)
        for one in self.watchers.screens:
            one.send(self.hello(one, views.SCREEN))
        for one in self.watchers.leaders:
            one.send(self.hello(one, views.LEAD))
        self.watchers.tell()
        for one in self.watchers.screens:
            self._together.show(one)

    # telling

    def tell_the_moment(self) -> None:
        """Tell all where the evening is now: first the screens, which the room sees."""
        self._commons.clear()
        self.watchers.tell()
        for phone in list(self.phones):
            phone.send(self._for_phone(phone))

    def renew(self, played: Content) -> None:
        """Play this from now on, in which what is answered must be as before.

        New may be figures, and other texts that are shown alone.
        """
        before = self.evening.content
        is_same = outline(played) == outline(before) and asked(played) == asked(before)
        if is_same and played != before:
            self.evening.content = played
            self.tell_the_moment()

    def people(self) -> People:
        now = self._clock.read()
        warnings = [of for of, until in self._warned.items() if now < until]
        if self.evening.lacks_a_figure:
            warnings.append(views.FIGURES)
        return People(
            here=self._here.seats,
            seats=len(self.evening.seats),
            screens=len(self.watchers.screens),
            leaders=len(self.watchers.leaders),
            alone=self._here.alone(now),
            warnings=(*warnings, *[views.UNSAVED] * self._keeper.fails),
        )

    # time

    async def look_at_the_clock(self) -> None:
        """Do what is due, until this is cancelled."""
        loop = asyncio.get_running_loop()
        sent = saved = loop.time()
        while True:
            await asyncio.sleep(LOOK)
            _ = self.now  # a sleep of the laptop is noticed before a phone answers
            self._commons.clear()
            if loop.time() - sent >= AT_LEAST_EVERY:
                sent = loop.time()
                self.watchers.tell_soon()
            if loop.time() - saved >= SAVED_EVERY:
                saved = loop.time()
                await self._save()

    async def _save(self) -> None:
        failed = self._keeper.fails
        await self._keeper.save()
        if self._keeper.fails != failed:  # told aside: no error ends this clock
            asyncio.get_running_loop().call_soon(self.watchers.tell_leaders)

    async def close(self) -> None:
        """Keep the evening, and send everybody away: they come again by themselves."""
        await self._keeper.save()
        watchers = self.watchers
        for one in [*self.phones, *watchers.screens, *watchers.leaders]:
            with suppress(Exception):
                one.leave()


def _tell_elsewhere(phone: Phone | None) -> None:
    """Tell a phone that its seat is held by another connection now."""
    if phone is not None:
        phone.send(encoded({"type": ELSEWHERE}))
