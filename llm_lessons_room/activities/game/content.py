"""What a game wants to know: `text`; and `cards`, those parts of cards.pdf that it
plays with, if it does.
"""

from llm_lessons_room.parts.plan import Kind, Planned, Shown, Tell, are_texts, is_text

PARTS = ("story", "tree", "auction", "relay")  # of cards.pdf, for who plays
_ROLLED = frozenset({"story", "tree", "auction"})  # those that a phone rolls for


def _game(step: Planned, tell: Tell) -> Shown:
    rolls = not _ROLLED.isdisjoint(step.own.get("cards", ()))
    return Shown({"text": tell(step.own["text"]), "rolls": rolls})


def _fits(step: Planned) -> None:
    if unknown := set(step.own.get("cards", ())) - set(PARTS):
        known = ", ".join(PARTS)
        raise ValueError(f"it plays with {min(unknown)!r}: `cards` are {known}.")


KINDS = {
    "game": Kind(_game, needs={"text": is_text}, may={"cards": are_texts}, fits=_fits)
}
