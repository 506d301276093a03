"""What this process may use, whatever the machine has: processors and memory.

A server for a class gives each learner a share, a container and a batch system do so
too, and Linux keeps the limits in control groups: files in a tree of folders. A process
is bound by its own folder and by each above it. Both kinds are read here, as the kernel
documents them (Documentation/admin-guide/cgroup-v2.rst and cgroup-v1/memory.rst).
"""

import contextlib
import math
import os
import sys
from collections.abc import Iterator
from pathlib import Path

_ROOT = Path("/")
_calculating: list[int] = []  # the process in which JAX does
_NO_LIMIT = 2**60  # bytes: version 1 has no word for "none", but a number of this size


def processors(root: Path = _ROOT) -> int:
    """How many processors this process may keep busy, at least one.

    As many as it may run on, or fewer where a quota gives it less of their time: one
    and a half count as two.

    Args:
        root: where `proc` and `sys` lie.
    """
    quotas = [share for folder in _groups(root, "cpu") if (share := _quota(folder))]
    return max(1, min([_usable(), *map(math.ceil, quotas)]))


def free_memory(root: Path = _ROOT) -> int | None:
    """How many bytes this process may still take until a limit stops it.

    None where nothing limits it but the machine. What the system holds of files that
    were read and could be dropped counts as free.

    Args:
        root: where `proc` and `sys` lie.
    """
    rooms = [_room(folder) for folder in _groups(root, "memory")]
    rooms.append(_address_space(root))
    return min((room for room in rooms if room is not None), default=None)


def available_memory() -> int | None:
    """How many bytes this process may take before the computer has to swap.

    As much as the system has left, or less where a limit is lower.
    """
    import psutil  # which takes its time, and is rarely asked

    left = None
    with contextlib.suppress(OSError, RuntimeError):
        left = psutil.virtual_memory().available
    rooms = [room for room in (left, free_memory()) if room is not None]
    return min(rooms, default=None)


def tell_xla(root: Path = _ROOT) -> None:
    """Have XLA start as many threads as there are processors for this process.

    It sees which processors it may run on, but no quota: with one processor's time on a
    server of 64 it would start 64 threads. `NPROC` is read when JAX first calculates.
    """
    if processors(root) < _usable():
        os.environ.setdefault("NPROC", str(processors(root)))


def check_process() -> None:
    """Note that JAX calculates in this process, if it can.

    Raises:
        RuntimeError: this process is a fork of one in which it has calculated. JAX's
            threads are not in it, and it would wait for them for ever.
    """
    if not _calculating:
        _calculating.append(os.getpid())
    if _calculating[0] != os.getpid():
        raise RuntimeError(
            "This process was forked from one in which JAX has calculated: here it "
            'would hang. Start it by multiprocessing.get_context("spawn") instead, and '
            "load the model in it."
        )


def _usable() -> int:
    if sys.version_info >= (3, 13):
        return os.process_cpu_count() or 1
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _groups(root: Path, controller: str) -> Iterator[Path]:
    """The folders of the control groups that bind this process, its own first.

    Inside a container its own may go by a name that only the outside knows. Then those
    above it are there, up to the top that the container sees.
    """
    top = root / "sys/fs/cgroup"
    for line in _text(root / "proc/self/cgroup").splitlines():
        _, kinds, name = [*line.split(":", 2), "", ""][:3]
        if kinds == "":  # version 2, alone or beside version 1
            unified = top / "unified"
            place = unified if unified.is_dir() else top
        elif controller in kinds.split(","):
            places = [top / group for group in (kinds, controller)]
            place = next((folder for folder in places if folder.is_dir()), top)
        else:
            continue
        parts = [part for part in name.split("/") if part not in ("", "..")]
        for count in range(len(parts), -1, -1):
            yield place.joinpath(*parts[:count])


def _quota(folder: Path) -> float | None:
    """Processors whose time a group may use; None without a quota."""
    quota, period = [*_text(folder / "cpu.max").split(), "", ""][:2]  # version 2
    if not quota:
        quota = _text(folder / "cpu.cfs_quota_us").strip()
        period = _text(folder / "cpu.cfs_period_us").strip()
    if not (quota.isdigit() and period.isdigit() and int(period) > 0):
        return None  # "max", "-1", or no such file
    return int(quota) / int(period)


def _room(folder: Path) -> int | None:
    """Bytes that a group may still take; None without a limit."""
    kinds = (
        ("memory.max", "memory.current", "inactive_file"),
        ("memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file"),
    )
    for limit, usage, droppable in kinds:
        most, taken = _number(folder / limit), _number(folder / usage)
        if most is None or most >= _NO_LIMIT:
            continue
        lines = _text(folder / "memory.stat").splitlines()
        stat = dict(line.split(" ", 1) for line in lines if " " in line)
        spare = stat.get(droppable, "0").strip()
        free = most - (taken or 0) + (int(spare) if spare.isdigit() else 0)
        return max(0, min(most, free))
    return None


def _address_space(root: Path) -> int | None:
    """Bytes that `ulimit -v` still allows; None without a limit, and on Windows."""
    if sys.platform == "win32":
        return None
    import resource

    most, _ = resource.getrlimit(resource.RLIMIT_AS)
    pages = _text(root / "proc/self/statm").split()[:1]
    if most == resource.RLIM_INFINITY or not pages:
        return None
    return max(0, most - int(pages[0]) * resource.getpagesize())


def _number(path: Path) -> int | None:
    text = _text(path).strip()
    return int(text) if text.isdigit() else None


def _text(path: Path) -> str:
    """What a file says; nothing where there is none or it may not be read."""
    with contextlib.suppress(OSError):
        # a group's name may be of any bytes; this way they lead to its folder
        return path.read_text(encoding="ascii", errors="surrogateescape")
    return ""
