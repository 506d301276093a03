"""A JupyterHub for some learners, on a checkout that nobody can write.

The hub is the one of `classroom/`. For all its processes the lessons' folder is
mounted read-only, so that not even the administrator writes there. Each learner is a
user of the system, but for a name in /etc/passwd, with a home folder of their own.
"""

import asyncio
import contextlib
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from classroom import places
from llm_lessons_starter.installer import ROOT, program

FIRST_UID = 61_000  # beyond those that systems give out
STARTS_IN = 180  # seconds: a hub, or many servers at once, on a busy machine


@dataclass
class Hub:
    """A running hub.

    Attributes:
        folder: all that it and its learners write.
        port: where it listens on 127.0.0.1.
        token: lets a test do what an administrator may.
        learners: their names, with the user and the control groups of each.
    """

    folder: Path
    port: int
    token: str
    learners: dict[str, dict] = field(default_factory=dict)

    @property
    def cull(self) -> Path:
        """When this file is there, servers that nobody uses are stopped."""
        return self.folder / "state" / "cull"

    def home(self, name: str) -> Path:
        return self.folder / "homes" / name

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}/{path}"

    def ask(self, path: str, method: str = "GET", body: object = None) -> dict:
        """Ask the hub's API as an administrator."""
        data = None if body is None else json.dumps(body).encode()
        headers, url = {"Authorization": f"token {self.token}"}, f"hub/api/{path}"
        request = urllib.request.Request(self.url(url), data, headers, method=method)
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.loads(answer.read() or b"{}")

    async def servers(self, name: str) -> list[dict]:
        """A learner's servers: none, or one that starts, runs or stops."""
        user = await asyncio.to_thread(self.ask, f"users/{name}")
        return list(user["servers"].values())

    async def start(self, name: str) -> float:
        """Start a learner's server; returns the seconds until it answers."""
        began = time.monotonic()
        await asyncio.to_thread(self.ask, f"users/{name}/server", "POST")
        async with asyncio.timeout(STARTS_IN):
            while not any(one["ready"] for one in await self.servers(name)):
                await asyncio.sleep(0.1)
        return time.monotonic() - began

    async def stop(self, name: str) -> None:
        """Stop a learner's server, and wait until it has ended."""
        await asyncio.to_thread(self.ask, f"users/{name}/server", "DELETE")
        while await self.servers(name):
            await asyncio.sleep(0.1)

    def memory(self, name: str) -> int:
        """Bytes of a learner's processes; what several share counts in parts (PSS)."""
        return sum(map(shared_memory, processes_of(self.learners[name]["uid"])))

    @property
    def log(self) -> Path:
        """What the hub and its learners' servers print."""
        return self.folder / "hub.log"


def processes_of(uid: int) -> list[Path]:
    """The folders in /proc of a user's processes."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):  # it has ended meanwhile
            if process.stat().st_uid == uid:
                found.append(process)
    return found


def shared_memory(process: Path) -> int:
    """Bytes of a process; a page that several share counts in parts (PSS)."""
    with contextlib.suppress(OSError):
        for line in (process / "smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return 0


def free_ports(count: int) -> list[int]:
    """Ports that nobody listens on."""
    with contextlib.ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(count)]
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]


def make_homes(hub: Hub, names: Sequence[str], memory: int | None) -> None:
    """A home folder and, with a limit in bytes, a control group for each learner."""
    for i, name in enumerate(names):
        uid = FIRST_UID + i
        hub.home(name).mkdir(parents=True, mode=0o700)
        os.chown(hub.home(name), uid, uid)
        groups = [] if memory is None else memory_group(f"llm-lessons-{uid}", memory)
        hub.learners[name] = {"uid": uid, "in": list(map(str, groups))}


def memory_group(name: str, limit: int) -> list[Path]:
    """A control group with a limit in bytes; none where it can't be made."""
    top = Path("/sys/fs/cgroup")
    unified = (top / "cgroup.controllers").exists()
    folder = (top if unified else top / "memory") / name
    try:
        folder.mkdir(exist_ok=True)
        file = "memory.max" if unified else "memory.limit_in_bytes"
        (folder / file).write_text(str(limit))
    except OSError:
        with contextlib.suppress(OSError):
            folder.rmdir()
        return []
    return [folder]


@contextlib.asynccontextmanager
async def running_hub(
    names: Sequence[str], memory: int | None = None
) -> AsyncIterator[Hub]:
    """A hub for learners, each with at most `memory` bytes, if that can be set.

    All that it wrote is removed in the end.
    """
    folder = Path(tempfile.mkdtemp(prefix="llm-lessons-hub-"))
    folder.chmod(0o755)
    ports = free_ports(3)
    hub = Hub(folder, ports[0], secrets.token_hex(16))
    make_homes(hub, names, memory)
    state = folder / "state"
    state.mkdir(mode=0o700)
    (state / "learners.txt").write_text("\n".join(names) + "\n")
    place = {
        "config": str(ROOT / "classroom" / "jupyterhub_config.py"),
        "homes": str(folder / "homes"),
        "learners": hub.learners,
        "ports": ports,
        "cull": str(hub.cull),
        "token": hub.token,
    }
    process = start_process(hub, state, place)
    try:
        await until_it_answers(hub, process)
        yield hub
    finally:
        end(process)
        for learner in hub.learners.values():
            for group in map(Path, learner["in"]):
                await vanish(group)
        shutil.rmtree(folder)


# Mounts $1 read-only in its place, and runs the rest. Where others can't come there,
# a folder on the way, $2, gets an empty one before it, in which only $1 is.
READ_ONLY = """
mkdir "$3" && mount --bind "$1" "$3" && mount -o remount,bind,ro "$3" &&
if [ -n "$2" ]; then mount -t tmpfs -o mode=755 none "$2" && mkdir -p "$1"; fi &&
mount --bind "$3" "$1" && shift 3 && exec "$@"
"""


def start_process(hub: Hub, state: Path, place: dict) -> subprocess.Popen:
    """The hub, for which the lessons' folder is read-only."""
    above = [*reversed(ROOT.parents), ROOT]
    closed = [str(one) for one in above if not one.stat().st_mode & 0o001]
    mount = ["unshare", "--mount", "sh", "-c", READ_ONLY, "sh", str(ROOT)]
    mount += [closed[0] if closed else "", str(hub.folder / "mounted")]
    config = ROOT / "tests" / "classroom" / "hub_config.py"
    python = program(places.HUB, "python")
    env = {
        "PATH": os.environ["PATH"],
        "HOME": str(state),
        "LLM_LESSONS_HUB": json.dumps(place),
    }
    with open(hub.log, "w") as log:
        return subprocess.Popen(
            [*mount, python, "-m", "jupyterhub", "-f", str(config)],
            cwd=state,
            env=env,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )


async def until_it_answers(hub: Hub, process: subprocess.Popen) -> None:
    """Wait for the hub, or raise with its last words."""
    patience = time.monotonic() + STARTS_IN
    while process.poll() is None and time.monotonic() < patience:
        with contextlib.suppress(OSError, urllib.error.HTTPError):
            hub.ask("users")
            return
        await asyncio.sleep(0.2)
    raise RuntimeError(f"The hub did not start:\n{hub.log.read_text()[-3000:]}")


def end(process: subprocess.Popen) -> None:
    """Ask the hub to end, with the servers that it started."""
    process.terminate()
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(20)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


async def vanish(group: Path) -> None:
    """Remove a control group once its last process is gone."""
    for _ in range(50):
        with contextlib.suppress(OSError):
            group.rmdir()
            return
        await asyncio.sleep(0.1)
