"""Fjord in plain PyTorch: the peer that the engine is measured against.

The same architecture and weights as `model/transformer.py`, written with what PyTorch
offers for each part: linear layers, RMSNorm, scaled_dot_product_attention, and a cache
of keys and values that is written in place and read up to the last token.
"""

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional as F


def rotate(x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    """Turn the pairs (i, i + H/2) of each head by its position's angles."""
    first, second = x.chunk(2, dim=-1)
    return torch.cat([first * cos - second * sin, second * cos + first * sin], dim=-1)


class Block(nn.Module):
    """Attention added to the stream, then the MLP added to the stream."""

    def __init__(self, config: dict):
        super().__init__()
        width, self.d_head = config["d_model"], config["d_head"]
        inner = config["n_heads"] * self.d_head
        self.attention_norm = nn.RMSNorm(width, config["norm_eps"])
        self.query = nn.Linear(width, inner, bias=False)
        self.key = nn.Linear(width, inner, bias=False)
        self.value = nn.Linear(width, inner, bias=False)
        self.output = nn.Linear(inner, width, bias=False)
        self.mlp_norm = nn.RMSNorm(width, config["norm_eps"])
        self.gate = nn.Linear(width, config["d_ff"], bias=False)
        self.up = nn.Linear(width, config["d_ff"], bias=False)
        self.down = nn.Linear(config["d_ff"], width, bias=False)

    def heads(self, y: Tensor) -> Tensor:
        """[B, T, N * H] to [B, N, T, H]."""
        return y.unflatten(-1, (-1, self.d_head)).transpose(1, 2)

    def forward(
        self, x: Tensor, turn: tuple[Tensor, Tensor], cache: Tensor | None, start: int
    ) -> Tensor:
        """x: [B, T, D] from slot `start`; cache: [2, B, N, S, H], keys and values."""
        y = self.attention_norm(x)
        q = rotate(self.heads(self.query(y)), *turn)
        k = rotate(self.heads(self.key(y)), *turn)
        v = self.heads(self.value(y))
        if cache is not None:
            end = start + x.shape[1]
            cache[0, :, :, start:end] = k
            cache[1, :, :, start:end] = v
            k, v = cache[0, :, :, :end], cache[1, :, :, :end]
        # One token alone sees all that is in the cache; longer texts start at slot 0.
        mixed = F.scaled_dot_product_attention(q, k, v, is_causal=x.shape[1] > 1)
        x = x + self.output(mixed.transpose(1, 2).flatten(2))
        y = self.mlp_norm(x)
        return x + self.down(F.silu(self.gate(y)) * self.up(y))


class Fjord(nn.Module):
    """Tokens in, scores for the next token out; the output reuses the embedding."""

    def __init__(self, config: dict):
        super().__init__()
        self.config = config
        self.embedding = nn.Embedding(config["vocab_size"], config["d_model"])
        self.blocks = nn.ModuleList(Block(config) for _ in range(config["n_layers"]))
        self.final_norm = nn.RMSNorm(config["d_model"], config["norm_eps"])
        half = config["d_head"] // 2
        frequency = config["rope_theta"] ** (-torch.arange(half) / half)
        angles = torch.arange(config["max_seq_len"])[:, None] * frequency
        self.register_buffer("cos", angles.cos(), persistent=False)
        self.register_buffer("sin", angles.sin(), persistent=False)

    def forward(
        self, tokens: Tensor, cache: list[Tensor] | None = None, start: int = 0
    ) -> Tensor:
        """[B, T] to [B, T, V]; with a cache, to [B, V]: the last token's scores."""
        end = start + tokens.shape[1]
        turn = self.cos[start:end], self.sin[start:end]
        x = self.embedding(tokens)
        for i, block in enumerate(self.blocks):
            x = block(x, turn, None if cache is None else cache[i], start)
        if cache is not None:
            x = x[:, -1]
        return F.linear(self.final_norm(x), self.embedding.weight)

    def make_cache(self, batch: int, capacity: int) -> list[Tensor]:
        """Room for `capacity` tokens a row: [2, B, N, S, H] a layer."""
        shape = (2, batch, self.config["n_heads"], capacity, self.config["d_head"])
        return [torch.empty(shape) for _ in self.blocks]


def load(folder: Path) -> Fjord:
    """Read what `weights.checkpoints` wrote, turned to PyTorch's [out, in]."""
    model = Fjord(json.loads((folder / "config.json").read_text()))
    state = {}
    for name, array in load_file(folder / "model.safetensors").items():
        array = array.float()
        if array.ndim > 1 and name != "embedding":
            heads_go_in = name.endswith("output")
            array = (array.flatten(0, 1) if heads_go_in else array.flatten(1)).T
        state[f"{name.replace('layers.', 'blocks.')}.weight"] = array
    model.load_state_dict(state)
    return model


@torch.inference_mode()
def next_logits(model: Fjord, forward: Callable, prompt: list[int]) -> np.ndarray:
    """Scores after a prompt: float32 [V]."""
    cache = model.make_cache(1, len(prompt))
    return forward(torch.tensor([prompt]), cache, 0)[0].numpy()


@torch.inference_mode()
def generate(
    model: Fjord,
    forward: Callable,
    prompts: list[list[int]],
    count: int,
    temperature: float,
) -> list[list[int]]:
    """Continue prompts of one length by `count` tokens; temperature 0 is greedy."""
    length = len(prompts[0])
    cache = model.make_cache(len(prompts), length + count)
    logits = forward(torch.tensor(prompts), cache, 0)
    drawn = []
    for position in range(length, length + count):
        if temperature == 0:
            token = logits.argmax(dim=-1, keepdim=True)
        else:
            token = torch.multinomial(F.softmax(logits / temperature, dim=-1), 1)
        drawn.append(token)
        logits = forward(token, cache, position)
    return torch.cat(drawn, dim=1).tolist()
