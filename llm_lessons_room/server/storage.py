"""An evening on the disk, so that a server started again goes on where it was.

No names are kept and no addresses: tokens, numbers, and what was answered. One server
plays an evening (`lock`), and `Saver` writes whatever changes of it.
"""

import asyncio
import json
import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from llm_lessons_room.parts.step import Step
from llm_lessons_room.parts.tally import Tally
from llm_lessons_room.parts.values import BadAnswer, integer, is_encodable
from llm_lessons_room.server import limits
from llm_lessons_room.server.content import Content, slot_in
from llm_lessons_room.server.evening import Evening
from llm_lessons_room.server.seats import HIGHEST, Seats
from llm_lessons_starter import atomic
from llm_lessons_starter.command_line import say
from llm_lessons_starter.trouble import Trouble

if TYPE_CHECKING:
    from llm_lessons_room.server.hub import Hub

NAME, LOCK = "evening.json", "evening.lock"
VERSION = 1
SECRET = 9  # random bytes of the leader's address, short enough to be typed
LONGEST = 10**12  # seconds that anything takes


def secret_of(folder: Path) -> str:
    """The end of the leader's address of a folder's evening, or a new one."""
    try:
        return _checked_secret(
            limits.parse_json((folder / NAME).read_text("utf-8"))["secret"]
        )
    except (OSError, LookupError, TypeError, ValueError, RecursionError):
        return secrets.token_urlsafe(SECRET)


def load(folder: Path, content: Content, now: float) -> Evening:
    """The evening in a folder, or a new one; a damaged one is laid aside.

    Raises:
        Trouble: it is there, but can't be read or laid aside.
    """
    path = folder / NAME
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        raw = b""
    except OSError:
        raise Trouble(
            f"{path} can't be read: make it readable, or move it away."
        ) from None
    if not raw:  # never written, or the power went before the first word
        return Evening(content)
    try:
        table = limits.parse_json(raw.decode("utf-8"))
        if table["version"] != VERSION:
            raise ValueError("That is of another version.")
        if not is_encodable(json.dumps(table, ensure_ascii=False)):
            raise ValueError("That could not be kept again.")
        _checked_secret(table["secret"])
        return restore(content, table, now)
    except (LookupError, TypeError, ValueError, AttributeError, RecursionError):
        _lay_aside(path)
        return Evening(content)


def _checked_secret(value: Any) -> str:
    if not isinstance(value, str) or len(value) < 12 or not value.isascii():
        raise ValueError("That is no secret.")
    return value


def _lay_aside(path: Path) -> None:
    number = 1
    while (aside := path.with_name(f"evening (damaged {number}).json")).exists():
        number += 1
    try:
        path.rename(aside)
    except OSError:
        raise Trouble(f"{path} is damaged: move it away, and start again.") from None
    say(
        f"The evening before was damaged: it lies in {aside.name}, and this is a new "
        "one."
    )


def dump(evening: Evening, secret: str, now: float) -> str:
    table = {
        "version": VERSION,
        "secret": secret,
        "deck": evening.deck_id,
        "step": evening.step().id,
        "index": evening.index,
        "number": evening.number,
        "language": evening.language,
        "black": evening.black,
        "lends": evening.lends_model,
        "began": evening.began,
        "left": evening.left(now),
        "seats": evening.seats.numbers,
        "last": evening.seats.last,
        "tallies": {
            key: _dump_tally(tally)
            for key, tally in evening.tallies.items()
            if any(tally.answers.values()) or tally.hidden.is_changed
        },
    }
    return json.dumps(table, ensure_ascii=False)


def _dump_tally(tally: Tally) -> dict[str, Any]:
    return {
        "answers": {
            slot: [[seat, value] for seat, value in answers.items()]
            for slot, answers in tally.answers.items()
            if answers
        },
        "everything": tally.hidden.everything,
        "hidden_seats": sorted(tally.hidden.seats),
        "hidden_texts": sorted(tally.hidden.texts),
        "shown_texts": sorted(tally.hidden.shown),
        "waits": tally.hidden.waits,
        "sorted": tally.sorted,
    }


def restore(content: Content, table: dict[str, Any], now: float) -> Evening:
    """The evening that was packed; every answer is checked and counted anew.

    What belongs to no step any more is left out: the evening may have been changed.

    Raises:
        LookupError, TypeError, ValueError, AttributeError: it is damaged.
    """
    evening = Evening(content, _seats(table))
    evening.language = content.match_language(table["language"]) or evening.language
    if table["deck"] in content.decks[evening.language]:
        evening.deck_id = table["deck"]
        _restore_place(evening, table, now)
    evening.black = bool(table["black"])
    evening.lends_model = bool(table.get("lends", True))
    began = table["began"]
    evening.began = None if began is None else min(now, _seconds(began))
    for deck_id, deck in content.decks[evening.language].items():
        for step in deck.steps:
            tally = evening.tally(step, deck_id)
            saved = table["tallies"].get(evening.tally_key(step, deck_id))
            if saved is not None:
                _restore_tally(tally, step, saved)
    return evening


