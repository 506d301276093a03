"""What is shown while weights are read: a bar in a notebook, a line in a terminal."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tqdm import tqdm

from llm_lessons.foundation.waiting import AFTER, Waiting
from llm_lessons.model.config import ModelConfig


@contextmanager
def progress(name: str, config: ModelConfig) -> Iterator[Callable[[], None]]:
    """Yields what is to be called once a matrix; shows something if it takes long."""
    a_layer = 9 + 3 * config.qkv_bias + 2 * config.qk_norm
    total = 2 + a_layer * config.n_layers + (not config.tie_embeddings)
    with (
        Waiting(f"opening {name}", total) as wait,
        tqdm(
            total=total,
            desc=name,
            unit="matrix",
            delay=AFTER,
            mininterval=0.5,
            leave=False,
            file=sys.stdout,
            disable=wait.is_shown,
        ) as bar,
    ):

        def done() -> None:
            bar.update()
            wait.done()

        yield done
