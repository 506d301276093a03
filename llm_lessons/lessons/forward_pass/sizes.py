"""How many knobs a model has, what they weigh, and how large such a number is.

Claim C2: its numbers are parameters; Llama 3 has 405 billion. All of it is counted by
shape, and nothing is allocated.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from llm_lessons.checks import checked
from llm_lessons.model.config import ModelConfig
from llm_lessons.model.parameters import count_parameters

BYTES = 2  # a number, as large models are published: 16 bits
LINE = 50e6 / 8  # bytes a second: a line of 50 megabits
_UNITS = (
    ("years", 365.25 * 86_400),
    ("days", 86_400),
    ("hours", 3600),
    ("minutes", 60),
)


@dataclass(frozen=True)
class Size:
    """One model's knobs.

    Attributes:
        name: of the model.
        parameters: how many numbers it has.
    """

    name: str
    parameters: int

    @property
    def on_disk(self) -> int:
        """Bytes, at two for each number."""
        return BYTES * self.parameters


@checked()
def sizes(models: Mapping[str, ModelConfig]) -> list[Size]:
    """Count the parameters of models, by name."""
    return [Size(name, count_parameters(config)) for name, config in models.items()]


@checked()
def table(models: Mapping[str, ModelConfig]) -> str:
    """The counts as a Markdown table, with how long it would take to read them."""
    head = ("model", "knobs", "on disk", "to fetch it", "to turn each knob once")
    lines = [head, ("---", *["---:"] * 4)]
    for one in sizes(models):
        weight, fetched = in_bytes(one.on_disk), in_time(one.on_disk / LINE)
        row = f"{one.parameters:,}", weight, fetched, in_time(one.parameters)
        lines.append((one.name, *row))
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def in_bytes(count: float) -> str:
    """A number of bytes in the unit that suits it: "5.7 MB"."""
    for unit in ("B", "kB", "MB"):
        if count < 1000:
            return f"{_three_digits(count)}\u00a0{unit}"
        count /= 1000
    return f"{_three_digits(count)}\u00a0GB"


def in_time(seconds: float) -> str:
    """A number of seconds in the unit that suits it: "33 days"."""
    for unit, length in _UNITS:
        if seconds >= length:
            return f"{_three_digits(seconds / length)}\u00a0{unit}"
    return f"{_three_digits(seconds)}\u00a0seconds"


def _three_digits(number: float) -> str:
    """As many decimals as make up three digits; thousands with a comma."""
    if number >= 100:
        return f"{number:,.0f}"
    return f"{number:.1f}" if number >= 10 else f"{number:.2f}"
