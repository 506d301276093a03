"""What stands in the cells of a table of HTML, as text; the steps of evenings."""

import html
import re
from typing import Any

from llm_lessons_room.content.export import all_decks
from llm_lessons_room.content.kinds import Drawn


def text_of(made: str) -> str:
    """HTML without its tags, on one line."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", made)).split())


def rows_of(side: str) -> list[list[str]]:
    """The cells of each row of the first table's body."""
    body = side.split("<tbody>")[1].split("</tbody>")[0]
    return [
        [text_of(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)]
        for row in re.findall(r"<tr>(.*?)</tr>", body)
    ]


def steps_of(played: dict[str, Any]) -> list[dict[str, Any]]:
    """The steps of all evenings, as a room is sent them."""
    return [step for deck in played["decks"] for step in deck["steps"]]


def every_figure(svg: str, said: str) -> dict[tuple[int, str], Drawn]:
    """The same figure and sentence for each step that shows one."""
    return {
        (step.lesson or 0, step.own["cell"]): Drawn(svg, "A curve.", said)
        for deck in all_decks()
        for step in deck.steps
        if step.kind == "figure"
    }
