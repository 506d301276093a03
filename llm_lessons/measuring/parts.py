"""A part of the cases of a measurement, for whoever does not wait for all."""

from collections.abc import Sequence


def spread[T](cases: Sequence[T], count: int, together: int = 1) -> list[T]:
    """So many cases (or all), one as far from the next as another.

    Args:
        together: neighbours that are taken together: so many are one kind each.
    """
    groups = [cases[i : i + together] for i in range(0, len(cases), together)]
    wanted = min(max(1, count // together), len(groups))
    return [item for i in range(wanted) for item in groups[i * len(groups) // wanted]]
