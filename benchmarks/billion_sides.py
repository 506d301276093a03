"""A random model of a billion parameters in four ways, each in a process of its own.

    python -m benchmarks.billion_sides SIDE

The methods are those of `real_sides`, and one more that keeps scores in a file.
"""

import sys
from pathlib import Path

import numpy as np

from benchmarks import real_sides
from benchmarks.answering import answer_lines
from benchmarks.real_sides import CORES, llama_cpp_scores


class Ours(real_sides.Ours):
    """The folder of safetensors as `ll.load` reads it, where there is memory enough."""

    form = "float32"

    def _load(self, file: Path) -> None:
        from llm_lessons.language_model import LanguageModel
        from llm_lessons.weights.hugging_face import HuggingFaceFolder

        found = HuggingFaceFolder(file)
        config, tokenizer = found.config(), found.tokenizer()
        tokenizer.fill_up(config.vocab_size)
        params = found.parameters(self.form)
        self.lm = LanguageModel(file.name, config, params, tokenizer)

    def keep_scores(self, ids: list[int], to: str) -> None:
        """Write the scores behind every token into a file."""
        import jax.numpy as jnp

        import llm_lessons as ll

        tokens = jnp.array([ids])
        np.save(to, ll.forward(self.lm.params, tokens, self.lm.config)[0])


class OursKeptSmall(Ours):
    """The same with its weights kept in bfloat16, as where memory is short."""

    form = "bfloat16"


class Transformers(real_sides.Transformers):
    """Hugging Face's transformers with the same folder."""

    def _load(self, file: Path) -> None:
        import torch
        from transformers import AutoModelForCausalLM

        torch.set_num_threads(CORES)
        torch.set_grad_enabled(False)
        self.torch = torch
        found = AutoModelForCausalLM.from_pretrained(str(file), dtype=torch.float32)
        self.model = found.eval()

    def keep_scores(self, ids: list[int], to: str) -> None:
        """Write the scores behind every token into a file."""
        np.save(to, self.model(self.torch.tensor([ids])).logits[0].numpy())


class LlamaCpp(real_sides.LlamaCpp):
    """llama.cpp with the GGUF file of the same numbers, in float32."""

    def _load(self, file: Path) -> None:
        self.file = file.with_suffix(".gguf")
        super()._load(self.file)

    def keep_scores(self, ids: list[int], to: str) -> None:
        """Write the scores behind every token into a file."""
        np.save(to, llama_cpp_scores(self.file, ids))


SIDES = {
    "llm_lessons": Ours,
    "llm_lessons, kept in bfloat16": OursKeptSmall,
    "transformers": Transformers,
    "llama.cpp, F32": LlamaCpp,
}

if __name__ == "__main__":
    answer_lines(SIDES[sys.argv[1]]())
