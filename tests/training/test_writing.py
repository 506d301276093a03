"""What training writes: told from what is damaged, and one more before the newest."""

import errno
import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from llm_lessons.training.writing import (
    Damaged,
    previous,
    read_checkpoint,
    seal,
    unseal,
    write_checkpoint,
)
from llm_lessons_starter.trouble import Trouble

Spoil = Callable[[Path], object]


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)


WAYS: dict[str, Spoil] = {
    "cut short": cut,
    "altered": flip,
    "foreign": lambda path: path.write_text("Dear diary"),
    "of an older form": lambda path: path.write_bytes(
        seal({}, "me").replace(b"sha256", b"sha128")
    ),
    "a folder": lambda path: (path.unlink(), path.mkdir()),
    "a link to itself": lambda path: (path.unlink(), path.symlink_to(path.name)),
}


def write(path: Path, step: int, identity: str = "me") -> None:
    write_checkpoint(path, {"step": np.asarray(step)}, identity)


def step_in(path: Path, identity: str = "me") -> int:
    data = read_checkpoint(path, identity)
    return int(unseal(data)[0]["step"]) if data else -1


def test_the_newest_is_read_and_one_more_kept(tmp_path: Path):
    path = tmp_path / "new folder" / "run.safetensors"
    assert step_in(path) == -1
    for step in (1, 2, 3):
        write(path, step)
        assert step_in(path) == step
    assert sorted(os.listdir(path.parent)) == [path.name, f"{path.name}.previous"]
    assert step_in(previous(path)) == 2
    write(path, 4, "somebody else")  # which is not passed over
    with pytest.raises(Trouble, match="belongs to another recipe, model or corpus"):
        read_checkpoint(path, "me")
    cut(path)
    cut(previous(path))
    with pytest.raises(Trouble, match=r"is damaged and .* delete it, and the same"):
        read_checkpoint(path, "me")


@pytest.mark.parametrize("way", WAYS)
def test_the_one_before_stands_in_for_a_damaged_one(way: str, tmp_path: Path, capsys):
    path = tmp_path / way / "run.safetensors"
    write(path, 1)
    write(path, 2)
    WAYS[way](path)
    assert step_in(path) == 1
    said = capsys.readouterr().out
    assert said.count("\n") == 1 and f"{path} can't be used: " in said


def test_a_disk_that_fills_up_leaves_both(tmp_path: Path, monkeypatch):
    path = tmp_path / "run.safetensors"
    write(path, 1)
    write(path, 2)

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Trouble, match=r"The disk is full, so .*run.safetensors wasn't"):
        write(path, 3)
    assert step_in(path) == 2 and step_in(previous(path)) == 1
    assert len(os.listdir(tmp_path)) == 2


@pytest.mark.parametrize("moment", [1, 2])
def test_a_kill_between_the_two_renamings_loses_a_minute_at_most(
    moment: int, tmp_path: Path, monkeypatch
):
    path = tmp_path / str(moment) / "run.safetensors"
    write(path, 1)
    write(path, 2)
    renamed, rename = [], os.replace

    def killed(source, target) -> None:
        if Path(source).name == path.name or Path(target).name == path.name:
            renamed.append(target)
            if len(renamed) == moment:
                raise KeyboardInterrupt
        rename(source, target)

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(os, "replace", killed)
        write(path, 3)
    assert step_in(path) == 2
    write(path, 4)
    assert step_in(path) == 4


SMALL = {
    "weights": np.arange(6, dtype=np.float32).reshape(2, 3),
    "step": np.asarray(7),
    "none": np.zeros(0, np.uint16),
}
KINDS = st.sampled_from([np.float32, np.float64, np.int32, np.uint16, np.uint8])
ANY = KINDS.flatmap(
    lambda kind: arrays(kind, array_shapes(min_dims=0, min_side=0, max_side=4))
)


@given(st.dictionaries(st.text(max_size=5), ANY, max_size=4), st.text(max_size=20))
def test_what_was_sealed_comes_back(held: dict[str, np.ndarray], about: str):
    held.pop("__metadata__", None)
    again, text = unseal(seal(held, about))
    assert text == about and again.keys() == held.keys()
    for name, array in held.items():
        assert again[name].dtype == array.dtype and again[name].shape == array.shape
        assert again[name].tobytes() == array.tobytes()


def test_every_altered_bit_and_every_cut_is_noticed():
    turned = np.arange(6).reshape(2, 3).T
    np.testing.assert_array_equal(unseal(seal({"a": turned}, ""))[0]["a"], turned)
    data = seal(SMALL, "a text")
    bits = (
        data[:i] + bytes([data[i] ^ 1 << b]) + data[i + 1 :]
        for i in range(len(data))
        for b in range(8)
    )
    cuts = (data[:size] for size in range(len(data)))
    for other in (*bits, *cuts, data + b"\0", b"PK\3\4", b'{"a": ' * 10_000):
        with pytest.raises(Damaged):
            unseal(other)
