"""What people give, checked where it comes in: one sentence says what would be right.

`checked` reads a function's annotations, so that an entry needs one line for it.
"""

import inspect
import math
import numbers
import operator
import reprlib
import types
import typing
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from functools import partial, wraps
from typing import Any

type Rule = Callable[[str, Any], Any]

_REPR = reprlib.Repr(maxstring=60, maxother=60, maxlong=40)
_MODEL = 'a model, such as ll.load("fjord")'
_ANSWERS = ("batch", "chat", "logits")  # methods of a model, or of a stand-in
_TOKENIZER = "a tokenizer, such as lm.tokenizer"
_NAMES = {
    "LanguageModel": _MODEL,
    "Model": _MODEL,
    "Writer": _MODEL,
    "Talker": _MODEL,
    "Tokenizer": _TOKENIZER,
    "SentencePieceTokenizer": "what train_sentencepiece or lm.tokenizer gives",
    "ModelConfig": "the sizes of a model, such as lm.config",
    "Parameters": "a model's weights, such as lm.params",
}


class WrongKind(TypeError, ValueError):
    """A value of another kind than is meant, such as a number in place of a text.

    It is also a ValueError, like all that is refused here: who catches those hears it.
    """


def shown(value: Any) -> str:
    """A value in a few signs on one line, whatever it is."""
    try:
        return " ".join(_REPR.repr(value).split())
    except Exception:  # its own way to show itself fails, or it has too many digits
        return f"one of {type(value).__name__} that can't be shown"


def _refusal(name: str, value: Any, wanted: str, error: type[ValueError]) -> ValueError:
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
        ValueError: it is too low or too high.
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
        raise _refusal(name, value, wanted, ValueError)
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
        ValueError: it is infinite, is not a number, or doesn't fit.
    """
    if isinstance(value, bool) or not isinstance(value, numbers.Real):
        raise _refusal(name, value, wanted, WrongKind)
    try:
        found = float(value)
    except OverflowError:
        found = math.inf
    if not (math.isfinite(found) and fits(found)):
        raise _refusal(name, value, wanted, ValueError)
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
        ValueError: an item is refused.
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
        raise _refusal(name, value, _MODEL, WrongKind)
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
    except ValueError as error:
        raise _refusal(name, value, wanted, type(error)) from None


def top_p(name: str, value: Any) -> float | None:
    """The share of the probability that is kept, or None."""
    wanted = "above 0 and at most 1, for example 0.9, or None to keep all tokens"
    keeps_some = partial(number, fits=lambda found: 0 < found <= 1)
    return None if value is None else keeps_some(name, value, wanted=wanted)


SETTINGS: dict[str, Rule] = {"temperature": temperature, "top_k": top_k, "top_p": top_p}


def checked[**P, R](
    **limits: int | range,
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Let a function check what it is given against its annotations.

    Whole numbers, numbers, texts, lists of these and single classes are looked at;
    other annotations say nothing. A default is taken as it is. What is called
    temperature, top_k or top_p is held to what those can be.

    Args:
        limits: the lowest that a number, or one of a list, may be, or a whole range.

    Raises:
        WrongKind, ValueError: when the function is called, with a sentence.
    """

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        signature = inspect.signature(function)
        found = (
            (name, SETTINGS.get(name) or _rule(one.annotation, limits.get(name)))
            for name, one in signature.parameters.items()
        )
        rules = {name: rule for name, rule in found if rule is not None}

        @wraps(function)
        def call(*args: P.args, **kwargs: P.kwargs) -> R:
            try:
                bound = signature.bind(*args, **kwargs)
            except TypeError:
                return function(*args, **kwargs)  # Python's own words for it
            for name, value in bound.arguments.items():
                if name in rules:
                    bound.arguments[name] = rules[name](name, value)
            return function(*bound.args, **bound.kwargs)

        return call

    return decorate


type _Limits = int | range | None


def _rule(hint: Any, limits: _Limits) -> Rule | None:
    """What an annotation asks for; None if it says nothing that is looked at."""
    if isinstance(hint, types.UnionType):
        return _rule_of_union(hint, limits)
    if hint is int:
        low, high = limits, None
        if isinstance(limits, range):
            low, high = limits.start, limits.stop - 1
        return lambda name, value: whole_number(name, value, low, high)
    if hint is float:
        return number if limits is None else partial(_at_least, limits)
    if hint is str:
        return text
    inner = typing.get_args(hint)
    if typing.get_origin(hint) in (Sequence, Iterable):
        rule = _rule(inner[0], limits)
        names = {str: "texts", int: "whole numbers", float: "numbers"}
        wanted = f"a list of {names.get(inner[0], 'such things')}"
        return rule and (lambda name, value: several(name, value, rule, wanted))
    if typing.get_origin(hint) is Mapping:
        rule = _rule(inner[1], limits)
        return rule and partial(_by_name, rule)
    if _is_our_class(hint):
        kind = partial(one_of, kinds=(hint,), wanted=_called(hint))
        return model if hint.__name__ == "LanguageModel" else kind
    return None


def _at_least(lowest: Any, name: str, value: Any) -> float:
    wanted = f"a number, {lowest} or more"
    return number(name, value, lambda found: found >= lowest, wanted)


def _by_name(rule: Rule, name: str, value: Any) -> Any:
    """A dictionary, as it is, of values that a rule lets pass."""
    one_of(name, value, (Mapping,), 'a dictionary, such as {"name": ...}')
    for key, item in value.items():
        rule(f"{name}[{shown(key)}]", item)
    return value


def _rule_of_union(hint: types.UnionType, limits: _Limits) -> Rule | None:
    kinds = [kind for kind in hint.__args__ if kind is not types.NoneType]
    if len(kinds) > 1 and not all(map(_is_our_class, kinds)):
        return None
    rule = _rule(kinds[0], limits)
    if len(kinds) > 1:
        wanted = ", or ".join(map(_called, kinds))
        rule = partial(one_of, kinds=tuple(kinds), wanted=wanted)
    if rule is None or types.NoneType not in hint.__args__:
        return rule
    return lambda name, value: None if value is None else rule(name, value)


def _is_our_class(hint: Any) -> bool:
    """Whether a value can be held against it: no array, and no shape."""
    if not isinstance(hint, type) or not hint.__module__.startswith("llm_lessons"):
        return False
    is_protocol = getattr(hint, "_is_protocol", False)
    return not is_protocol or hasattr(hint, "_is_runtime_protocol")


def _called(hint: type) -> str:
    name = hint.__name__.lstrip("_")
    return _NAMES.get(name, f"a {name}")
