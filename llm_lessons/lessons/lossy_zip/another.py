"""What is remembered, side by side: capitals that are often or rarely named, and texts.

Models cut texts into tokens of different sizes, so a famous text and its made-up twin
are compared by their bits a letter.
"""

from collections.abc import Iterator
from functools import partial

from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.lossy_zip import famous
from llm_lessons.lessons.temperature import real_heat, trade_off
from llm_lessons.lessons.temperature.capitals import COUNTRIES, Country, asked
from llm_lessons.measuring.intervals import Share, share
from llm_lessons.measuring.side_by_side import Part, Plan, cost

LONGEST = 10  # tokens: the name of a capital that is rarely named has many
PEOPLE = 48  # of each kind whom the class model is asked about
TOGETHER = 4  # texts of each kind
RARELY_NAMED = tuple(
    Country(*row)
    for row in (
        ("Palau", "Ngerulmud", "Koror"),
        ("Micronesia", "Palikir", "Weno"),
        ("Vanuatu", "Port Vila", "Luganville"),
        ("Bhutan", "Thimphu", "Paro"),
        ("Suriname", "Paramaribo", "Lelydorp"),
        ("Brunei", "Bandar Seri Begawan", "Kuala Belait"),
        ("Malawi", "Lilongwe", "Blantyre"),
        ("Burundi", "Gitega", "Bujumbura"),
        ("Lesotho", "Maseru", "Teyateyaneng"),
        ("the Comoros", "Moroni", "Mutsamudu"),
        ("Eswatini", "Mbabane", "Manzini"),
        ("Benin", "Porto-Novo", "Cotonou"),
    )
)
OFTEN, RARELY = "often named", "rarely named"
KNOWN = "famous text known"
RECITED, INVENTED = "recited, famous", "recited, made up"


def _capitals(row: str, lm: LanguageModel) -> dict[str, Share]:
    countries = COUNTRIES if row == OFTEN else RARELY_NAMED
    return {row: real_heat.right_capitals(lm, 0, countries, LONGEST)}


def _facts(row: str, lm: LanguageModel) -> dict[str, Share]:
    people = trade_off.well_read() if row == OFTEN else trade_off.hardly_read()
    return {row: trade_off.right_facts(lm, people[:PEOPLE], 0)}


def _texts(start: int, lm: LanguageModel) -> dict[str, Share]:
    """Famous texts against those that were made up in their shape; greedy."""
    where = slice(start, start + TOGETHER)
    found = famous.measure(lm, famous.FAMOUS[where], famous.OBSCURE[where])
    pairs = zip(found.famous, found.obscure, strict=True)
    return {
        KNOWN: share(text.bits_a_letter < twin.bits_a_letter for text, twin in pairs),
        RECITED: share(text.recited[0] / text.tokens for text in found.famous),
        INVENTED: share(text.recited[0] / text.tokens for text in found.obscure),
    }


def _parts(ours: bool) -> Iterator[Part]:
    for row, countries in ((OFTEN, COUNTRIES), (RARELY, RARELY_NAMED)):
        each = cost([asked(country) for country in countries], LONGEST)
        yield Part(each, partial(_facts if ours else _capitals, row))
    for start in range(0, len(famous.FAMOUS), TOGETHER):
        where = slice(start, start + TOGETHER)
        texts = [*famous.FAMOUS[where], *famous.OBSCURE[where]]
        yield Part(cost(texts, 2 * famous.REST), partial(_texts, start))


PLAN = Plan(
    rows=(OFTEN, RARELY, KNOWN, RECITED, INVENTED),
    ours=tuple(_parts(ours=True)),
    theirs=lambda lm: [*_parts(ours=False)],
    compared=(OFTEN, RARELY),
    note="The first two rows count right capitals, which the internet names often or "
    "rarely; Fjord is asked about people of whom it read often or once. A famous text "
    "counts as known if it surprises a model less, a letter, than one that was made up "
    "in its shape. Recited is how much of a text's rest a model writes before it "
    "leaves it. Fjord has read neither.",
)
