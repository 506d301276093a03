"""A file that is not as it was written is told from one that is."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from llm_lessons.training.sealed import Damaged, seal, unseal
from tests.each import each_of

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


def test_arrays_that_lie_the_other_way_round_are_kept_as_they_are():
    array = np.arange(6).reshape(2, 3).T
    np.testing.assert_array_equal(unseal(seal({"a": array}, ""))[0]["a"], array)


def test_every_altered_bit_is_noticed():
    data = seal(SMALL, "a text")
    for i in range(8 * len(data)):
        altered = bytearray(data)
        altered[i // 8] ^= 1 << i % 8
        with pytest.raises(Damaged):
            unseal(bytes(altered))


def test_every_cut_and_what_is_added_is_noticed():
    data = seal(SMALL, "a text")
    for size in range(len(data)):
        with pytest.raises(Damaged):
            unseal(data[:size])
    with pytest.raises(Damaged):
        unseal(data + b"\0")


@each_of("data", [b"", b"PK\3\4", b"\xff" * 100, b'{"a": ' * 10_000])
def test_other_files_are_noticed(data: bytes):
    with pytest.raises(Damaged):
        unseal(data)
