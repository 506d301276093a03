"""Whether a model's likeliest answer is the one that is expected: read, not drawn."""

from collections.abc import Sequence

from llm_lessons.foundation.checks import checked
from llm_lessons.language_model import LanguageModel
from llm_lessons.serving.likeliest import likeliest
from llm_lessons.text.window import Window


@checked()
def begins(
    lm: LanguageModel,
    prompts: Sequence[str],
    texts: Sequence[str],
    window: Window = "stop",
) -> list[bool]:
    """Whether the likeliest continuation of each prompt begins with a text.

    The same as `lm.batch(prompts, temperature=0)` tells, in less time: each prompt is
    read with its text behind it, and hardly anything is drawn.

    Args:
        texts: one for each prompt, of one letter or more.
        window: as of `lm.batch`.

    Raises:
        ValueError: a prompt that means nothing, an empty text, or texts that are not as
            many as the prompts.
    """
    if len(prompts) != len(texts) or not all(texts):
        raise ValueError(
            f"Each prompt needs a text of one letter or more; {len(prompts):,} prompts "
            f"came with {sum(map(bool, texts)):,} texts."
        )
    begun = [lm.encode(prompt, window) for prompt in prompts]
    ends = [list(lm.tokenizer.encode(text)) for text in texts]
    size = lm.config.max_seq_len
    fitting = [i for i in range(len(texts)) if len(begun[i]) + len(ends[i]) <= size]
    own = likeliest(
        lm.params,
        [[*begun[i], *ends[i]] for i in fitting],
        [len(begun[i]) for i in fitting],
        lm.config,
    )
    verdicts: list[bool | None] = [None] * len(texts)
    for i, row in zip(fitting, own, strict=True):
        verdicts[i] = _agrees(lm, texts[i], ends[i], row)
    undecided = [i for i, agrees in enumerate(verdicts) if agrees is None]
    if undecided:
        longest = max(len(texts[i].encode()) for i in undecided)
        asked = [prompts[i] for i in undecided]
        drawn = lm.batch(asked, longest, temperature=0, window=window)
        for i, text in zip(undecided, drawn, strict=True):
            verdicts[i] = text.startswith(texts[i])
    return [bool(agrees) for agrees in verdicts]


def _agrees(
    lm: LanguageModel, text: str, end: Sequence[int], own: Sequence[int]
) -> bool | None:
    """Whether a text is what the model would write; None: it may yet come to be.

    Args:
        end: the text's tokens.
        own: the likeliest token at the place of each. The model may cut the text into
            others.
    """
    parting = [i for i, token in enumerate(own) if token != end[i]]
    if not parting:
        return True
    first = parting[0]
    if own[first] in lm.tokenizer.stops:
        return False
    written = lm.tokenizer.decode([*own[: first + 1]])
    if text.startswith(written.rstrip("\ufffd")):  # which stands for half a letter
        return None
    return written.startswith(text)
