"""Who sits where: tables for four to six people, and pairs."""

import math

LOWEST, HIGHEST = 4, 200  # people for whom a kit is made
AROUND = 5  # people at a table, or about as many


def tables(people: int) -> list[int]:
    """How many sit at each table, the larger ones first.

    Four to six; only seven people, who are too few for two tables, sit at one.
    """
    count = max(1, round(people / AROUND))
    return [(people + place) // count for place in reversed(range(count))]


def halves(sizes: list[int]) -> int:
    """How many pairs that makes; where a table is odd, one of them is of three or one.

    Counted for printing, so with a leaf for whoever would be left over.
    """
    return sum(math.ceil(size / 2) for size in sizes)
