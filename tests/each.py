"""Many small cases in one test, which names every case that fails."""

from collections.abc import Callable, Iterable


def failing[T](cases: Iterable[T], check: Callable[[T], object]) -> list[str]:
    """Check each case; returns a line for each whose check raised."""
    found = []
    for case in cases:
        try:
            check(case)
        # also `pytest.fail`, and `pytest.raises` where nothing was raised
        except BaseException as error:
            if isinstance(error, KeyboardInterrupt | SystemExit):
                raise
            found.append(f"{str(case)[:60]}: {type(error).__name__}: {error}")
    return found
