"""The same prompt, run twice: after how many tokens the two runs part.

Claim C8: the same prompt gives different answers, because one early choice nudges the
next; within a few tokens two runs have parted. Running it again is not a change of
mind: only the coin fell otherwise. With the same seed the coins fall the same, and the
runs never part.
"""

import math
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice, zip_longest

from tqdm import tqdm

from llm_lessons import generation
from llm_lessons.experiments.commitment import sentences
from llm_lessons.experiments.intervals import Median, Share, median, share
from llm_lessons.fjordby import stories
from llm_lessons.language_model import LanguageModel
from llm_lessons.model import output_head

BEGINNING = "Once upon a time"
PAIRS = 200
LENGTH = 40  # tokens of a run


@dataclass(frozen=True)
class Divergence:
    """Where pairs of runs part.

    Attributes:
        parted_at: for each pair the number of the first token that differs, counted
            from 1; infinity for two runs that stay together to the end.
    """

    parted_at: tuple[float, ...]

    @property
    def median(self) -> Median:
        """The token by which half of the pairs have parted."""
        return median(self.parted_at)

    def within(self, tokens: int) -> Share:
        """Share of the pairs that part within so many tokens."""
        return share(at <= tokens for at in self.parted_at)


def divergence(
    lm: LanguageModel,
    prompts: Sequence[str] = (BEGINNING,) * PAIRS,
    seed: int = 0,
    other_seed: int | None = None,
) -> Divergence:
    """Run each prompt twice at temperature 1, and see where the two runs part.

    Prompt number i flips its coins with `seed` + i first, then with `other_seed` + i,
    which by default begins where the seeds of the first runs end. With the same seed
    again, no pair parts; any other should be so far off that no two runs share a seed,
    for each pair counts as one independent case. Shows its progress on the standard
    output.

    Raises:
        ValueError: for a prompt that means nothing.
    """
    seeds = (seed, seed + len(prompts) if other_seed is None else other_seed)
    first, second = (
        _run(lm, prompts, start) for start in tqdm(seeds, "runs", file=sys.stdout)
    )
    pairs = zip(first, second, strict=True)
    return Divergence(tuple(parting(one, other) for one, other in pairs))


def _run(lm: LanguageModel, prompts: Sequence[str], seed: int) -> list[list[int]]:
    """Continue every prompt: token ids, for two spellings can be the same text."""
    encoded = [lm.encode(prompt) for prompt in prompts]
    return generation.generate(
        lm.params,
        output_head(lm.params),
        encoded,
        lm.config,
        generation.Settings(seed=seed),
        [min(LENGTH, lm.config.max_seq_len - len(ids)) for ids in encoded],
        lm.tokenizer.start_id,
    )


def parting(one: Sequence[int], other: Sequence[int]) -> float:
    """The number of the first token that differs, from 1; infinity if none does.

    Where one run has ended and the other goes on, they part there.
    """
    pairs = enumerate(zip_longest(one, other), start=1)
    return next((i for i, (a, b) in pairs if a != b), math.inf)


def openings(count: int = PAIRS) -> list[str]:
    """The first two sentences of stories that Fjordby's author wrote for nobody.

    No story that the class model read holds one of them.
    """
    told = "\n".join(stories.texts(0))
    fresh = (" ".join(sentences(text)[:2]) for text in stories.texts(1))
    return list(islice((opening for opening in fresh if opening not in told), count))
