"""What is remembered, side by side: capitals that are often or rarely named."""

from collections.abc import Iterator
from functools import partial

from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.temperature import real_heat, trade_off
from llm_lessons.lessons.temperature.capitals import COUNTRIES, Country, asked
from llm_lessons.measuring.intervals import Share
from llm_lessons.measuring.side_by_side import Part, Plan, cost

LONGEST = 10  # tokens: the name of a capital that is rarely named has many
PEOPLE = 48  # of each kind whom the class model is asked about
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


def _capitals(row: str, lm: LanguageModel) -> dict[str, Share]:
    countries = COUNTRIES if row == OFTEN else RARELY_NAMED
    return {row: real_heat.right_capitals(lm, 0, countries, LONGEST)}


def _facts(row: str, lm: LanguageModel) -> dict[str, Share]:
    people = trade_off.well_read() if row == OFTEN else trade_off.hardly_read()
    return {row: trade_off.right_facts(lm, people[:PEOPLE], 0)}


def _parts(ours: bool) -> Iterator[Part]:
    for row, countries in ((OFTEN, COUNTRIES), (RARELY, RARELY_NAMED)):
        each = cost([asked(country) for country in countries], LONGEST)
        yield Part(each, partial(_facts if ours else _capitals, row))


PLAN = Plan(
    rows=(OFTEN, RARELY),
    ours=tuple(_parts(ours=True)),
    theirs=lambda lm: [*_parts(ours=False)],
    compared=(OFTEN, RARELY),
    note="Right capitals are counted, which the internet names often or rarely; Fjord "
    "is asked about people of whom it read often or once.",
)
