"""Jinja with a budget, for templates that come in files which somebody downloaded.

Jinja's sandbox keeps a template away from Python, but lets it count to a billion or
write ten gigabytes. Here all that it computes costs steps: a step for each value and
for every 128 letters of it, a list with all that is in it. What can make much of little
(`join`, `replace`, `*`) costs what it makes before it does so; filters and methods that
chat templates have no need of are left out. It all happens in the calling thread, on
every system alike.
"""

import functools
import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, ClassVar

import jinja2
from jinja2 import nodes
from jinja2.ext import Extension, LoopControlExtension
from jinja2.parser import Parser
from jinja2.runtime import BlockReference, LoopContext, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Namespace
from jinja2.visitor import NodeTransformer

STEPS = 200_000  # of a template, beside those for the conversation: half a second
LETTERS = 128  # of a text, or bits of a number, that cost one step more
LARGEST = 256  # bits of a whole number
LONGEST = 50_000  # letters of a template's source; the longest known have 20,000
BODY = 10  # parts of a loop's body, or of a macro, that cost one step each time

_FILTERS = (
    "abs capitalize count d default dictsort e escape first float groupby indent int "
    "items join last length list lower map max min reject rejectattr replace reverse "
    "safe select selectattr sort string title tojson trim unique upper"
)
_METHODS: dict[type, str] = {
    str: "capitalize count endswith find index isalnum isalpha isdecimal isdigit "
    "islower isnumeric isspace istitle isupper join lower lstrip partition "
    "removeprefix removesuffix replace rfind rindex rpartition rsplit rstrip split "
    "splitlines startswith strip swapcase title upper",
    dict: "get items keys values",
    list: "count index",
    tuple: "count index",
}
# What gives more than it is given: it costs the product of all its sizes.
_MULTIPLY = {"indent", "join", "replace", "tojson"}
# What only looks at the outside of a value.
_CHEAP_FILTERS = "count d default first last length"
_CHEAP_TESTS = (
    "boolean callable defined false float integer iterable mapping none number sameas "
    "sequence string true undefined"
)

_left: ContextVar[list[float]] = ContextVar("steps that are left")


class OverBudget(jinja2.TemplateError):
    """The template computes more than a chat template has to."""


@contextmanager
def budget(conversation: object) -> Iterator[None]:
    """Let templates run inside, with steps for writing down this conversation."""
    token = _left.set([math.inf])
    try:
        _left.get()[0] = STEPS + 100 * _price(conversation)
        yield
    finally:
        _left.reset(token)


def _spend(steps: float) -> None:
    left = _left.get()
    left[0] -= steps
    if left[0] < 0:
        raise OverBudget("it computes more than writing down a conversation takes")


def _price(value: Any) -> int:
    """Steps that a value costs: all that would be seen if it was written out."""
    total, waiting = 0, [value]
    while waiting:
        one = waiting.pop()
        total += 1
        if isinstance(one, str):
            total += len(one) // LETTERS
        elif isinstance(one, int):
            if one.bit_length() > LARGEST:
                raise OverBudget("it computes a number of more than 77 digits")
        elif isinstance(one, range):
            total += len(one)
        elif isinstance(one, Mapping):
            waiting += [*one.keys(), *one.values()]
        elif isinstance(one, Namespace):
            waiting += one._Namespace__attrs.values()  # pyright: ignore
        elif isinstance(one, Sequence | Set) or type(one) in _VIEWS:
            waiting += one
        if total > _left.get()[0]:
            _spend(total)
    return total


_VIEWS = (type({}.items()), type({}.keys()), type({}.values()))


def _pay(value: Any) -> Any:
    _spend(_price(value))
    return value


def _each(value: Any, parts: int) -> Any:
    """Pay for a loop over a value, whose body has so many parts."""
    items = value if hasattr(value, "__len__") else list(value)
    _spend(len(items) * (1 + parts / BODY))
    return items


def _times(argument: Any) -> int:
    """How often something could be written because of an argument."""
    if isinstance(argument, int):
        return max(1, abs(argument))
    return max(1, len(argument)) if isinstance(argument, str) else _price(argument)


def _pay_call(name: str, values: Iterable[Any]) -> None:
    """Pay for a filter, a test or a method: of a value, and whatever else it takes."""
    values = list(values)
    if name in _MULTIPLY:
        first, *others = values
        _spend(_price(first) * math.prod(map(_times, others)))
    else:
        _spend(sum(map(_price, values)))


def _priced(name: str, function: Callable[..., Any], cheap: str) -> Callable[..., Any]:
    """The same filter or test, which costs its arguments and its result."""
    if name in cheap.split():
        return function

    @functools.wraps(function)  # with Jinja's marks of what it wants to be handed
    def call(*args: Any, **kwargs: Any) -> Any:
        own = (jinja2.runtime.Context, nodes.EvalContext, jinja2.Environment)
        values = [one for one in args if not isinstance(one, own)]
        _pay_call(name, [*values, *kwargs.values()])
        result = function(*args, **kwargs)
        if isinstance(result, Iterator):
            result = list(result)
        return _pay(result)

    return call


