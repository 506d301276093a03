"""SmolLM2-135M in four ways, each in a process of its own: same methods, same file.

    python -m benchmarks.real_sides {llm_lessons,transformers,llama.cpp} [GGUF file]

Each side imports what it needs when it is asked to load, so that loading can be timed
and its memory is its own.
"""

import os
import resource
import sys
import time
from pathlib import Path

import numpy as np

from benchmarks.answering import answer_lines

CORES = os.cpu_count() or 1  # threads that every side gets


class Side:
    """What all sides have."""

    def load(self, file: str) -> float:
        """Read the model, imports included: seconds."""
        began = time.perf_counter()
        self._load(Path(file))
        return time.perf_counter() - began

    def decode(self, ids: list[int], count: int, **draw) -> list[int]:
        """Continue a prompt by so many tokens, whatever they are."""
        raise NotImplementedError

    def prefill(self, ids: list[int]) -> int:
        """Read a prompt; returns the likeliest next token."""
        raise NotImplementedError

    def _load(self, file: Path) -> None:
        raise NotImplementedError

    def time_decode(self, **what) -> float:
        """Seconds for `decode`."""
        began = time.perf_counter()
        self.decode(**what)
        return time.perf_counter() - began

    def time_prefill(self, ids: list[int]) -> float:
        """Seconds for `prefill`."""
        began = time.perf_counter()
        self.prefill(ids)
        return time.perf_counter() - began

    def peak_memory(self) -> float:
        """The most memory that this process ever held, in bytes."""
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return float(most if sys.platform == "darwin" else 1024 * most)


class Ours(Side):
    """`ll.load("smollm2")`, as in the lessons."""

    def _load(self, file: Path) -> None:
        import llm_lessons as ll

        self.lm = ll.load(file)

    def encode(self, text: str) -> list[int]:
        """Token ids of a text."""
        return self.lm.encode(text)

    def decode(
        self,
        ids: list[int],
        count: int,
        temperature: float = 0.0,
        top_p: float | None = None,
    ) -> list[int]:
        """Continue a prompt."""
        from llm_lessons.decoding.sampling import Settings
        from llm_lessons.serving.generate import generate

        settings = Settings(temperature=temperature, top_p=top_p)
        lm, no_stop = self.lm, (-1,)
        return generate(lm.params, [ids], lm.config, settings, [count], no_stop)[0]

    def prefill(self, ids: list[int]) -> int:
        """Read a prompt."""
        from llm_lessons.serving.prefill import next_logits

        lm = self.lm
        return int(next_logits(lm.params, ids, lm.config).argmax())


class Transformers(Side):
    """Hugging Face's transformers, on PyTorch in float32."""

    def _load(self, file: Path) -> None:
        import torch
        from transformers import AutoModelForCausalLM

        torch.set_num_threads(CORES)
        torch.set_grad_enabled(False)
        self.torch = torch
        self.model = AutoModelForCausalLM.from_pretrained(
            str(file.parent), gguf_file=file.name, dtype=torch.float32
        ).eval()

    def decode(self, ids: list[int], count: int) -> list[int]:
        """Continue a prompt, always with the likeliest token."""
        whole = self.model.generate(
            self.torch.tensor([ids]),
            attention_mask=self.torch.ones(1, len(ids), dtype=self.torch.long),
            do_sample=False,
            max_new_tokens=count,
            eos_token_id=None,
            pad_token_id=0,
        )
        return whole[0, len(ids) :].tolist()

    def prefill(self, ids: list[int]) -> int:
        """Read a prompt, keeping what the next tokens need."""
        out = self.model(self.torch.tensor([ids]), logits_to_keep=1, use_cache=True)
        return int(out.logits[0, -1].argmax())


class LlamaCpp(Side):
    """llama.cpp, through llama-cpp-python, with the file's numbers as they are."""

    def _load(self, file: Path) -> None:
        from llama_cpp import Llama

        self.llama = Llama(
            str(file),
            n_ctx=1024,
            n_threads=CORES,
            n_threads_batch=CORES,
            verbose=False,
        )

    def encode(self, text: str) -> list[int]:
        """Token ids of a text; no start token, special tokens are plain text."""
        return self.llama.tokenize(text.encode(), add_bos=False, special=False)

    def decode(self, ids: list[int], count: int) -> list[int]:
        """Continue a prompt, always with the likeliest token."""
        self.llama.reset()
        drawn = self.llama.generate(ids, temp=0.0, repeat_penalty=1.0)
        return [token for token, _ in zip(drawn, range(count), strict=False)]

    def prefill(self, ids: list[int]) -> int:
        """Read a prompt."""
        self.llama.reset()
        self.llama.eval(ids)
        return self.llama.sample(temp=0.0, repeat_penalty=1.0)


def llama_cpp_scores(file: Path, ids: list[int]) -> np.ndarray:
    """llama.cpp's scores [tokens, vocab_size], with its cache in float32, too."""
    from llama_cpp import GGML_TYPE_F32, Llama

    llama = Llama(
        str(file),
        n_ctx=64,
        logits_all=True,
        type_k=GGML_TYPE_F32,
        type_v=GGML_TYPE_F32,
        verbose=False,
    )
    llama.eval(ids)
    return np.array(llama.scores[: len(ids)])


SIDES = {"llm_lessons": Ours, "transformers": Transformers, "llama.cpp": LlamaCpp}

if __name__ == "__main__":
    answer_lines(SIDES[sys.argv[1]]())
