"""What the leader may do about what phones wrote in a round of a step."""

from collections.abc import Callable
from typing import Any

from llm_lessons_room.parts.letters import is_whole
from llm_lessons_room.parts.tally import Tally
from llm_lessons_room.server.seats import HIGHEST


def _hide(tally: Tally, _: int, said: dict[str, Any]) -> bool:
    seat, text = said.get("seat"), said.get("text")
    if type(seat) is not int or not 0 < seat <= HIGHEST:
        return False
    if not isinstance(text, str | None) or not is_whole(text or ""):
        return False
    tally.hidden.hide(seat, text)
    return True


def _show(tally: Tally, _: int, said: dict[str, Any]) -> bool:
    text = said.get("text")
    if not isinstance(text, str) or not is_whole(text):
        return False
    tally.hidden.show(text)
    return True


def _hide_all(tally: Tally, *_: Any) -> bool:
    tally.hidden.everything = True
    return True


def _show_all(tally: Tally, slot: int, _: dict[str, Any]) -> bool:
    tally.hidden.show_all(map(tally.written, tally.of(slot).values()))
    return True


def _wait(tally: Tally, _: int, said: dict[str, Any]) -> bool:
    waits = said.get("waits")
    if not tally.hidden.may_wait or not isinstance(waits, bool):
        return False
    tally.hidden.waits = waits
    return True


ACTS: dict[str, Callable[[Tally, int, dict[str, Any]], bool]] = {
    "hide": _hide,
    "show": _show,
    "hide_all": _hide_all,
    "show_all": _show_all,
    "wait": _wait,
}
