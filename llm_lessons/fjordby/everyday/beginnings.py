"""Little stories from any beginning that somebody may type.

Serves C8 and C9: a beginning of one's own goes on in words that exist.
"""

from llm_lessons.fjordby.dice import Dice
from llm_lessons.fjordby.everyday import strange
from llm_lessons.fjordby.everyday.wording import capital, frames, said
from llm_lessons.fjordby.varied import names

FILE = "beginnings.txt"
STORIES = 9_000
_DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


def story(dice: Dice, aside: bool = False) -> str:
    """Draws a story of four to eight sentences."""
    hero, friend = names.first_name(dice, aside), names.first_name(dice, aside)
    kept = [_word(dice, aside) for _ in range(3)]  # what the story is about
    he = dice.pick((hero, "he", "she", hero, "we", "I"))
    parts = ["begin", *["go on"] * dice.integer(2, 6), "end"]
    told = list[str]()
    for part in parts:
        pattern = said(dice.pick(frames(FILE, part, aside)), dice)
        for gap in ("did", "place"):
            while f"{{{gap}}}" in pattern:
                more = said(dice.pick(frames(FILE, gap, aside)), dice)
                pattern = pattern.replace(f"{{{gap}}}", more, 1)
        while "{word}" in pattern:
            pattern = pattern.replace("{word}", dice.pick(kept), 1)
        who = dice.pick((hero, hero, friend))
        gaps = {
            "person": dice.pick(strange.listed("people")),
            "town": strange.value("town", dice) if "{town}" in pattern else "",
            "day": dice.pick(_DAYS),
            "n": dice.integer(3, 30),
        }
        told.append(capital(pattern.format(who=who, he=he, **gaps).replace("  ", " ")))
    return " ".join(told)


def texts(seed: int, share: float = 1.0) -> list[str]:
    """Returns the stories of the corpus, or a share of as many."""
    dice = Dice(seed, "beginnings")
    return [story(dice) for _ in range(int(STORIES * share))]


def _word(dice: Dice, aside: bool) -> str:
    """A word that exists, for people read these stories."""
    if dice.chance(0.6):
        return dice.pick(strange.listed("words", aside))
    return dice.pick(strange.listed("things", aside))
