"""Who is connected, and what is sent to whom when.

Phones get each moment; `watchers`, the screens and leaders, also every answer's tally.
"""

import asyncio
import hmac
from contextlib import suppress
from pathlib import Path
from typing import Any

from llm_lessons_room.parts.values import is_encodable
from llm_lessons_room.server import views
from llm_lessons_room.server.clock import Clock
from llm_lessons_room.server.content import Content, asked_texts, outline
from llm_lessons_room.server.evening import Evening
from llm_lessons_room.server.invitation import Invitation
from llm_lessons_room.server.seats import Full, Presence, seats_to_keep
from llm_lessons_room.server.storage import Saver
from llm_lessons_room.server.training import Training
from llm_lessons_room.server.views import People, encode
from llm_lessons_room.server.watchers import Client, Phone, Watchers

RESEND_EVERY = 10.0  # for the clock of the leader, and for a room without a phone
SAVE_EVERY = 1.0
TICK = 0.25  # seconds between two looks at the clock
WARN_FOR = 60.0  # seconds for which leaders are warned of what was last seen
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
        self._presence: Presence[Phone] = Presence(clock.read())
        # of the moment for phones, by language; no older than LOOK, for time passes
        self._phones_moments: dict[str, str] = {}
        self._warnings: dict[str, float] = {}  # of what, and until when
        self._saver = Saver(self, folder)
        self.training = Training(self)

    @property
    def now(self) -> float:
        """Seconds of the evening's clock."""
        now = self._clock.read()
        if slept := self._clock.slept():
            self.evening.extend(slept)
        return now

    def is_secret(self, text: str) -> bool:
        """Whether this is the end of the leader's address; takes as long for any."""
        return hmac.compare_digest(text.encode(), self.secret.encode())

    # phones

    @property
    def phones(self) -> set[Phone]:
        return self._presence.phones

    def join(self, phone: Phone, token: object) -> None:
        """Give a phone its seat, and send it the moment.

        Raises:
            Full: there is none left.
        """
        if len(self.phones) >= self.most:
            raise Full
        seats, before = self.evening.seats, len(self.evening.seats)
        phone.token = seats.sit(token, self._seats_to_keep)
        phone.seat = seats.numbers[phone.token]
        _send_elsewhere(self._presence.add(phone, self.now))
        is_new = phone.token != token
        self.evening.changed += is_new
        if is_new and len(seats) <= before:
            self.warn(views.CROWDED)  # others gave way
        self.send_welcome(phone)
        self.watchers.schedule_tally()

    def hold(self, phone: Phone) -> None:
        """A phone is used again whose seat another connection has held meanwhile."""
        _send_elsewhere(self._presence.hold(phone))

    def _seats_to_keep(self) -> set[int]:
        numbers, answered = self.evening.seats.numbers, self.evening.used_seats()
        return seats_to_keep(
            numbers.values(),
            self._presence.seats,
            answered,
            self._presence.seconds_stayed,
        )

    def leave(self, phone: Phone) -> None:
        if phone in self.phones:
            self._presence.remove(phone, self.now)
            self.training.leave(phone)
            self.watchers.schedule_tally()

    def language(self, client: Client) -> str:
        return client.language or self.evening.language

    def send_welcome(self, phone: Phone) -> None:
        self.training.rejoin(phone)
        welcome = {"seat": phone.token, "number": phone.seat}
        phone.send(self.welcome(phone, views.PHONE, welcome))
        phone.send(self._for_phone(phone))

    def welcome(
        self, client: Client, role: str, more: dict[str, Any] | None = None
    ) -> str:
        """The first message of a connection: its words, and `more`."""
        content, language = self.evening.content, self.language(client)
        words = content.words[language].get(role, {})
        payload = {"words": words, "language": language, "languages": content.names}
        return encode({"type": "hello", **(more or {}), **payload})

    def _for_phone(self, phone: Phone) -> str:
        language = self.language(phone)
        if language not in self._phones_moments:
            common = views.phones_moment(self.evening, language, self.now)
            self._phones_moments[language] = common
        common = self._phones_moments[language]
        return views.phone_moment(common, self.evening, phone.seat, language)

    def answer(self, phone: Phone, message: dict[str, Any]) -> dict[str, Any]:
        """Take a phone's answer; returns the reply to it."""
        step, number = message.get("step"), message.get("round")
        names = {"step": step, "round": number}
        is_named = isinstance(step, str) and is_encodable(step) and type(number) is int
        reason = ELSEWHERE
        if self._presence.holds(phone):
            reason = self.evening.answer(phone.seat, message, self.now)
        if reason is not None:
            return {"type": "refused", "why": reason} | (names if is_named else {})
        self.watchers.schedule_tally()
        return {"type": "taken"} | names

    def holders(self) -> list[Phone]:
        """The phones whose answers count: of several tabs on a seat, one."""
        return [client for client in self.phones if self._presence.holds(client)]

    # screens and leaders

    def watch(self, client: Client, role: str) -> None:
        client.send(self.welcome(client, role))
        self.watchers.add(client, role)
        if role == views.SCREEN:
            self.training.show(client)

    def unwatch(self, client: Client) -> None:
        self.training.leave(client)
        self.watchers.remove(client)

    def warn(self, reason: str) -> None:
        """Warn the leaders for a while, from now on."""
        self._warnings[reason] = self.now + WARN_FOR
        self.watchers.schedule_tally()

    def act(self, message: dict[str, Any]) -> bool:
        """Carry out a leader's command, and tell all; whether it could be done."""
        if message.get("do") == "free":
            self._free_seats()
            return True
        seats = self.evening.seats
        language = self.evening.language
        if not self.evening.act(message, self.now):
            return False
        self.training.follow()
        if self.evening.seats is not seats:
            self._reseat_all()
        elif self.evening.language != language:
            self._translate()
        else:
            self.broadcast()
        return True

    def _free_seats(self) -> None:
        """Forget whose the empty seats were; what was answered from them stays."""
        self.evening.seats.keep_only(self._presence.seats)
        self.evening.changed += 1
        self._warnings.pop(views.CROWDED, None)
        self.watchers.broadcast()

    def _reseat_all(self) -> None:
        phones = self.phones
        self._presence = Presence(self.now)
        self._phones_moments.clear()
        for phone in phones:
            self.join(phone, None)
        self.watchers.broadcast()

    def _translate(self) -> None:
        self._phones_moments.clear()
        for phone in self.phones:
            if phone.language is None:
                self.send_welcome(phone)
        for client in self.watchers.screens:
            client.send(self.welcome(client, views.SCREEN))
        for client in self.watchers.leaders:
            client.send(self.welcome(client, views.LEAD))
        self.watchers.broadcast()
        for client in self.watchers.screens:
            self.training.show(client)

    # telling

    def broadcast(self) -> None:
        """Send everybody the moment: first the screens, which the room sees."""
        self._phones_moments.clear()
        self.watchers.broadcast()
        for phone in list(self.phones):
            phone.send(self._for_phone(phone))

    def replace_content(self, content: Content) -> None:
        """Play this from now on, if only figures and shown texts are new in it.

        What is answered must be as before.
        """
        before = self.evening.content
        is_same = outline(content) == outline(before) and asked_texts(
            content
        ) == asked_texts(before)
        if is_same and content != before:
            self.evening.content = content
            self.broadcast()

    def people(self) -> People:
        now = self._clock.read()
        warnings = [reason for reason, until in self._warnings.items() if now < until]
        if self.evening.lacks_a_figure:
            warnings.append(views.FIGURES)
        return People(
            here=self._presence.seats,
            seats=len(self.evening.seats),
            screens=len(self.watchers.screens),
            leaders=len(self.watchers.leaders),
            alone=self._presence.alone(now),
            warnings=(*warnings, *[views.UNSAVED] * self._saver.fails),
        )

    # time

    async def run_clock(self) -> None:
        """Send and save what is due, until this is cancelled."""
        loop = asyncio.get_running_loop()
        sent = saved = loop.time()
        while True:
            await asyncio.sleep(TICK)
            _ = self.now  # a sleep of the laptop is noticed before a phone answers
            self._phones_moments.clear()
            if loop.time() - sent >= RESEND_EVERY:
                sent = loop.time()
                self.watchers.schedule_tally()
            if loop.time() - saved >= SAVE_EVERY:
                saved = loop.time()
                await self._save()

    async def _save(self) -> None:
        failed = self._saver.fails
        await self._saver.save()
        if self._saver.fails != failed:  # not from here: an error would end this clock
            asyncio.get_running_loop().call_soon(self.watchers.send_to_leaders)

    async def close(self) -> None:
        """Keep the evening, and send everybody away: they come again by themselves."""
        await self._saver.save()
        watchers = self.watchers
        for client in [*self.phones, *watchers.screens, *watchers.leaders]:
            with suppress(Exception):
                client.send_away()


def _send_elsewhere(phone: Phone | None) -> None:
    if phone is not None:
        phone.send(encode({"type": ELSEWHERE}))
