"""Somebody at a keyboard: how whoever chats words things, and types them."""

from llm_lessons.fjordby.dice import Dice
from llm_lessons.fjordby.everyday import strange
from llm_lessons.fjordby.everyday.wording import careless, frames, said

FILE = "chats.txt"
_CASUAL = 0.28  # how often somebody types without care
_ENDS = (".", "!", "?", ")", "lol", "haha", ":D")


class Typist:
    """Types the messages of one chat, with or without care."""

    def __init__(self, dice: Dice) -> None:
        self.dice = dice
        self.casual = dice.chance(_CASUAL)

    def line(self, title: str) -> str:
        """Draws a line of a block, with its gaps."""
        return said(self.dice.pick(frames(FILE, title)), self.dice)

    def filled(self, pattern: str, **gaps: str) -> str:
        """Fills the gaps that any words fit in, and those that are given."""
        dice = self.dice
        if "{verb}" in pattern:
            pattern = pattern.replace("{verb}", self.line("verb"))
        while "{word}" in pattern:
            pattern = pattern.replace("{word}", strange.word(dice), 1)
        town = strange.value("town", dice) if "{town}" in pattern else ""
        return pattern.format(town=town, n=dice.integer(2, 90), **gaps)

    def cased(self, text: str) -> str:
        """Returns a name or a value as it is typed in this chat."""
        return text.lower() if self.casual else text

    def typed(self, text: str, *kept: str) -> str:
        """Returns the message as it is typed; what is kept stays letter for letter."""
        if not self.casual:
            return text
        made = careless(text, self.dice)
        return made if all(one in made for one in kept) else text

    def stopped(self, text: str) -> str:
        """Returns the message, mostly with a full stop."""
        if text.endswith(_ENDS) or self.dice.chance(0.25):
            return text
        return f"{text}."
