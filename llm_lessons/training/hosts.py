"""What the hosts of one training tell each other. On one host it costs nothing."""

import json
import os
from collections import Counter
from collections.abc import Mapping

import jax
import numpy as np
from jax.experimental import multihost_utils
from jax.sharding import AxisType, Mesh

from llm_lessons_starter.command_line import say
from llm_lessons_starter.trouble import Trouble

# An address within the job is never reached through a proxy, which JAX would try.
PROXIES = ("http_proxy", "https_proxy", "grpc_proxy", "all_proxy")
LOST = 15  # seconds of silence after which JAX gives a host up, and ends the others


def use(devices: int) -> None:
    """Have so many devices on this host's CPU; before anything is calculated."""
    jax.config.update("jax_num_cpu_devices", devices)


def join(coordinator: str | None, hosts: int | None, host: int | None) -> None:
    """Become one of the job's hosts; before anything is calculated.

    Under Slurm, Open MPI 4 and Kubernetes JAX finds out by itself what is None.

    Args:
        coordinator: where host 0 has JAX's coordination service, "name:port".
        hosts: how many there are.
        host: number of this one, from 0.

    Raises:
        Trouble: they don't reach each other, or who is who isn't known.
    """
    for name in PROXIES:
        os.environ.pop(name, None)
        os.environ.pop(name.upper(), None)
    try:
        jax.distributed.initialize(
            coordinator,
            hosts,
            host,
            heartbeat_timeout_seconds=LOST,
            shutdown_timeout_seconds=LOST,
        )
        jax.devices()  # so they are connected, however long the first one then takes
    except (RuntimeError, ValueError) as error:  # either, as it happens
        words = str(error).strip().splitlines() or [type(error).__name__]
        raise Trouble(
            f"The hosts don't find each other ({words[0].rstrip('. ')}): "
            "classroom/TRAINING.md says what is needed."
        ) from error
    say(
        f"This is host {jax.process_index()} of {jax.process_count()}. When one is "
        f"lost, JAX ends the others in {LOST} seconds, with a page of C++: the same "
        "command then goes on from the last checkpoint, also on fewer hosts."
    )


def agree(facts: Mapping[str, object]) -> None:
    """See that all hosts were told the same and have the same code.

    Raises:
        Trouble: on each of them, where one differs.
    """
    first = json.loads(tell_all(json.dumps(dict(facts)).encode()))
    mine = np.array([value != first[name] for name, value in facts.items()])
    every = multihost_utils.process_allgather(mine).reshape(-1, len(mine))
    if every.any():
        names = [
            name for name, differs in zip(facts, every.any(0), strict=True) if differs
        ]
        raise Trouble(
            f"The hosts {np.flatnonzero(every.any(1)).tolist()} differ from host 0 in "
            f"{' and '.join(names)}: give all the same options, code and packages."
        )


def is_first() -> bool:
    """Whether this host decides for all, and writes the files."""
    return jax.process_index() == 0


def tell_all(data: bytes) -> bytes:
    """What host 0 has, on every host; what the others give counts for nothing."""
    if jax.process_count() == 1:
        return data
    size = multihost_utils.broadcast_one_to_all(np.asarray(len(data), np.int32))
    mine = np.frombuffer(data, np.uint8) if is_first() else np.zeros(size, np.uint8)
    return np.asarray(multihost_utils.broadcast_one_to_all(mine)).tobytes()


def decided(mine: bool) -> bool:
    """What host 0 decided, on every host."""
    return tell_all(bytes([mine])) == b"\x01"


def all_say(mine: bool) -> bool:
    """Whether it is so on every host."""
    return bool(multihost_utils.process_allgather(np.asarray(mine)).all())


def mesh_for(rows: int) -> Mesh:
    """The devices that share a batch of so many rows, along the axis "data".

    On one host they are the fewest that have as few rows each as all would have; of
    several hosts each has to take part, with all of its devices.

    Raises:
        Trouble: there are more than rows, or not as many on each host.
    """
    devices = jax.devices()
    if jax.process_count() == 1:
        each = -(-rows // len(devices))
        return _mesh(devices[: -(-rows // each)])
    counts = Counter(device.process_index for device in devices)
    if len(set(counts.values())) > 1:
        raise Trouble(
            f"The hosts have {sorted(counts.values())} devices: let each have as many, "
            "with the same --devices or the same machines."
        )
    if len(devices) > rows:
        raise Trouble(
            f"A batch of {rows} rows is shared by {rows} devices at most, and these "
            f"{len(counts)} hosts have {len(devices)}: start fewer hosts, or give each "
            "fewer --devices."
        )
    return _mesh(devices)


def _mesh(devices: list) -> Mesh:
    return Mesh(np.array(devices), ("data",), axis_types=(AxisType.Auto,))
