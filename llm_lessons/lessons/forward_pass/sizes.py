"""How many knobs a model has, and how large such a number is.

Claim C2: its numbers are parameters; Llama 3 has 405 billion. All of it is counted by
shape, and nothing is allocated.
"""

from collections.abc import Mapping
from math import sqrt
from operator import itemgetter

import jax
import numpy as np
from matplotlib import pyplot as plt
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from llm_lessons import figures
from llm_lessons.foundation.checks import checked
from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.quoted import quoted
from llm_lessons.model.config import LLAMA3_405B, SMOLLM2_135M, ModelConfig
from llm_lessons.model.parameters import count_parameters

_UNITS = (
    ("years", 365.25 * 86_400),
    ("days", 86_400),
    ("hours", 3600),
    ("minutes", 60),
)


@checked()
def sizes(models: Mapping[str, ModelConfig]) -> dict[str, int]:
    """Count the parameters of models, by name."""
    return {name: count_parameters(config) for name, config in models.items()}


def three(lm: LanguageModel) -> dict[str, ModelConfig]:
    """This class's model, the real one, and a very large one, by name."""
    return {
        "Fjord": lm.config,
        "SmolLM2-135M": SMOLLM2_135M,
        "Llama 3 405B": LLAMA3_405B,
    }


def corner(lm: LanguageModel) -> str:
    """How many tables hold a model's knobs, and where one of them begins: Markdown."""
    tables = jax.tree.leaves(lm.params)
    gate = np.asarray(lm.params.layers[0].gate)
    rows, columns = gate.shape
    lines = [" ".join(f"{knob:6.3f}" for knob in row) for row in gate[:4, :4]]
    begins = "\n".join(f"{line} …" for line in lines)
    return (
        f"One of Fjord's {len(tables)} tables has {rows} rows and {columns} columns, "
        f"and begins like this:\n\n{quoted(begins)}"
    )


def sentence(models: Mapping[str, ModelConfig]) -> str:
    """The counts, and how long it would take to turn each knob once."""
    found = sizes(models)
    counts = _listed([f"{name} has {knobs:,} knobs" for name, knobs in found.items()])
    times = _listed([in_time(knobs) for knobs in found.values()])
    return (
        f"{counts}. If you turned one knob a second, day and night, you would be done "
        f"after {times}."
    )


def _listed(parts: list[str]) -> str:
    *firsts, last = parts
    return f"{', '.join(firsts)} and {last}" if firsts else last


def title(models: Mapping[str, ModelConfig]) -> str:
    """How many times as many knobs the largest has as the smallest.

    Raises:
        ValueError: there are fewer than two models.
    """
    (few, least), *_, (many, most) = sorted(sizes(models).items(), key=itemgetter(1))
    times = float(f"{most / least:.3g}")
    return f"{many} has {times:,.0f} times as many knobs as {few}"


def alt(models: Mapping[str, ModelConfig]) -> str:
    """The figure in words."""
    rows = "; ".join(f"{name}: {knobs:,}" for name, knobs in sizes(models).items())
    return f"{title(models)}. Squares, as large in area as there are knobs. {rows}."


def figure(models: Mapping[str, ModelConfig]) -> Figure:
    """A square for each model, as large in area as it has knobs, and its name."""
    ordered = sorted(sizes(models).items(), key=itemgetter(1), reverse=True)
    first, most = ordered[0]
    heights = [1 - (place + 0.5) / len(ordered) for place in range(len(ordered))]
    with figures.style():
        fig, ax = plt.subplots(figsize=(figures.WIDTH, 3.2))
        ax.set(xlim=(0, 2.05), ylim=(-0.01, 1.01), aspect="equal")
        ax.axis("off")
        for (name, knobs), middle in zip(ordered, heights, strict=True):
            side = sqrt(knobs / most)
            corner = (0, 0) if name == first else (1.12, middle - side / 2)
            ax.add_patch(Rectangle(corner, side, side, color=figures.WEIGHTS, lw=0))
            ax.annotate(
                f"{name}\n{knobs:,} knobs",
                (corner[0] + side, middle),
                (1.3, middle),
                va="center",
                arrowprops={"arrowstyle": "-|>", "color": figures.INK},
            )
        figures.set_title(fig, title(models))
    return fig


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
