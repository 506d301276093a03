"""Which host of a job this is: by the command line, or by what started the job."""

import os
import re
from typing import NamedTuple

from jax._src.clusters import ClusterEnv  # there is no public way to ask JAX

from llm_lessons_starter.trouble import Trouble

# Open MPI 5 tells JAX nothing unless mpi4py is installed, but says this to everybody.
OPEN_MPI = ("OMPI_COMM_WORLD_SIZE", "OMPI_COMM_WORLD_RANK")
ADDRESS = re.compile(r"(\[[\w:.%]+\]|[^\s:/\[\]]+):([0-9]{1,5})")
REMEDY = "give --coordinator HOST:PORT --hosts N --host I"


class Place(NamedTuple):
    """A host's place in a job.

    Attributes:
        name: of host 0, where the others find it.
        port: on which it awaits them.
        hosts: how many there are.
        host: number of this one, from 0.
    """

    name: str
    port: int
    hosts: int
    host: int

    def __str__(self) -> str:
        return f"{self.name}:{self.port}"


def find_place(
    coordinator: str | None, hosts: int | None, host: int | None, wait: float
) -> Place:
    """The place of this host; what is None is found out.

    JAX knows Slurm, Open MPI and Kubernetes by their environment variables.

    Args:
        coordinator: "name:port" of host 0.
        hosts: how many there are.
        host: number of this one.
        wait: seconds in which the name of host 0 may become known.

    Raises:
        Trouble: it isn't known, or makes no sense.
    """
    if coordinator is None:
        coordinator = os.environ.get("JAX_COORDINATOR_ADDRESS")
    if coordinator is None or hosts is None or host is None:
        coordinator, hosts, host = _ask(coordinator, hosts, host, wait)
    found = ADDRESS.fullmatch(coordinator)
    if not found or not 1 <= int(found[2]) <= 65_535:
        raise Trouble(
            f"--coordinator {coordinator!r} is no address of the form HOST:PORT: name "
            "host 0 and a free port on it, such as node1:5000."
        )
    if host >= hosts:
        raise Trouble(
            f"--host {host} is none of {hosts} hosts: give each a number of its own "
            f"from 0 to {hosts - 1}."
        )
    return Place(found[1], int(found[2]), hosts, host)


def _ask(
    coordinator: str | None, hosts: int | None, host: int | None, wait: float
) -> tuple[str, int, int]:
    """What a scheduler tells, for what isn't given."""
    try:
        if hosts is None and host is None and OPEN_MPI[0] in os.environ:
            hosts, host = (int(os.environ[name]) for name in OPEN_MPI)
        coordinator, hosts, host, _ = ClusterEnv.auto_detect_unset_distributed_params(
            coordinator, hosts, host, [0], None, int(wait)
        )
    except Exception as error:  # whatever a scheduler's own means may raise
        raise Trouble(
            f"The scheduler didn't tell which host this is ({_first_line(error)}): "
            f"{REMEDY}."
        ) from error
    if coordinator is None or hosts is None or host is None:
        raise Trouble(
            "Which host this is isn't known, for neither Slurm nor Open MPI nor "
            f"Kubernetes tells: {REMEDY}."
        )
    return coordinator, hosts, host


def _first_line(error: Exception) -> str:
    """An error in a line, without the full stop."""
    lines = str(error).strip().splitlines()
    return (lines[0] if lines else type(error).__name__).rstrip(". ")
