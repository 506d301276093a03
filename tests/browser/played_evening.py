"""A room that plays an evening in real browsers: a leader, a screen, three phones."""

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

WORDS = ("cottage", "<b>boy</b>", "king")  # that the phones write
Answer = Callable[[Page, int], None]


def choose(page: Page, number: int) -> None:
    """Tap one of the choices, each phone another one."""
    page.locator(".room-activity li button, .room-choices button").nth(number).tap()


def press(page: Page, _: int) -> None:
    """Tap the large button: flip."""
    page.locator(".room-activity .ll-great").tap()


def write_a_story(page: Page, _: int) -> None:
    """Tap the large button; the second time the phone writes by itself."""
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


def answer_ten(page: Page, number: int) -> None:
    """Answer all questions; one leads on to the next."""
    way = page.locator(".room-way")
    for question in range(10):
        expect(way).to_contain_text(re.compile(rf"\b{question + 1}\b"))
        page.locator(".room-choices button").nth((question + number) % 3).tap()
        if question < 9:
            page.locator(".room-moves .room-main").tap()


ANSWERS: dict[str, Answer] = {
    "book": choose,
    "coin": press,
    "guess": choose,
    "marbles": count_marbles,
    "next_word": write_a_word,
    "stories": write_a_story,
    "temperature": turn_the_slider,
    "ten": answer_ten,
}


class Spy:
    """What the room's server tells a screen, read in a page of its own."""

    WATCH = """() => {
      const socket = new WebSocket(`ws://${location.host}/screen/socket`);
      socket.onopen = () => socket.send('{"type": "watch", "language": null}');
      socket.onmessage = ({ data }) => {
        if (typeof data !== "string") return;
        const said = JSON.parse(data);
        if (said.type === "moment") window.moment = said;
        if (said.type === "tally") window.moment.tally = said.tally;
      };
    }"""

    def __init__(self, page: Page, address: str):
        self._page = page
        page.goto(address)
        page.evaluate(self.WATCH)
        page.wait_for_function("window.moment")

    def moment(self) -> dict[str, Any]:
        """Where the evening is."""
        return self._page.evaluate("window.moment")

    def place(self) -> tuple[str, str, int]:
        """The step, its phase and its round."""
        now = self.moment()
        return now["step"]["id"], now["phase"], now["round"]

    def wait_beyond(self, place: tuple[str, str, int]) -> None:
        """Wait until the evening is somewhere else."""
        self._page.wait_for_function(
            "([id, phase, round]) => window.moment.step.id !== id ||"
            " window.moment.phase !== phase || window.moment.round !== round",
            arg=list(place),
        )

    def wait_for_answers(self, count: int) -> None:
        """Wait until so many phones have answered."""
        self._page.wait_for_function(
            "count => window.moment.tally?.answered === count", arg=count
        )
