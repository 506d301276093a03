"""A function that checks what it is given against its own annotations."""

import inspect
import types
import typing
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial, wraps
from typing import Any

from llm_lessons.foundation.checks.values import (
    MODEL,
    SETTINGS,
    Rule,
    model,
    number,
    one_of,
    several,
    shown,
    text,
    whole_number,
)

type _Limits = int | range | None

_TOKENIZER = "a tokenizer, such as lm.tokenizer"
_NAMES = {
    "LanguageModel": MODEL,
    "Model": MODEL,
    "Writer": MODEL,
    "Talker": MODEL,
    "Tokenizer": _TOKENIZER,
    "SentencePieceTokenizer": "what train_sentencepiece or lm.tokenizer gives",
    "ModelConfig": "the sizes of a model, such as lm.config",
    "Parameters": "a model's weights, such as lm.params",
}


def checked[**P, R](
    **limits: int | range,
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Let a function check what it is given against its annotations.

    Whole numbers, numbers, texts, lists of these and single classes are looked at;
    other annotations say nothing. A default is taken as it is. What has the name of a
    setting, such as temperature, is held to what that can be.

    Args:
        limits: the lowest that a number, or one of a list, may be, or a whole range.

    Raises:
        Refusal: when the function is called, with a sentence.
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


def _rule(hint: Any, limits: _Limits) -> Rule | None:
    """What an annotation asks for; None if it says nothing that is looked at."""
    if isinstance(hint, types.UnionType):
        return _rule_of_union(hint, limits)
    if hint is int:
        if isinstance(limits, range):
            low, high = limits.start, limits.stop - 1
            return partial(whole_number, lowest=low, highest=high)
        return partial(whole_number, lowest=limits)
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
