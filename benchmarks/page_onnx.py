"""Write Fjord as an ONNX file, with a cache, in the form that browsers are given.

build/peers/bin/python -m benchmarks.page_onnx FROM TO

The graph is made as those are that people download for onnxruntime-web and
transformers.js: names of inputs and outputs as transformers.js asks for them, and for
RMSNorm and attention with a cache the operators of onnxruntime's own, which are faster
than a graph of ONNX's small ones. Weights lie in it as float16, as in Fjord's own file,
and are worked out to float32 when it is opened; all arithmetic is float32.
"""

import json
import sys
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from safetensors.numpy import load_file

FLOAT, INT32, INT64 = TensorProto.FLOAT, TensorProto.INT32, TensorProto.INT64
OWN = "com.microsoft"  # onnxruntime's operators
Weights = dict[str, np.ndarray]


class Graph:
    """Nodes and numbers, as they are added; every value gets the name of its node."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.numbers: list[onnx.TensorProto] = []

    def number(self, name: str, array: np.ndarray) -> str:
        """Numbers that the graph brings along."""
        self.numbers.append(
            numpy_helper.from_array(np.ascontiguousarray(array), name=name)
        )
        return name

    def weight(self, name: str, array: np.ndarray) -> str:
        """A weight: float16 in the file, float32 from the opening on."""
        half = self.number(f"{name}.half", array.astype(np.float16))
        return self.add("Cast", name, half, to=FLOAT)

    def add(
        self,
        operator: str,
        name: str,
        *inputs: str,
        more: tuple[str, ...] = (),
        **attributes,
    ) -> str:
        """A node; returns its first output, `name`. `more`: its other outputs."""
        domain = attributes.pop("domain", "")
        self.nodes.append(
            helper.make_node(
                operator, inputs, [name, *more], name, domain=domain, **attributes
            )
        )
        return name


def rotations(config: dict) -> tuple[np.ndarray, np.ndarray]:
    """Cosines and sines of the rotary angles: [max_seq_len, d_head / 2] each."""
    half = config["d_head"] // 2
    frequency = config["rope_theta"] ** (-np.arange(half) / half)
    angles = np.arange(config["max_seq_len"])[:, None] * frequency
    return np.cos(angles).astype(np.float32), np.sin(angles).astype(np.float32)


def norm(graph: Graph, name: str, x: str, scale: np.ndarray, config: dict) -> str:
    """RMSNorm."""
    scale_name = graph.weight(f"{name}.scale", scale)
    return graph.add(
        "SimplifiedLayerNormalization",
        name,
        x,
        scale_name,
        axis=-1,
        epsilon=config["norm_eps"],
    )


def block(graph: Graph, weights: Weights, i: int, x: str, config: dict) -> str:
    """One layer, cache and rotary positions included."""
    name, width = f"layers.{i}", config["d_model"]

    def product(part: str, x: str, matrix: np.ndarray) -> str:
        weight = graph.weight(f"{name}.{part}.weight", matrix)
        return graph.add("MatMul", f"{name}.{part}", x, weight)

    def of(*parts: str) -> list[np.ndarray]:
        return [weights[f"{name}.{part}"] for part in parts]

    attention_norm, mlp_norm = of("attention_norm", "mlp_norm")
    y = norm(graph, f"{name}.attention_norm", x, attention_norm, config)
    qkv = [matrix.reshape(width, -1) for matrix in of("query", "key", "value")]
    cache = [f"{i}.key", f"{i}.value"]
    mixed = graph.add(
        "GroupQueryAttention",
        f"{name}.attention",
        product("qkv", y, np.concatenate(qkv, axis=1)),
        "",
        "",
        *(f"past_key_values.{part}" for part in cache),
        "last",
        "total",
        "cos",
        "sin",
        more=tuple(f"present.{part}" for part in cache),
        domain=OWN,
        num_heads=config["n_heads"],
        kv_num_heads=config["n_kv_heads"],
        do_rotary=1,
        rotary_interleaved=0,
    )
    output, gate, up, down = of("output", "gate", "up", "down")
    mixed = product("output", mixed, output.reshape(-1, width))
    x = graph.add("Add", f"{name}.looked", x, mixed)
    y = norm(graph, f"{name}.mlp_norm", x, mlp_norm, config)
    gated = product("gate", y, gate)
    silu = graph.add(
        "Mul", f"{name}.silu", gated, graph.add("Sigmoid", f"{name}.sigmoid", gated)
    )
    y = graph.add("Mul", f"{name}.swiglu", silu, product("up", y, up))
    return graph.add("Add", f"{name}.stream", x, product("down", y, down))


def fill(graph: Graph, weights: Weights, config: dict) -> None:
    """All nodes: token ids, mask and cache in, the last token's scores out."""
    minus_one = graph.number("minus_one", np.array([-1], np.int64))
    one = graph.number("one", np.array(1, np.int64))
    length = graph.add(
        "Gather", "length", graph.add("Shape", "m", "attention_mask"), one
    )
    graph.add("Cast", "total", length, to=INT32)
    read = graph.add("ReduceSum", "read", "attention_mask", "ones", keepdims=0)
    graph.number("ones", np.array([1], np.int64))
    graph.add("Cast", "last", graph.add("Add", "last.64", read, minus_one), to=INT32)
    for name, table in zip(("cos", "sin"), rotations(config), strict=True):
        graph.number(name, table)

    embedding = graph.weight("embedding", weights["embedding"])
    x = graph.add("Gather", "stream", embedding, "input_ids")
    for i in range(config["n_layers"]):
        x = block(graph, weights, i, x, config)
    x = graph.add("Gather", "behind", x, minus_one, axis=1)  # [1, 1, D]
    x = norm(graph, "final", x, weights["final_norm"], config)
    row = graph.add("Squeeze", "row", x, graph.number("axis", np.array([1], np.int64)))
    scores = graph.add("Gemm", "scores", row, embedding, transB=1)  # [1, V]
    graph.add("Unsqueeze", "logits", scores, "axis")


def fjord(weights: Weights, config: dict) -> onnx.ModelProto:
    """The model, with inputs and outputs as transformers.js names them."""
    graph = Graph()
    fill(graph, weights, config)
    value = helper.make_tensor_value_info
    heads, width = config["n_kv_heads"], config["d_head"]
    inputs = [
        value("input_ids", INT64, [1, "tokens"]),
        value("attention_mask", INT64, [1, "total_tokens"]),
    ]
    outputs = [value("logits", FLOAT, [1, 1, config["vocab_size"]])]
    for i in range(config["n_layers"]):
        for part in ("key", "value"):
            shapes = {"past_key_values": "past_tokens", "present": "total_tokens"}
            for (kind, tokens), values in zip(
                shapes.items(), (inputs, outputs), strict=True
            ):
                shape = [1, heads, tokens, width]
                values.append(value(f"{kind}.{i}.{part}", FLOAT, shape))
    made = helper.make_graph(graph.nodes, "fjord", inputs, outputs, graph.numbers)
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid(OWN, 1)]
    return helper.make_model(made, opset_imports=opsets, ir_version=9)


def main() -> None:
    """Read what `weights.checkpoints` wrote; write one file."""
    source, target = map(Path, sys.argv[1:])
    config = json.loads((source / "config.json").read_text())
    arrays = load_file(source / "model.safetensors")
    onnx.save(fjord(arrays, config), target)


if __name__ == "__main__":
    main()
