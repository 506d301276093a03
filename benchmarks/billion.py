"""How fast a model of a billion parameters runs: against transformers and llama.cpp.

The weights are random, of the shape of Llama 3.2 1B, and all sides read the same ones.
Three of them would not fit into memory together: each round starts every side in a
process of its own, one after the other, which loads, is warmed up, and is measured.
"""

import statistics
import sys
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import bandwidth, common
from tests.family import Tensors
from tests.family_files import write_folder, write_gguf

MODULE = "benchmarks.billion_sides"
OURS, KEPT = "llm_lessons", "llm_lessons, kept in bfloat16"
NAMES = (OURS, KEPT, "transformers", "llama.cpp, F32")
DRAWN, READ, COMPARED = 32, 128, 16  # tokens
LARGE = 2**30  # bytes: more than a cache holds

# As in the config.json of Llama 3.2 1B.
RECORD: dict[str, Any] = {
    "model_type": "llama",
    "architectures": ["LlamaForCausalLM"],
    "vocab_size": 128_256,
    "hidden_size": 2048,
    "num_hidden_layers": 16,
    "num_attention_heads": 32,
    "num_key_value_heads": 8,
    "head_dim": 64,
    "intermediate_size": 8192,
    "rms_norm_eps": 1e-5,
    "hidden_act": "silu",
    "tie_word_embeddings": True,
    "max_position_embeddings": 131_072,
    "rope_parameters": {
        "rope_type": "llama3",
        "rope_theta": 500_000.0,
        "factor": 32.0,
        "low_freq_factor": 1.0,
        "high_freq_factor": 4.0,
        "original_max_position_embeddings": 8192,
    },
}


def shapes() -> dict[str, tuple[int, ...]]:
    """All weights by the names of transformers, each as [outputs, inputs]."""
    c = RECORD
    d, f, h = c["hidden_size"], c["intermediate_size"], c["head_dim"]
    queries, keys = h * c["num_attention_heads"], h * c["num_key_value_heads"]
    layer = {
        "input_layernorm": (d,),
        "self_attn.q_proj": (queries, d),
        "self_attn.k_proj": (keys, d),
        "self_attn.v_proj": (keys, d),
        "self_attn.o_proj": (d, queries),
        "post_attention_layernorm": (d,),
        "mlp.gate_proj": (f, d),
        "mlp.up_proj": (f, d),
        "mlp.down_proj": (d, f),
    }
    found = {"model.embed_tokens.weight": (c["vocab_size"], d)}
    for i in range(c["num_hidden_layers"]):
        found |= {f"model.layers.{i}.{name}.weight": x for name, x in layer.items()}
    return found | {"model.norm.weight": (d,)}


def weights() -> Tensors:
    """Random ones, scaled so that no layer drowns the others; norms that are uneven."""
    rng = np.random.default_rng(0)

    def drawn(shape: tuple[int, ...]) -> np.ndarray:
        if len(shape) == 1:
            return rng.uniform(0.5, 1.5, shape).astype(np.float32)
        found = rng.standard_normal(shape, np.float32)
        found *= shape[1] ** -0.5
        return found

    return {name: drawn(shape) for name, shape in shapes().items()}


def write(folder: Path) -> None:
    """The model as a folder of safetensors, and beside it as a GGUF file."""
    tensors = weights()
    write_gguf(folder.with_suffix(".gguf"), RECORD, tensors)
    write_folder(folder, RECORD, tensors)


def differences(folder: Path) -> dict[str, float]:
    """How far each side's scores are from ours, of the largest score's size."""
    own = np.load(folder / f"{OURS}.npy")
    found = {}
    for name in NAMES:
        other = np.load(folder / f"{name}.npy")
        found[name] = float(np.abs(other - own).max() / np.abs(own).max())
    return found