def _restore_place(evening: Evening, table: dict[str, Any], now: float) -> None:
    """Go where the evening was; where that is gone, to what has its place."""
    steps, index = evening.deck().steps, evening.deck().index_of(table["step"])
    if index is None:
        evening.index = min(integer(table["index"], 0, 10**6), len(steps) - 1)
        return
    evening.index = index
    last = len(steps[index].moments) - 1
    evening.number = min(integer(table["number"], 0, 10**6), last)
    left = table["left"] if evening.is_timed else None
    evening.deadline = None if left is None else now + _seconds(left)


def _seats(table: dict[str, Any]) -> Seats:
    numbers = {
        str(token): integer(number, 1, HIGHEST)
        for token, number in table["seats"].items()
    }
    if len(set(numbers.values())) < len(numbers):
        raise ValueError("Two sit on one seat.")
    return Seats(numbers, integer(table["last"], 0, HIGHEST))


def _seconds(value: Any) -> float:
    if type(value) not in (int, float) or not 0 <= value <= LONGEST:
        raise ValueError("That is no time.")
    return float(value)


def _restore_tally(tally: Tally, step: Step, saved: dict[str, Any]) -> None:
    """Count what was kept of a step's rounds; another step may share its tally."""
    for number in {moment.round for moment in step.moments if moment.round}:
        slot = slot_in(step, number)
        for seat, value in saved["answers"].get(str(slot), ()):
            whose = integer(seat, 1, HIGHEST)
            with suppress(BadAnswer):
                tally.record(slot, whose, tally.validate(value))
    tally.hidden.everything = bool(saved["everything"])
    tally.hidden.seats = {integer(n, 1, HIGHEST) for n in saved["hidden_seats"]}
    tally.hidden.texts = set(map(str, saved["hidden_texts"]))
    tally.hidden.shown = set(map(str, saved.get("shown_texts", ())))
    tally.hidden.waits = bool(saved.get("waits", tally.hidden.may_wait))
    for text, kind in saved.get("sorted", {}).items():
        tally.sort(str(text), kind)


def write(folder: Path, text: str) -> str:
    """Write an evening, whole or not at all; returns why that failed, or ""."""
    others = os.umask(0o077)  # nobody else can read it, not even while it is written
    try:
        atomic.write_text(folder / NAME, text)
    except OSError as error:
        return not_kept(str(error.strerror))
    finally:
        os.umask(others)
    return ""


def not_kept(why: str) -> str:
    begins = "it goes on, but a server started again would begin anew."
    return f"The evening can't be kept on the disk ({why}): {begins}"


class Saver:
    """Writes whatever has changed of an evening.

    Attributes:
        fails: whether the last try did; the next one is made all the same.
    """

    def __init__(self, hub: "Hub", folder: Path):
        self._hub, self._folder = hub, folder
        self._saving = asyncio.Lock()
        self._saved = -1
        self.fails = False

    async def save(self) -> None:
        """Write the evening, if it has changed; say once where that fails."""
        # A write that has begun ends though its caller is cancelled: the next one
        # would write to the same place.
        await asyncio.shield(self._save())

    async def _save(self) -> None:
        async with self._saving:
            evening = self._hub.evening
            changed = evening.changed
            if self._saved == changed:
                return
            try:
                text = dump(evening, self._hub.secret, self._hub.now)
                remark = await asyncio.to_thread(write, self._folder, text)
            except Exception as error:  # an evening goes on whatever it is
                remark = not_kept(f"{type(error).__name__}: {error}")
            if remark and not self.fails:
                say(remark)
            self.fails = bool(remark)
            self._saved = self._saved if remark else changed


def lock(folder: Path) -> int:
    """Lock a folder for as long as this process runs; the number of the open file.

    A process that was killed leaves no lock. Where the file system knows no locks,
    nothing is locked.

    Raises:
        Trouble: another server plays this evening; two would each keep their own.
    """
    number = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    if not atomic.try_to_lock(number):
        os.close(number)
        raise Trouble(
            "This evening is open in another window already: go on there, or end it "
            "there with Ctrl-C first."
        )
    return number
