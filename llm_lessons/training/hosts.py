"""What the hosts of one training tell each other. On one host it costs nothing."""

import os
import socket
from collections import Counter

import jax
import numpy as np
from jax.experimental import multihost_utils
from jax.sharding import AxisType, Mesh

from llm_lessons_starter.trouble import Trouble

# An address within the job is never reached through a proxy, which JAX would try.
PROXIES = ("http_proxy", "https_proxy", "grpc_proxy", "all_proxy")


def use(devices: int) -> None:
    """Have so many devices on this host's CPU; before anything is calculated."""
    jax.config.update("jax_num_cpu_devices", devices)


def join(address: str, hosts: int, host: int) -> None:
    """Become one of the job's hosts; before anything is calculated.

    Args:
        address: where host 0 has JAX's coordination service, "name:port".
        hosts: how many there are.
        host: number of this one, from 0.

    Raises:
        ConnectionError: they don't reach each other.
    """
    for name in PROXIES:
        os.environ.pop(name, None)
        os.environ.pop(name.upper(), None)
    both = socket.has_dualstack_ipv6()  # where JAX would listen unasked
    jax.distributed.initialize(
        address,
        hosts,
        host,
        cluster_detection_method="deactivate",
        coordinator_bind_address=None if both else f"0.0.0.0:{address.split(':')[-1]}",
    )
    try:
        tell_all(b"")  # so they are connected, however long the first one then takes
    except (RuntimeError, ValueError) as error:  # either, as it happens
        raise ConnectionError(
            "it and the others don't reach each other: the name that `hostname` gives "
            "must lead to an address for the others, and no firewall may be between"
        ) from error


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
