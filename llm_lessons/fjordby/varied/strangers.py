"""People whom one page names, and no other, with first names of all kinds."""

from llm_lessons.fjordby import strangers, words
from llm_lessons.fjordby.dice import Dice
from llm_lessons.fjordby.varied import names

# How often a first name is exchanged; the others bear Fjordby's own. In chats, for
# which few of the new names are free, it is about half as often.
_OTHER_FIRST_NAMES = 0.6


class People:
    """Gives out names, each once, of which none has a surname that is `taken`."""

    def __init__(
        self,
        dice: Dice,
        taken: frozenset[str] = frozenset(),
        held_out: bool = False,
        aside: bool = False,
        in_chats: bool = False,
    ) -> None:
        self._dice, self._aside, self._in_chats = dice, aside, in_chats
        invented = 0.0 if held_out else 0.25 if in_chats else 0.35
        self._strangers = strangers.Strangers(dice, held_out, taken, invented, in_chats)
        self._met: set[str] = set()

    def meet(self, like: str | None = None, plain: bool = False) -> str:
        """Returns a new name, perhaps similar to the one that is given.

        A plain name is made of Fjordby's own parts.
        """
        while True:
            name = self._renamed(self._strangers.meet(like, plain), like, plain)
            if name not in self._met and words.is_for_chats(name) == self._in_chats:
                self._met.add(name)
                return name

    def _renamed(self, name: str, like: str | None, plain: bool) -> str:
        """The name, mostly with another first name, unless it is alike by that."""
        first, _, last = name.partition(" ")
        is_alike = like is not None and like.startswith(f"{first} ")
        if plain or not last or (is_alike and not self._aside):
            return name
        stays = not self._aside and not names.is_aside(first)
        if stays and not self._dice.chance(_OTHER_FIRST_NAMES):
            return name
        return f"{names.first_name(self._dice, self._aside)} {last}"
