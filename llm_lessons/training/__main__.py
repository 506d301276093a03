"""Train the class model: `python -m llm_lessons.training`, about an hour on 2 cores.

Killed at any moment, the same command goes on where the last checkpoint stands. On
several hosts the same command runs on each: see classroom/TRAINING.md.
"""

import hashlib
import importlib.metadata
import sys
from argparse import Namespace
from collections.abc import Sequence

from llm_lessons.foundation.paths import PACKAGE
from llm_lessons.training import hosts
from llm_lessons.training.options import check_devices, parse
from llm_lessons.training.recipe import recipe_of, train
from llm_lessons_starter.command_line import carry_out

DECIDES = ("fjordby", "model", "text", "training")  # the rooms that make the model


def facts(settings: Namespace) -> dict[str, str | int]:
    """What all hosts have to agree on."""
    digest = hashlib.sha256()
    for room in DECIDES:
        for path in sorted((PACKAGE / room).rglob("*.[pt]*")):  # .py and .txt
            digest.update(path.name.encode() + path.read_bytes())
    return {
        "--seed": settings.seed,
        "--trial": settings.trial,
        "--devices": settings.devices,
        "its copy of llm_lessons": digest.hexdigest()[:12],
        "the version of JAX": importlib.metadata.version("jaxlib"),
        "the version of optax": importlib.metadata.version("optax"),
    }


def run(settings: Namespace) -> int:
    """Train as the settings say; return the exit code.

    Raises:
        Trouble: something that a person can mend.
    """
    rows = recipe_of(settings)[1].rows
    check_devices(settings.devices, rows)
    hosts.use(settings.devices)
    if settings.distributed:
        hosts.join(settings.coordinator, settings.hosts, settings.host)
    hosts.mesh_for(rows)  # refuses what can't share the rows, before any work
    hosts.agree(facts(settings))
    train(settings)
    return 0


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out the command line; every failure is one sentence and exit code 1."""

    def do() -> int:
        words = list(sys.argv[1:] if arguments is None else arguments)
        return run(parse(words, __doc__))

    return carry_out(do)


if __name__ == "__main__":
    sys.exit(main())
