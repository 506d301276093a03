"""What people give, checked where it comes in: one sentence says what would be right.

An entry needs one line, `@checked()`, which reads its annotations. What these can't say
is checked by hand, in the same words. So are the files of others (`blamed_on`).
"""

import errno
import inspect
import math
import numbers
import operator
import os
import reprlib
import types
import typing
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from functools import partial, wraps
from pathlib import Path
from typing import Any

type Rule = Callable[[str, Any], Any]

MOST = 200_000_000  # bytes of a vocabulary's file, or of a record
NO_FILE = "it is no plain file"  # but a pipe, a device or a folder
_REPR = reprlib.Repr(maxstring=60, maxother=60, maxlong=40)
_MODEL = 'a model, such as ll.load("fjord")'
_ANSWERS = ("batch", "chat", "chats", "logits")  # methods of a model, or of a stand-in


class Refusal(ValueError):
    """Something given doesn't do; its text is a sentence that says what would."""


class WrongKind(TypeError, Refusal):
    """A value of another kind than is meant, such as a number in place of a text."""


def shown(value: Any) -> str:
    """A value in a few signs on one line, whatever it is."""
    try:
        return " ".join(_REPR.repr(value).split())
    except Exception:  # its own way to show itself fails, or it has too many digits
        return f"one of {type(value).__name__} that can't be shown"


def printable(text: str) -> str:
    """A text on one line, safe to print; what can't be seen is written out: "\\x1b"."""
    return "".join(
        letter if letter.isprintable() else repr(letter)[1:-1] for letter in text
    )


def _refusal(name: str, value: Any, wanted: str, error: type[Refusal]) -> Refusal:
    return error(f"{name} must be {wanted}; it was {shown(value)}.")


# ---- Values. Each returns what it lets pass, and else raises WrongKind or Refusal.


def whole_number(
    name: str,
    value: Any,
    lowest: int | None = None,
    highest: int | None = None,
    wanted: str = "a whole number",
) -> int:
    """A whole number as Python's own; also one of NumPy's, but never True or 2.0."""
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
    """A number as Python's own, also one of NumPy's; never True, infinity or nan."""
    if isinstance(value, bool) or not isinstance(value, numbers.Real):
        raise _refusal(name, value, wanted, WrongKind)
    try:
        found = float(value)
    except OverflowError:
        found = math.inf
    if not (math.isfinite(found) and fits(found)):
        raise _refusal(name, value, wanted, Refusal)
    return found


def one_of(name: str, value: Any, kinds: tuple[type, ...], wanted: str) -> Any:
    """A value of one of these classes, as it is."""
    if isinstance(value, type) or not isinstance(value, kinds):
        raise _refusal(name, value, wanted, WrongKind)
    return value


text = partial(one_of, kinds=(str,), wanted='a text, such as "Once upon a time"')


def several(name: str, value: Any, rule: Rule, wanted: str) -> list[Any]:
    """The items of a list, or of whatever else comes in an order, each checked."""
    alone = isinstance(value, str | bytes | Mapping | Set)
    if alone or not isinstance(value, Iterable):
        remedy = f": put it in a list, [{shown(value)}]" if alone else ""
        raise WrongKind(f"{name} must be {wanted}; it was {shown(value)}{remedy}.")
    return [rule(f"item {i} of {name}", item) for i, item in enumerate(value, 1)]


def _by_name(rule: Rule, name: str, value: Any) -> Any:
    one_of(name, value, (Mapping,), 'a dictionary, such as {"name": ...}')
    for key, item in value.items():
        rule(f"{name}[{shown(key)}]", item)
    return value


def _model(name: str, value: Any) -> Any:
    if isinstance(value, type) or not any(map(partial(hasattr, value), _ANSWERS)):
        raise _refusal(name, value, _MODEL, WrongKind)
    return value


def _or_none(rule: Rule, wanted: str) -> Rule:
    wanted += ", or None to keep all tokens"

    def check(name: str, value: Any) -> Any:
        try:
            return None if value is None else rule(name, value)
        except Refusal as error:
            raise _refusal(name, value, wanted, type(error)) from None

    return check


_HEAT = "a number from 0 (always the likeliest token) upwards, for example 0.8"
_SHARE = partial(number, fits=lambda x: 0 < x <= 1)
_LEAST = partial(number, fits=lambda x: 0 <= x <= 1)
SETTINGS: dict[str, Rule] = {
    "temperature": partial(number, fits=lambda x: x >= 0, wanted=_HEAT),
    "top_k": _or_none(partial(whole_number, lowest=1), "a whole number from 1 upwards"),
    "top_p": _or_none(_SHARE, "above 0 and at most 1, for example 0.9"),
    "min_p": _or_none(_LEAST, "from 0 to 1, for example 0.05"),
}

