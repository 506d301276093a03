"""What one token costs, counted by hand: each number of each matrix, two operations.

Claim C13: the count knows nothing of the question.
"""

from llm_lessons.model.parameters import Parameters

MATRICES = ("query", "key", "value", "output", "gate", "up", "down")


def table(params: Parameters) -> str:
    """A row for each kind of matrix, and the sum, as Markdown."""
    sizes = {
        f"{name}, in {len(params.layers)} layers": sum(
            getattr(layer, name).size for layer in params.layers
        )
        for name in MATRICES
    }
    sizes["the scores of all tokens"] = params.embedding.size
    rows = [f"| {name} | {size:,} | {2 * size:,} |" for name, size in sizes.items()]
    whole = sum(sizes.values())
    return "\n".join(
        [
            "| matrices | numbers | operations for one token |",
            "| :-- | --: | --: |",
            *rows,
            f"| **all** | **{whole:,}** | **{2 * whole:,}** |",
        ]
    )
