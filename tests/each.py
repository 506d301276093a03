"""Many small cases in one test, which names every case that fails."""

import functools
import inspect
from collections.abc import Callable, Iterable
from typing import Any

import pytest


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


type Test = Callable[..., object]


def each_of(
    names: str | tuple[str, ...], cases: Iterable[Any]
) -> Callable[[Test], Callable[..., None]]:
    """Make one test of many small cases.

    It stands where `pytest.mark.parametrize` would make as many tests of them. All
    cases share the test's fixtures, so none may leave behind what another would meet.
    """
    each = names.replace(",", " ").split() if isinstance(names, str) else names
    tried = list(cases)

    def whole(test: Test) -> Callable[..., None]:
        @functools.wraps(test)
        def tries_all(**fixtures: Any) -> None:
            def check(case: Any) -> None:
                values = case if len(each) > 1 else (case,)
                test(**fixtures, **dict(zip(each, values, strict=True)))

            found = failing(tried, check)
            if found or not tried:
                pytest.fail("\n".join(["cases that fail:", *found]), pytrace=False)

        own = inspect.signature(test).parameters.values()
        kept = [one for one in own if one.name not in each]
        tries_all.__signature__ = inspect.Signature(kept)  # type: ignore[attr-defined]
        return tries_all

    return whole