@jinja2.pass_context  # so that nothing is worked out while the template is compiled
def _printed(_: Any, value: Any) -> Any:
    return _pay(value)


def _joined(pieces: Iterable[str]) -> str:
    """What is written, at once, in a macro or in all."""
    kept = []
    for piece in pieces:
        _spend(1 + len(piece) // LETTERS)
        kept.append(piece)
    return "".join(kept)


class _Generation(Extension):
    """`{% generation %}`: what is inside, as it is; others learn from it what to train.

    (As in Hugging Face's transformers.)
    """

    tags: ClassVar[set[str]] = {"generation"}

    def parse(self, parser: Parser) -> list[nodes.Node]:
        """What stands up to `{% endgeneration %}`."""
        next(parser.stream)
        return parser.parse_statements(("name:endgeneration",), drop_needle=True)


class BudgetedEnvironment(ImmutableSandboxedEnvironment):
    """The sandbox in which all costs steps; templates run inside `budget`."""

    intercepted_binops = frozenset(["//", "%", "+", "*", "-", "/", "**"])
    concat = staticmethod(_joined)

    def __init__(self) -> None:
        super().__init__(
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            optimized=False,
            finalize=_printed,
            extensions=[LoopControlExtension, _Generation],
        )
        used = {name: self.filters[name] for name in _FILTERS.split()}
        self.filters = {
            name: _priced(name, one, _CHEAP_FILTERS) for name, one in used.items()
        }
        self.filters |= {"_pay": _pay, "_each": _each}
        self.tests = {
            name: _priced(name, one, _CHEAP_TESTS) for name, one in self.tests.items()
        }
        for name in ("cycler", "joiner", "lipsum"):
            del self.globals[name]
        self._parts = 0

    def _parse(self, source: str, *args: Any) -> nodes.Template:
        if len(source) > LONGEST:
            raise OverBudget(f"its source has {len(source):,} letters")
        return super()._parse(source, *args)

    def _generate(self, source: nodes.Template, *args: Any, **kwargs: Any) -> str:
        self._parts = _parts(source)
        return super()._generate(_Pricing().visit(source), *args, **kwargs)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Of Python's own kinds, only some methods."""
        own = [names for kind, names in _METHODS.items() if isinstance(obj, kind)]
        if own or type(obj).__module__ == "builtins":
            return attr in " ".join(own).split()
        return super().is_safe_attribute(obj, attr, value)

    def wrap_str_format(self, value: Any) -> None:
        """No way round `is_safe_attribute` for `format`: `"{:9999999}"` is long."""

    def call(self, context: Any, obj: Any, *args: Any, **kwargs: Any) -> Any:
        """Call a method, a macro or a function."""
        if isinstance(obj, Macro | BlockReference | LoopContext):
            _spend(1 + self._parts / BODY)
        if isinstance(obj, LoopContext) and args:
            args = (_each(args[0], self._parts), *args[1:])
        owner = getattr(obj, "__self__", None)
        of = [owner] if isinstance(owner, tuple(_METHODS)) else []
        name = getattr(obj, "__name__", "") if of else ""
        _pay_call(name, [*of, *args, *kwargs.values()])
        return _pay(super().call(context, obj, *args, **kwargs))

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Sums, products and the like; of texts, only + and *."""
        are_numbers = isinstance(left, int | float) and isinstance(right, int | float)
        if operator == "**" or (operator == "%" and not are_numbers):
            raise OverBudget(f"it uses {operator}, which chat templates don't need")
        if operator == "*" and not are_numbers:
            whole = isinstance(left, int)
            some, count = (right, left) if whole else (left, right)
            _spend(_price(some) * _times(count))
        _spend(_price(left) + _price(right))
        return _pay(super().call_binop(context, operator, left, right))


def _parts(node: nodes.Node) -> int:
    return sum(1 for _ in node.find_all(nodes.Node))


class _Pricing(NodeTransformer):
    """Puts a price on what no other hook of Jinja's sees."""

    def generic_visit(self, node: Any, *args: Any, **kwargs: Any) -> Any:
        super().generic_visit(node, *args, **kwargs)
        is_slice = isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Slice)
        if isinstance(node, nodes.Compare | nodes.Operand):
            node.expr = _filtered(node.expr, "_pay")
        elif isinstance(node, nodes.Concat):
            node.nodes = [_filtered(one, "_pay") for one in node.nodes]
        elif isinstance(node, nodes.Pair):
            node.key = _hashed(node.key)
        elif isinstance(node, nodes.Getitem) and not is_slice:
            node.arg = _hashed(node.arg)
        elif isinstance(node, nodes.For):
            node.iter = _filtered(node.iter, "_each", nodes.Const(_parts(node)))
        makes_text = is_slice or isinstance(node, nodes.Concat)
        return _filtered(node, "_pay") if makes_text else node


def _hashed(node: Any) -> Any:
    """A key, at which Python looks whole; what stands in the source is short."""
    return node if isinstance(node, nodes.Const) else _filtered(node, "_pay")


def _filtered(node: Any, name: str, *args: nodes.Expr) -> nodes.Filter:
    made = nodes.Filter(node, name, list(args), [], None, None, lineno=node.lineno)
    return made.set_environment(node.environment)  # pyright: ignore
