"""What the pages of `page_peers.py` are given: the model's files, and a server."""

import gzip
import json
import os
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from benchmarks.common import ROOT
from llm_lessons.language_model import LanguageModel
from llm_lessons.model.config import ModelConfig
from llm_lessons.pages.model_script import model_script
from llm_lessons.paths import DATA

PAGE = """<!DOCTYPE html>
<html lang="en"><link rel="icon" href="data:,"><title>Model</title>
"""
TYPES = {
    ".js": "text/javascript",
    ".mjs": "text/javascript",
    ".wasm": "application/wasm",
}


@dataclass
class Served:
    """What the pages are given: folders by the first part of an address.

    Attributes:
        folders: by name.
        isolated: whether pages are told to keep apart from all others.
        files: that were sent since this was emptied.
    """

    folders: dict[str, Path]
    isolated: bool = False
    files: list[Path] = field(default_factory=list)


def handler(served: Served) -> type[SimpleHTTPRequestHandler]:
    """What answers the pages."""

    class Answer(SimpleHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def guess_type(self, path: Any) -> str:
            return TYPES.get(Path(path).suffix) or super().guess_type(path)

        def translate_path(self, path: str) -> str:
            first, _, rest = path.split("?")[0].lstrip("/").partition("/")
            return str(served.folders.get(first, Path(os.devnull)) / rest)

        def send_head(self) -> Any:
            if (path := Path(self.translate_path(self.path))).is_file():
                served.files.append(path)
            return super().send_head()

        def end_headers(self) -> None:
            self.send_header("Cache-Control", "no-store")
            if served.isolated:
                self.send_header("Cross-Origin-Opener-Policy", "same-origin")
                self.send_header("Cross-Origin-Embedder-Policy", "require-corp")
            super().end_headers()

        def log_message(self, format: str, *args: Any) -> None:
            pass

    return Answer


@contextmanager
def serving(served: Served) -> Iterator[str]:
    """A server on this machine alone; its address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), handler(served)) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def llama_config(config: ModelConfig) -> dict[str, Any]:
    """The model's sizes as transformers.js asks for them."""
    return {
        "architectures": ["LlamaForCausalLM"],
        "model_type": "llama",
        "vocab_size": config.vocab_size,
        "hidden_size": config.d_model,
        "num_hidden_layers": config.n_layers,
        "num_attention_heads": config.n_heads,
        "num_key_value_heads": config.n_kv_heads,
        "head_dim": config.d_head,
        "intermediate_size": config.d_ff,
        "rms_norm_eps": config.norm_eps,
        "rope_theta": config.rope_theta,
        "tie_word_embeddings": config.tie_embeddings,
        "max_position_embeddings": config.max_seq_len,
    }


def make_files(lm: LanguageModel, scratch: Path, python: Path) -> None:
    """The model as our script, and as the peers' file."""
    (scratch / "fjord.js").write_text(model_script(lm), encoding="ascii")
    (scratch / "page.html").write_text(PAGE, encoding="ascii")
    target = scratch / "model" / "onnx" / "model.onnx"
    target.parent.mkdir(parents=True)
    config = target.parents[1] / "config.json"
    config.write_text(json.dumps(llama_config(lm.config)), encoding="ascii")
    command = [python, "-m", "benchmarks.page_onnx", DATA / "fjord", target]
    subprocess.run(command, cwd=ROOT, check=True)


@cache
def sizes(path: Path) -> tuple[int, int]:
    """Bytes of a file, as it lies there and as a server would pack it."""
    content = path.read_bytes()
    return len(content), len(gzip.compress(content))
