"""Twelve capitals that a small real model knows, and another town of each country.

What they are asked for: whether the coin still falls on the right one (lesson 4),
whether a reason defends a wrong one (lesson 8), and whether a note is believed that
names the wrong one (lesson 9).
"""

from typing import NamedTuple


class Country(NamedTuple):
    """A country with its capital and another large town, written as a model would."""

    name: str
    capital: str
    other: str


COUNTRIES = tuple(
    Country(*row)
    for row in (
        ("France", "Paris", "Lyon"),
        ("Italy", "Rome", "Milan"),
        ("Germany", "Berlin", "Munich"),
        ("Spain", "Madrid", "Barcelona"),
        ("Japan", "Tokyo", "Osaka"),
        ("China", "Beijing", "Shanghai"),
        ("Norway", "Oslo", "Bergen"),
        ("Poland", "Warsaw", "Krakow"),
        ("Ireland", "Dublin", "Cork"),
        ("Portugal", "Lisbon", "Porto"),
        ("Austria", "Vienna", "Graz"),
        ("Peru", "Lima", "Cusco"),
    )
)
LONGEST = 8  # tokens in which an answer has to come


def asked(country: Country) -> str:
    """The question as raw text, up to where the capital's name comes."""
    return f"Question: What is the capital of {country.name}?\nAnswer: The capital is"


def first_named(text: str, country: Country) -> str | None:
    """Which of a country's two towns a text names first; None for neither."""
    found = [(text.find(town), town) for town in country[1:] if town in text]
    return min(found)[1] if found else None
