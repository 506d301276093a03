"""Jinja's sandbox with limits, for templates in files which somebody downloaded.

The sandbox keeps a template away from Python, but lets it count to a billion or write
ten gigabytes. Here no value that it makes is large, so no single step takes long; and
between the steps the clock is looked at. It all happens in the calling thread, on every
system alike.
"""

import functools
import math
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, ClassVar

import jinja2
from jinja2 import nodes
from jinja2.ext import Extension, LoopControlExtension
from jinja2.parser import Parser
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Namespace
from jinja2.visitor import NodeTransformer

SECONDS = 0.5  # of this thread's own work on one conversation
LARGEST = 10**6  # letters of a value; each thing in a list counts as ...
THING = 20  # ... so many
BITS = 256  # of a whole number
LONGEST = 50_000  # letters of a template's source; the longest known have 20,000

TOO_MUCH = "it computes more than writing down a conversation takes"

_FILTERS = (
    "abs capitalize count d default dictsort e escape first float groupby indent int "
    "items join last length list lower map max min reject rejectattr replace reverse "
    "safe select selectattr sort string title tojson trim unique upper"
)
# What gives more than it is given: at most the product of all sizes.
_MULTIPLY = ("indent", "join", "replace", "tojson")
# Methods that make a long text of a number, or mend one by a language of its own.
_REFUSED = "center encode expandtabs format format_map ljust rjust to_bytes zfill"

_until: ContextVar[float] = ContextVar("this thread's time at which it is too late")


class OverLimit(jinja2.TemplateError):
    """The template computes more than a chat template has to."""


@contextmanager
def limited() -> Iterator[None]:
    """Let templates run inside, for so long at most."""
    token = _until.set(time.thread_time() + SECONDS)
    try:
        yield
    finally:
        _until.reset(token)


def _go_on() -> None:
    if time.thread_time() > _until.get():
        raise OverLimit(TOO_MUCH)


def _size(value: Any) -> int:
    """Of a value, with all that is in it as often as it would be written out."""
    total, waiting = 0, [value]
    while waiting:
        node = waiting.pop()
        total += len(node) if isinstance(node, str) else THING
        if isinstance(node, int) and node.bit_length() > BITS:
            raise OverLimit("it computes a number of more than 77 digits")
        if total > LARGEST:
            raise OverLimit(TOO_MUCH)
        if isinstance(node, Mapping):
            waiting += [*node.keys(), *node.values()]
        elif isinstance(node, Iterable) and not isinstance(node, str | Iterator):
            waiting += node
    return total


def _sized(value: Any) -> Any:
    """A value that isn't too large; of what makes its items one by one, a list."""
    if not isinstance(value, Iterator):
        _size(value)
        return value
    items, total = [], 0
    for part in _each(value):
        total += _size(part)
        if total > LARGEST:
            raise OverLimit(TOO_MUCH)
        items.append(part)
    return items


def _each(items: Iterable[Any]) -> Iterator[Any]:
    """The items, with a look at the clock before each."""
    for item in items:
        _go_on()
        yield item


def _check_product(values: Iterable[Any]) -> None:
    sizes = (max(1, abs(v) if isinstance(v, int) else _size(v)) for v in values)
    if math.prod(sizes) > 10 * LARGEST:
        raise OverLimit(TOO_MUCH)


def _limited[**P](name: str, function: Callable[P, Any]) -> Callable[P, Any]:
    """The same filter, which makes nothing large."""

    @functools.wraps(function)  # with Jinja's marks of what it wants to be handed
    def call(*args: P.args, **kwargs: P.kwargs) -> Any:
        own = (jinja2.runtime.Context, nodes.EvalContext, jinja2.Environment)
        if name in _MULTIPLY:
            values = [*args, *kwargs.values()]
            _check_product(value for value in values if not isinstance(value, own))
        return _sized(function(*args, **kwargs))

    return call


def _joined(pieces: Iterable[str]) -> str:
    """What a macro or a block writes, or all."""
    return "".join(_sized(iter(pieces)))


class _Generation(Extension):
    """`{% generation %}`: what is inside, as it is; others learn from it what to train.

    (As in Hugging Face's transformers.)
    """

    tags: ClassVar[set[str]] = {"generation"}

    def parse(self, parser: Parser) -> list[nodes.Node]:
        """What stands up to `{% endgeneration %}`."""
        next(parser.stream)
        return parser.parse_statements(("name:endgeneration",), drop_needle=True)


class _Opaque(Namespace):
    """Names that may lead to one another, and to themselves: never written out."""

    __repr__ = object.__repr__


class LimitedEnvironment(ImmutableSandboxedEnvironment):
    """The sandbox with limits; templates run inside `limited`."""

    intercepted_binops = frozenset(["%", "+", "*", "**"])
    concat = staticmethod(_joined)

    def __init__(self) -> None:
        super().__init__(
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            extensions=[LoopControlExtension, _Generation],
        )
        used = {name: _limited(name, self.filters[name]) for name in _FILTERS.split()}
        self.filters = used | {"_sized": _sized, "_each": _each}
        self.globals = {name: self.globals[name] for name in ("dict", "range")}
        self.globals["namespace"] = _Opaque

    def _parse(self, source: str, *args: Any) -> nodes.Template:
        if len(source) > LONGEST:
            raise OverLimit(f"its source has {len(source):,} letters")
        return super()._parse(source, *args)

    def _generate(self, source: nodes.Template, *args: Any, **kwargs: Any) -> str:
        return super()._generate(_Limiting().visit(source), *args, **kwargs)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """What the sandbox allows, but for a few methods."""
        known = attr not in _REFUSED.split()
        return known and super().is_safe_attribute(obj, attr, value)

    def wrap_str_format(self, value: Any) -> None:
        """No way round `is_safe_attribute` for `format`: `"{:9999999}"` is long."""

    def call(self, context: Any, obj: Any, *args: Any, **kwargs: Any) -> Any:
        """Call a method, a macro or a function."""
        _go_on()
        owner = getattr(obj, "__self__", None)
        if isinstance(owner, str) and obj.__name__ in _MULTIPLY:
            _check_product([owner, *args, *kwargs.values()])
        return _sized(super().call(context, obj, *args, **kwargs))

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Sums, products and the like; of texts, only + and *."""
        are_numbers = isinstance(left, int | float) and isinstance(right, int | float)
        if operator == "**" or (operator == "%" and not are_numbers):
            raise OverLimit(f"it uses {operator}, which chat templates don't need")
        if operator == "*" and not are_numbers:
            _check_product([left, right])
        return _sized(super().call_binop(context, operator, left, right))


class _Limiting(NodeTransformer):
    """Puts limits where no other hook of Jinja's is."""

    def generic_visit(self, node: Any, *args: Any, **kwargs: Any) -> Any:
        super().generic_visit(node, *args, **kwargs)
        if isinstance(node, nodes.For):
            node.iter = _filtered(node.iter, "_each")
        makes = isinstance(node, nodes.List | nodes.Tuple | nodes.Dict | nodes.Concat)
        if makes and getattr(node, "ctx", "load") == "load":
            return _filtered(node, "_sized")
        return node


def _filtered(node: Any, name: str) -> nodes.Filter:
    made = nodes.Filter(node, name, [], [], None, None, lineno=node.lineno)
    return made.set_environment(node.environment)  # pyright: ignore
