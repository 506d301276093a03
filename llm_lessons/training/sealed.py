"""Arrays as the bytes of a file that shows by itself whether it is whole.

It is a safetensors file. Its metadata hold a checksum over all that it says, so a file
that is cut short, foreign, or altered in a single bit is told from what was written.
"""

import hashlib
import json
from collections.abc import Mapping

import numpy as np
import safetensors.numpy
from safetensors import SafetensorError

NOT_OURS = (SafetensorError, ValueError, LookupError, TypeError, RecursionError)


class Damaged(ValueError):
    """These bytes are not those that `seal` made."""


def seal(arrays: Mapping[str, np.ndarray], about: str) -> bytes:
    """The bytes of a file that holds the arrays, and a text about them."""
    whole = {
        name: np.ascontiguousarray(a).reshape(a.shape) for name, a in arrays.items()
    }
    metadata = {"about": about, "sha256": _digest(whole, about)}
    return safetensors.numpy.save(whole, metadata)


def unseal(data: bytes) -> tuple[dict[str, np.ndarray], str]:
    """The arrays and the text that `seal` was given.

    Raises:
        Damaged: a bit or more is not as it was written.
    """
    try:
        size = int.from_bytes(data[:8], "little")
        metadata = json.loads(data[8 : 8 + size])["__metadata__"]
        about, expected = metadata["about"], metadata["sha256"]
        arrays = safetensors.numpy.load(data)
    except NOT_OURS as error:
        raise Damaged("It is cut short, or another kind of file.") from error
    if _digest(arrays, about) != expected:
        raise Damaged("Its checksum is not the one that was written.")
    return arrays, about


def _digest(arrays: Mapping[str, np.ndarray], about: str) -> str:
    """SHA-256 over the names, types, shapes and bytes of all arrays, and the text."""
    digest = hashlib.sha256()
    for name, array in sorted(arrays.items()):
        digest.update(repr((name, array.dtype.str, array.shape)).encode())
        digest.update(array.tobytes())
    digest.update(about.encode())
    return digest.hexdigest()
