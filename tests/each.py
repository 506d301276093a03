"""Many cases in one test that says which of them fail."""

from collections.abc import Callable, Iterable


def failing[T](cases: Iterable[T], check: Callable[[T], object]) -> list[str]:
    """Check each case; returns a line or more for each whose check raised."""
    found = []
    for case in cases:
        try:
            check(case)
        except (KeyboardInterrupt, SystemExit):
            raise
        # what `pytest.raises` raises where nothing was raised is no Exception
        except BaseException as error:
            found.append(f"{str(case)[:60]}: {type(error).__name__}: {error}")
    return found
