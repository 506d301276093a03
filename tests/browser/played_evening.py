"""An evening that a real server plays, and what its phones answer in it."""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import copy
from typing import Any

from playwright.sync_api import Page, expect

from llm_lessons_room.content.export import export
from llm_lessons_room.content.screens import write_screens
from tests.server.phones import RoomServer

WORDS = ("cottage", "<b>boy</b>")  # that the phones write


def choose(page: Page, number: int) -> None:
    """Tap one of the choices, each phone another one."""
    page.locator(".room-activity li button, .room-choices button").nth(number).tap()


def press(page: Page, _: int) -> None:
    """Tap the large button; a phone that writes by itself has none."""
    button = page.locator(".room-activity .ll-great")
    if button.is_visible():
        button.tap()


def write_a_word(page: Page, number: int) -> None:
    """Write the next word, one of them a piece of HTML."""
    page.locator(".room-activity input").fill(WORDS[number])
    page.locator(".room-activity .ll-great").tap()


def turn_the_slider(page: Page, number: int) -> None:
    """Turn it up by keys, each phone further."""
    page.locator(".room-activity input[type=range]").focus()
    for _ in range(4 * (number + 1)):
        page.keyboard.press("ArrowRight")


def count_marbles(page: Page, number: int) -> None:
    """Half of the phones have keys for digits, half have a field for steps."""
    pad = page.locator(".room-activity .ll-pad")
    if pad.is_visible():
        for digit in "17":
            pad.get_by_role("button", name=digit, exact=True).tap()
    else:
        page.locator(".room-activity textarea").fill("12 + 5 = 17")
        page.locator(".room-activity form input:visible").last.fill("17")
    page.locator(".room-activity .ll-great:visible").tap()


def tell_a_name(page: Page, number: int) -> None:
    """Tell the chat box a name, ask for it, take it out, and ask again."""
    page.locator(".room-activity input").fill("Ida")
    page.locator(".room-activity form .ll-great").tap()
    for _ in range(3):
        page.locator(".ll-chat-on-phone > .ll-great:enabled:visible").tap()


def answer_survey(page: Page, number: int) -> None:
    """Answer all questions; one leads on to the next."""
    way, activity = page.locator(".room-way"), page.locator(".room-activity")
    for question in range(6):
        expect(way).to_contain_text(re.compile(rf"\b{question + 1}\b"))
        if question == 0:
            activity.locator("textarea").fill("From a library.")
        elif question == 1:
            for one in range(4):
                row = activity.locator(".room-judged li").nth(one)
                row.get_by_role("button").nth((one + number) % 2).tap()
        else:
            page.locator(".room-choices button").nth((question + number) % 3).tap()
        if question < 5:
            activity.locator(".room-main").tap()


def trust_or_check(page: Page, number: int) -> None:
    """Judge eight answers; in the second round keep what one had."""
    rows = page.locator(".ll-trust-list li")
    done = page.locator(".ll-trust-on-phone > .ll-great")
    if done.is_visible():
        done.tap()
    else:
        for one in range(8):
            rows.nth(one).get_by_role("button").nth((one + number) % 3).tap()
    page.evaluate("scrollTo(0, 0)")  # the page's head lies on what is scrolled


ANSWERS: dict[str, Callable[[Page, int], None]] = {
    "book": choose,
    "chat": tell_a_name,
    "coin": press,
    "guess": choose,
    "marbles": count_marbles,
    "next_word": write_a_word,
    "stories": press,
    "survey": answer_survey,
    "temperature": turn_the_slider,
    "trust": trust_or_check,
}


@contextmanager
def served(
    folder: Path, fjord_script: Path, played: Callable[[list[Any]], list[Any]]
) -> Iterator[RoomServer]:
    """A real server of what is played of the evenings, in two languages."""
    write_screens(folder)
    copy(fjord_script, folder / "fjord.js")
    (folder / "content").mkdir()
    for code in ("en", "nb"):
        table = export(code)
        text = json.dumps(table | {"decks": played(table["decks"])})
        (folder / "content" / f"{code}.json").write_text(text, encoding="utf-8")
    with RoomServer(folder) as running:
        yield running


class Overheard:
    """What the room's server tells a screen, from before that has opened its page.

    Attributes:
        moment: where the evening is.
    """

    def __init__(self, screen: Page):
        self._screen = screen
        self.moment: dict[str, Any] = {}
        screen.on("websocket", lambda line: line.on("framereceived", self._hear))

    def _hear(self, frame: str | bytes) -> None:
        said = json.loads(frame) if isinstance(frame, str) else {}
        if said.get("type") == "moment":
            self.moment = said
        elif said.get("type") == "tally":
            self.moment["tally"] = said["tally"]

    def place(self) -> tuple[str, str, int]:
        """The step, its phase and its round."""
        return self.moment["step"]["id"], self.moment["phase"], self.moment["round"]

    def wait_until(self, happens: Callable[[], bool]) -> None:
        """Listen on until something is so."""
        for _ in range(1200):
            if happens():
                return
            self._screen.wait_for_timeout(50)
        raise AssertionError(self.moment)
