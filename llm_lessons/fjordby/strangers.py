"""People whom one page names, and no other."""

from llm_lessons.fjordby import inventions, words
from llm_lessons.fjordby.dice import Dice

type Parts = tuple[str, str]  # of a surname

_INVENTED = 0.35  # share of the names that are not made of Fjordby's own parts
_ALIKE = 0.2  # how often a name is like one that is on the page already


class Strangers:
    """Gives out names, each once.

    Args:
        held_out: whether the surnames are ones that the corpus never uses.
        taken: surnames that belong to others.
        invented: share of the names that are made of syllables.
        in_chats: whether they come up in chats; pages have others.
    """

    def __init__(
        self,
        dice: Dice,
        held_out: bool,
        taken: frozenset[str] = frozenset(),
        invented: float = _INVENTED,
        in_chats: bool = False,
    ) -> None:
        self._dice, self._held_out, self._invented = dice, held_out, invented
        self._in_chats = in_chats
        self._surnames = [
            parts
            for parts in words.SURNAME_PARTS
            if (name := words.surname(*parts)) not in taken
            and words.is_held_out_surname(name) == held_out
        ]
        self._by_start: dict[str, list[Parts]] = {}
        for parts in self._surnames:
            self._by_start.setdefault(parts[0], []).append(parts)
        self._used = {word.lower() for word in taken}

    def meet(self, like: str | None = None, plain: bool = False) -> str:
        """Returns a new name, perhaps similar to the one that is given.

        A plain name is made of Fjordby's own parts.
        """
        while True:
            name = self._draw(like, plain)
            fits = words.is_for_chats(name) == self._in_chats
            if fits and name.lower() not in self._used:
                self._used.add(name.lower())
                return name

    def _draw(self, like: str | None, plain: bool) -> str:
        dice = self._dice
        if not plain and dice.chance(self._invented):
            name = inventions.person(dice, self._held_out)
        else:
            parts = dice.pick(self._surnames)
            name = f"{dice.pick(words.FIRST_NAMES)} {words.surname(*parts)}"
        if like is None or not dice.chance(_ALIKE) or " " not in like + name:
            return name  # also where both are of one word
        first, last = name.split()[0], name.split()[-1]
        if dice.chance(0.6):
            return f"{like.split()[0]} {last}"
        for start, parts in self._by_start.items():
            if like.split()[-1].startswith(start):
                return f"{first} {words.surname(*dice.pick(parts))}"
        return name
