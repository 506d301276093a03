"""A model without a network: the interface that widgets rely on, and nothing else."""

import numpy as np

WORDS = ["the", "a", "and", "in", "of", "was", "little", "old", "cat", "dog"]


class Tokenizer:
    """Two marks, 256 bytes, and pieces of text."""

    stops: tuple[int, ...] = (1,)

    def __init__(self, vocab_size: int):
        pieces = ["<unk>", "<s>"] + [f"<0x{byte:02X}>" for byte in range(256)]
        pieces += ["\n", "  ", "\u200b", "<b>bold</b>"]
        pieces += [f" {word}" for word in WORDS] + list("abcdefghij.,!?")
        self.pieces = pieces + [f" word{i}" for i in range(vocab_size - len(pieces))]

    def decode(self, ids):
        """Join the pieces that are text."""
        return "".join(self.pieces[i] if i > 257 else "" for i in ids)


class StandIn:
    """Scores that depend on the prompt's length, over a made-up vocabulary."""

    def __init__(self, vocab_size: int = 1024):
        self.tokenizer = Tokenizer(vocab_size)
        self.vocab_size = vocab_size

    def logits(self, text):
        """Scores of a steep and long-tailed kind, shuffled over the vocabulary."""
        if not text:
            raise ValueError("The prompt is empty; write at least one letter.")
        if len(text) > 500:
            raise ValueError(f"The prompt has {len(text):,} letters; 500 fit.")
        rng = np.random.default_rng(len(text))
        ranks = rng.permutation(self.vocab_size)
        # Pieces that show something lead, so that pictures look like a real model's.
        ranks[258:287] = rng.permutation(29)
        return (8 - 1.4 * np.log1p(ranks)).astype(np.float32)
