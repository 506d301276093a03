"""What the stories want to know.

`prompt`; and `temperatures`, if they are not written once, at 1; or `real = true`, if a
real model answers in Fjord's place.
"""

from llm_lessons_room.parts.plan import Kind, Planned, Shown, Tell, is_text, prompt

TOKENS = 40, 60  # after so many a sentence may end a story; no more than these
REAL_TOKENS = 24  # of a real model's answer, at most
HOTTEST = 2  # temperature of a room


def _stories(step: Planned, tell: Tell) -> Shown:
    least, most = TOKENS
    if "real" in step.own:
        most = REAL_TOKENS
    heats = step.own.get("temperatures", [1])
    more = {"least": least, "tokens": most, "temperatures": heats}
    return Shown(prompt(step, tell).shown | more)


def _fits(step: Planned) -> None:
    if {"real", "temperatures"} <= step.own.keys():
        raise ValueError("a real model answers at temperature 1 alone.")


def _are_heats(value: object) -> bool:
    return (
        isinstance(value, list)
        and bool(value)
        and all(type(n) in (int, float) and 0 <= n <= HOTTEST for n in value)
    )


KINDS = {
    "stories": Kind(
        _stories,
        needs={"prompt": is_text},
        may={"temperatures": _are_heats, "real": lambda value: value is True},
        fits=_fits,
    )
}
