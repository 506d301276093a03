"""Numbers, texts, lists and models: what each has to be, and the sentence if not."""

import math
import numbers
import operator
import reprlib
from collections.abc import Callable, Iterable, Mapping, Set
from functools import partial
from typing import Any

type Rule = Callable[[str, Any], Any]

_REPR = reprlib.Repr(maxstring=60, maxother=60, maxlong=40)
MODEL = 'a model, such as ll.load("fjord")'
_ANSWERS = ("batch", "chat", "chats", "logits")  # methods of a model, or of a stand-in


class Refusal(ValueError):
    """Something given doesn't do; its text is a sentence that says what would."""


class WrongKind(TypeError, Refusal):
    """A value of another kind than is meant, such as a number in place of a text.

    It is also a ValueError, like all that is refused here: who catches those hears it.
    """


def shown(value: Any) -> str:
    """A value in a few signs on one line, whatever it is."""
    try:
        return " ".join(_REPR.repr(value).split())
    except Exception:  # its own way to show itself fails, or it has too many digits
        return f"one of {type(value).__name__} that can't be shown"


def printable(text: str) -> str:
    """A text on one line; a sign that can't be seen is written out, as in "\\x1b".

    Nothing in it moves a terminal's cursor, and any file can hold it.
    """
    if text.isprintable():
        return text
    return "".join(one if one.isprintable() else repr(one)[1:-1] for one in text)


def _refusal(name: str, value: Any, wanted: str, error: type[Refusal]) -> Refusal:
    return error(f"{name} must be {wanted}; it was {shown(value)}.")


def whole_number(
    name: str,
    value: Any,
    lowest: int | None = None,
    highest: int | None = None,
    wanted: str = "a whole number",
) -> int:
    """A whole number as Python's own; also one of NumPy's, but never True or 2.0.

    Args:
        name: of what was given, for the sentence.
        lowest, highest: the numbers that it may be; None is no limit.
        wanted: what would be right.

    Raises:
        WrongKind: it is no whole number.
        Refusal: it is too low or too high.
    """
    if lowest is not None:
        wanted += f", {lowest} or more" if highest is None else f" from {lowest:,}"
    if highest is not None:
        wanted += f" to {highest:,}" if lowest is not None else f" up to {highest:,}"
    try:
        if isinstance(value, bool):
            raise TypeError
        number = operator.index(value)
    except TypeError:
        raise _refusal(name, value, wanted, WrongKind) from None
    too_low = lowest is not None and number < lowest
    if too_low or (highest is not None and number > highest):
        raise _refusal(name, value, wanted, Refusal)
    return number


def number(
    name: str,
    value: Any,
    fits: Callable[[float], bool] = math.isfinite,
    wanted: str = "a number, for example 0.5",
) -> float:
    """A number as Python's own, also one of NumPy's; never True, infinity or nan.

    Args:
        name: of what was given, for the sentence.
        fits: whether it may be this finite number.
        wanted: what would be right.

    Raises:
        WrongKind: it is no number.
        Refusal: it is infinite, is not a number, or doesn't fit.
    """
    if isinstance(value, bool) or not isinstance(value, numbers.Real):
        raise _refusal(name, value, wanted, WrongKind)
    try:
        found = float(value)
    except OverflowError:
        found = math.inf
    if not (math.isfinite(found) and fits(found)):
        raise _refusal(name, value, wanted, Refusal)
    return found


def text(name: str, value: Any) -> str:
    """A text, as it is.

    Raises:
        WrongKind: it is none.
    """
    if not isinstance(value, str):
        raise _refusal(name, value, 'a text, such as "Once upon a time"', WrongKind)
    return value


def several(name: str, value: Any, rule: Rule, wanted: str) -> list[Any]:
    """The items of a list, or of whatever else comes in an order, each checked.

    Raises:
        WrongKind: it is no list, or an item isn't what is wanted.
        Refusal: an item is refused.
    """
    alone = isinstance(value, str | bytes | Mapping | Set)
    if alone or not isinstance(value, Iterable):
        remedy = f": put it in a list, [{shown(value)}]" if alone else ""
        raise WrongKind(f"{name} must be {wanted}; it was {shown(value)}{remedy}.")
    return [rule(f"item {i} of {name}", item) for i, item in enumerate(value, 1)]


def one_of(name: str, value: Any, kinds: tuple[type, ...], wanted: str) -> Any:
    """A value of one of these classes, as it is.

    Raises:
        WrongKind: it is none.
    """
    if isinstance(value, type) or not isinstance(value, kinds):
        raise _refusal(name, value, wanted, WrongKind)
    return value


def model(name: str, value: Any) -> Any:
    """A model, or whatever else answers like one, as it is.

    Raises:
        WrongKind: it has neither scores nor answers.
    """
    if isinstance(value, type) or not any(map(partial(hasattr, value), _ANSWERS)):
        raise _refusal(name, value, MODEL, WrongKind)
    return value


def temperature(name: str, value: Any) -> float:
    """A number by which scores can be divided, or 0."""
    wanted = "a number from 0 (always the likeliest token) upwards, for example 0.8"
    return number(name, value, lambda found: found >= 0, wanted)


def top_k(name: str, value: Any) -> int | None:
    """How many tokens are kept, or None."""
    wanted = "a whole number from 1 upwards, or None to keep all tokens"
    if value is None:
        return None
    try:
        return whole_number(name, value, 1)
    except Refusal as error:
        raise _refusal(name, value, wanted, type(error)) from None


def top_p(name: str, value: Any) -> float | None:
    """The share of the probability that is kept, or None."""
    wanted = "above 0 and at most 1, for example 0.9, or None to keep all tokens"
    keeps_some = partial(number, fits=lambda found: 0 < found <= 1)
    return None if value is None else keeps_some(name, value, wanted=wanted)


def min_p(name: str, value: Any) -> float | None:
    """The share of the highest probability that a token must have, or None."""
    wanted = "from 0 to 1, for example 0.05, or None to keep all tokens"
    is_share = partial(number, fits=lambda found: 0 <= found <= 1)
    return None if value is None else is_share(name, value, wanted=wanted)


SETTINGS: dict[str, Rule] = {
    "temperature": temperature,
    "top_k": top_k,
    "top_p": top_p,
    "min_p": min_p,
}
