"""Twelve capitals that a small real model knows, and another town of each country.

What they are asked for: whether the coin still falls on the right one (lesson 4).
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


def asked(country: Country) -> str:
    """The question as raw text, up to where the capital's name comes."""
    return f"Question: What is the capital of {country.name}?\nAnswer: The capital is"