# ---- Functions, by their annotations

_NAMES = {
    **dict.fromkeys(("LanguageModel", "Model", "Writer", "Talker"), _MODEL),
    "Tokenizer": "a tokenizer, such as lm.tokenizer",
    "SentencePieceTokenizer": "what train_sentencepiece or lm.tokenizer gives",
    "ModelConfig": "the sizes of a model, such as lm.config",
    "Parameters": "a model's weights, such as lm.params",
}


def checked[**P, R](
    **limits: int | range,
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Let a function check what it is given against its annotations, when it is called.

    Whole numbers, numbers, texts, lists of these and single classes are looked at;
    other annotations say nothing. A default is taken as it is. What has the name of a
    setting, such as temperature, is held to what that can be.

    Args:
        limits: the lowest that a number, or one of a list, may be, or a whole range.
    """

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        signature = inspect.signature(function)
        found = (
            (name, SETTINGS.get(name) or _rule(parameter.annotation, limits.get(name)))
            for name, parameter in signature.parameters.items()
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


def _rule(hint: Any, limits: int | range | None) -> Rule | None:
    """What an annotation asks for; None if it says nothing that is looked at."""
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if isinstance(hint, types.UnionType):
        return _rule_of_union(inner, limits)
    if hint is int:
        if isinstance(limits, range):
            return partial(whole_number, lowest=limits.start, highest=limits.stop - 1)
        return partial(whole_number, lowest=limits)
    if hint is float and isinstance(limits, int):
        wanted = f"a number, {limits} or more"
        return partial(number, fits=lambda x: x >= limits, wanted=wanted)
    if hint is float:
        return number
    if hint is str:
        return text
    if origin in (Sequence, Iterable):
        rule = _rule(inner[0], limits)
        names = {str: "texts", int: "whole numbers", float: "numbers"}
        wanted = f"a list of {names.get(inner[0], 'such things')}"
        return rule and partial(several, rule=rule, wanted=wanted)
    if origin is Mapping:
        rule = _rule(inner[1], limits)
        return rule and partial(_by_name, rule)
    if not _is_our_class(hint):
        return None
    kind = partial(one_of, kinds=(hint,), wanted=_called(hint))
    return _model if hint.__name__ == "LanguageModel" else kind


def _rule_of_union(inner: tuple[Any, ...], limits: int | range | None) -> Rule | None:
    kinds = tuple(kind for kind in inner if kind is not types.NoneType)
    if len(kinds) == 1:
        rule = _rule(kinds[0], limits)
    elif all(map(_is_our_class, kinds)):
        wanted = ", or ".join(map(_called, kinds))
        rule = partial(one_of, kinds=kinds, wanted=wanted)
    else:
        rule = None
    if rule is None or len(kinds) == len(inner):
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


# ---- Files of others


@contextmanager
def blamed_on(what: str) -> Iterator[None]:
    """Let whatever fails inside be told of a file, as a Refusal in a sentence."""
    try:
        yield
    except Refusal as error:
        said = str(error)  # which may name the file already
        raise Refusal(said if said.startswith(what) else f"{what}: {said}") from error
    except (KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException as error:  # a library in Rust panics outside Exception
        why = " ".join(f"{type(error).__name__}: {error}".split())[:200]
        raise Refusal(
            f"{what} is damaged, or of a kind that can't be read here ({why}). Fetch "
            "it anew, or take another model."
        ) from error


def why(error: Exception) -> str:
    """What an error of the system, or of whatever else failed, says: no sentence."""
    said = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return printable(" ".join(said.split())[:200]).rstrip(".")


def small_text(path: Path) -> str:
    """The text of a file in UTF-8, if it is no larger than such files are.

    Raises:
        FileNotFoundError: it isn't there, or is no plain file: a pipe may never end.
        ValueError: it is larger, or no text.
    """
    if not path.is_file():
        said = NO_FILE if os.path.lexists(path) else os.strerror(errno.ENOENT)
        raise FileNotFoundError(errno.ENOENT, said, str(path))
    size = path.stat().st_size
    if size > MOST:
        raise ValueError(f"it has {size:,} bytes, and {MOST:,} would be many")
    return path.read_text(encoding="utf-8")