def measure(folder: Path, peers: Path, rounds: int) -> dict[str, common.Seconds]:
    """Every side once a round, there and back again, in a fresh process each time.

    Returns seconds to load, to draw and to read, and the bytes of memory, by side.
    """
    rng = np.random.default_rng(1)
    ids = rng.integers(RECORD["vocab_size"], size=READ).tolist()
    found: dict[str, common.Seconds] = {
        what: {name: [] for name in NAMES}
        for what in ("load", "decode", "prefill", "memory")
    }
    for i in range(rounds):
        for name in NAMES if i % 2 == 0 else reversed(NAMES):
            python = sys.executable if name in (OURS, KEPT) else peers
            with common.Peer(python, MODULE, name, env={"TQDM_DISABLE": "1"}) as side:
                found["load"][name].append(side.ask("load", file=str(folder)))
                side.ask("decode", ids=ids[:8], count=2)
                side.ask("prefill", ids=ids)
                for _ in range(2):
                    drawn = side.ask("time_decode", ids=ids[:8], count=DRAWN)
                    found["decode"][name].append(drawn)
                    found["prefill"][name].append(side.ask("time_prefill", ids=ids))
                found["memory"][name].append(side.ask("peak_memory"))
                if i == 0:
                    to = folder / f"{name}.npy"
                    side.ask("keep_scores", ids=ids[:COMPARED], to=str(to))
            print(f"round {i + 1}: {name}", file=sys.stderr)
    return found


def tables(
    found: dict[str, common.Seconds], off: dict[str, float], speed: float
) -> str:
    """What was measured, and our share of the memory's limit."""
    decode, prefill = found["decode"], found["prefill"]
    rows = [
        [
            name,
            f"{DRAWN / statistics.median(decode[name]):.2f} tokens/s",
            "" if name == OURS else common.times_faster(decode, OURS, name),
            f"{READ / statistics.median(prefill[name]):.0f} tokens/s",
            "" if name == OURS else common.times_faster(prefill, OURS, name),
            f"{statistics.median(found['load'][name]):.0f} s",
            f"{max(found['memory'][name]) / 1e9:.1f} GB",
            "" if name == OURS else f"{off[name]:.0e}",
        ]
        for name in NAMES
    ]
    head = [
        "",
        "decode",
        "float32 of ours is faster, times",
        "prefill",
        "float32 of ours is faster, times",
        "load, imports included",
        "peak memory",
        "scores differ by, of the largest",
    ]
    count = sum(int(np.prod(shape)) for shape in shapes().values())
    told = [f"{count / 1e9:.2f} billion parameters."]
    for name, size in ((OURS, 4), (KEPT, 2)):
        limit = size * count / speed
        step = statistics.median(decode[name]) / DRAWN
        told.append(
            f"{name[0].upper()}{name[1:]}: a step reads {size * count / 1e9:.2f} GB of "
            f"weights; {common.CORES} threads read {speed / 1e9:.1f} GB/s, so it takes "
            f"{1000 * limit:.0f} ms at the least. It takes {1000 * step:.0f} ms: "
            f"{100 * limit / step:.0f} % of the limit."
        )
    return "\n\n".join([common.table(head, rows), " ".join(told)])


def main() -> None:
    """Write the model where it isn't there yet, measure, and print the table."""
    parser = common.arguments(__doc__, rounds=3)
    parser.add_argument("--peers", type=Path, required=True, help="the peers' Python")
    parser.add_argument(
        "--folder", type=Path, required=True, help="for the models: 10 GB, reused"
    )
    asked = parser.parse_args()
    folder = asked.folder / "billion"
    if not (folder / "model.safetensors").exists():
        write(folder)
    found = measure(folder, asked.peers, asked.rounds)
    speed = statistics.median(
        bandwidth.in_fresh_process(LARGE, common.CORES) for _ in range(3)
    )
    text = tables(found, differences(folder), speed)
    common.publish("billion", f"{common.machine()}\n\n{text}", asked.record)


if __name__ == "__main__":
    main()
