"""Taking an answer as it comes: a number, a letter, a function that may fail."""

import inspect
import math
import reprlib
import warnings
from collections.abc import Callable, Iterator
from itertools import islice
from types import FunctionType
from typing import Any, ClassVar

import numpy as np

_LONGEST = 10_000  # items of what a learner's generator gives


class Finding(Exception):
    """Something to tell the learner; its text is one or two sentences."""

    status: ClassVar[str]


class Wrong(Finding):
    """The answer is not right; says what to look at."""

    status = "wrong"


class Stopped(Finding):
    """The learner's code raised an error."""

    status = "error"


def as_number(value: Any, name: str) -> float:
    """A finite number, or a finding that says what it was."""
    try:
        number = float(value) if not isinstance(value, str | bool) else math.nan
    except (TypeError, ValueError, OverflowError):
        number = math.nan
    if not math.isfinite(number):
        raise Wrong(
            f"`{name}` should be a number, for example 0.5; it is {_short(value)}."
        )
    return number


def as_letter(value: Any, name: str, letters: str) -> str:
    """One of these letters, in capitals, or a finding that names them."""
    letter = value.strip().upper() if isinstance(value, str) else ""
    if len(letter) != 1 or letter not in letters:
        choices = ", ".join(f'"{letter}"' for letter in letters)
        raise Wrong(f"`{name}` should be one of {choices}; it is {_short(value)}.")
    return letter


def call(function: Any, name: str, *arguments: Any) -> Any:
    """What the learner's function returns; that it returns nothing is a finding.

    So are its errors, in one line. Arrays are handed over as copies, and NumPy's
    warnings are kept quiet.
    """
    if isinstance(function, type) or not callable(function):
        raise Wrong(f"`{name}` should be a function; it is {_short(function)}.")
    if not _takes(function, len(arguments)):
        several = f"{len(arguments)} value{'s' * (len(arguments) > 1)}"
        raise Wrong(f"`{name}` should take {several}, as the task says.")
    copies = [np.copy(a) if isinstance(a, np.ndarray) else a for a in arguments]
    try:
        with np.errstate(all="ignore"), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            result = function(*copies)
            if isinstance(result, Iterator):  # its errors come when it is gone through
                result = [*islice(result, _LONGEST)]
    except (Exception, SystemExit) as error:
        message = f"{type(error).__name__}: {error}".splitlines()[0][:200]
        where = _line_of(error, function)
        raise Stopped(f"`{name}` raised {message}{where}") from None
    if result is None:
        raise Wrong(f"`{name}` gives nothing back; end it with `return`.")
    return result


def _takes(function: Callable[..., Any], count: int) -> bool:
    """Whether it can be called with so many values; where nobody knows, yes."""
    try:
        inspect.signature(function).bind(*[None] * count)
    except TypeError:
        return False
    except ValueError:  # some that are written in C don't tell
        pass
    return True


def _line_of(error: BaseException, function: Callable[..., Any]) -> str:
    """The last line of the function's own file that the error came through."""
    line = None
    step = error.__traceback__
    while isinstance(function, FunctionType) and step is not None:
        if step.tb_frame.f_code.co_filename == function.__code__.co_filename:
            line = step.tb_lineno
        step = step.tb_next
    return "." if line is None else f" (line {line} of its cell)."


def _short(value: Any) -> str:
    return f"`{reprlib.repr(value)}`"
