"""One bad entry among the models on this computer: a line of the list, and no more.

The bound, written down before the first run: a line within a tenth of a second. Once
more as long is for what is found of the lessons themselves.
"""

import gc
import os
import struct
import sys
import time
from pathlib import Path

import pytest

import llm_lessons as ll
from llm_lessons.foundation import machine
from llm_lessons.language_model.on_disk.listing import FoundModel, models
from llm_lessons.weights import gguf_header
from tests import fake_homes
from tests.language_model.on_disk.test_listing import others
from tests.refused import refused

SECONDS = 0.2  # of the processor's time: others may use it, too
NO_FILE = "can't be read: it is no plain file."


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    home = fake_homes.empty(tmp_path / "home", monkeypatch)
    models()  # what is imported once is not counted ...
    gc.collect()  # ... nor what other tests left behind
    return home


def lines() -> dict[str, FoundModel]:
    """What is found, in time, and shown in a notebook and a terminal."""
    began = time.process_time()
    found = others()
    assert time.process_time() - began < SECONDS * max(1, len(found))
    for one in found.values():
        assert all(cell.isprintable() for cell in one.cells()), one
    for shown in (repr(models()), models()._repr_html_()):
        assert len(shown.encode()) < 3_000 * (len(found) + 3)  # ours are three
    return found


def line() -> FoundModel:
    """The only one that is found, which can't be run."""
    (one,) = lines().values()
    assert not one.runs and one.trouble.endswith(".")
    return one


@pytest.mark.skipif(os.name == "nt", reason="no pipes and links by everybody there")
def test_what_is_no_plain_file(home: Path):
    whole = fake_homes.lm_studio(home, "someone/a/a.gguf")
    os.mkfifo(whole.with_name("pipe.gguf"))
    whole.with_name("gone.gguf").symlink_to(home / "nothing")
    whole.with_name("around.gguf").symlink_to(whole.with_name("around.gguf"))
    blob = fake_homes.ollama(home, "c", "1b", "llama 3")
    blob.unlink()
    os.mkfifo(blob)
    found = lines()
    assert found.pop("lmstudio:someone/a/a.gguf").runs and len(found) == 4
    for name, one in found.items():
        words = NO_FILE
        if name.endswith(("gone.gguf", "around.gguf")):
            words = "is a link that leads nowhere; fetch it anew."
        assert words in one.trouble, one
        assert words in refused(lambda name=name: ll.load(name))


def test_a_head_wider_than_any(home: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(machine, "available_memory", lambda: 10**10)
    path = fake_homes.lm_studio(home, "someone/a/a.gguf", "llama 3")
    file = bytearray(path.read_bytes())
    for name in (b"llama.attention.key_length", b"llama.attention.value_length"):
        struct.pack_into("<I", file, file.index(name) + len(name) + 4, 2**31 - 2)
    path.write_bytes(file)
    assert "a.gguf" in line().trouble  # it would be a tuple of eight gigabytes


@pytest.mark.skipif(sys.platform != "linux", reason="names are text there")
def test_names_that_nobody_could_read(home: Path):
    whole = fake_homes.lm_studio(home, "someone/a/a.gguf")
    folder = os.fsencode(whole.parent)
    for name in (b"\xff\xfe", b"\x1b[31m\nred\x07", b"x" * 250):
        for kind in (b".gguf", b".cut.gguf"):
            name = name[: 255 - len(kind)]
            content = whole.read_bytes() if kind == b".gguf" else b"GGUF"
            Path(os.fsdecode(folder + b"/" + name + kind)).write_bytes(content)
    whole.unlink()
    found = lines()
    assert len(found) == 6
    assert "lmstudio:someone/a/\\x1b[31m\\nred\\x07.gguf" in found
    for name, one in found.items():
        assert len(one.cells()[0]) <= 120 and name.isprintable()
        if one.runs:
            assert ll.load(name).name == name
        else:
            assert refused(lambda name=name: ll.load(name)).isprintable()
    assert [one.runs for one in found.values()].count(True) == 3


def test_a_folder_that_may_not_be_read_costs_no_other(
    home: Path, monkeypatch: pytest.MonkeyPatch
):
    for name in ("a", "b", "c"):
        fake_homes.lm_studio(home, f"someone/{name}/{name}.gguf")
        fake_homes.hub(home, f"someone/{name}", f"{name}.gguf")
    fake_homes.ollama(home, "a", "1b")
    closed = ("/someone/b", "/models--someone--b/snapshots", "/manifests")

    def guarded(real):
        def look(path="."):
            if Path(path).as_posix().endswith(closed):
                raise PermissionError(13, "Permission denied", str(path))
            return real(path)

        return look

    monkeypatch.setattr(os, "scandir", guarded(os.scandir))
    monkeypatch.setattr(os, "listdir", guarded(os.listdir))
    found = lines()
    for name in ("lmstudio:?", "llama.cpp:?", "ollama:?"):
        assert "Permission denied" in found.pop(name).trouble
    assert "Permission denied" in refused(lambda: ll.load("ollama:a:1b"))
    assert set(found) == {
        *("lmstudio:someone/a/a.gguf", "lmstudio:someone/c/c.gguf"),
        *("llama.cpp:someone/a/a.gguf", "llama.cpp:someone/c/c.gguf"),
    }
    assert all(one.runs for one in found.values())


def test_whatever_else_a_file_makes_fail(home: Path, monkeypatch: pytest.MonkeyPatch):
    def stumbles(path: Path) -> None:
        raise RecursionError("out of\n\x1b[31mluck.")

    fake_homes.lm_studio(home, "someone/a/a.gguf")
    monkeypatch.setattr(gguf_header, "GGUFHeader", stumbles)
    assert line().trouble == "It can't be read: out of \\x1b[31mluck."
