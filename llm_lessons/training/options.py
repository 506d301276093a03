"""The settings of the commands that train, and what to say to nonsense in them."""

import argparse
from pathlib import Path

from llm_lessons.foundation.commands import Parser, whole_number
from llm_lessons.foundation.paths import BUILD, DATA
from llm_lessons_starter.trouble import Trouble

FJORDS, TWINS = 1, 0  # seeds
LARGEST = 2**31 - 1


def _add_devices(parser: argparse.ArgumentParser) -> None:
    split = "CPU devices to split the work over (on each host)"
    count = whole_number(1, LARGEST)
    parser.add_argument("--devices", type=count, default=2, help=split)


def check_devices(devices: int, rows: int) -> None:
    """Raise Trouble where there are more devices than rows to share out."""
    if devices > rows:
        raise Trouble(
            f"--devices {devices} is too many: a batch of {rows} rows is shared by "
            f"{rows} devices at most."
        )


def parse(arguments: list[str], description: str | None) -> argparse.Namespace:
    """The settings of `train`.

    Raises:
        Trouble: there is nonsense in them.
    """
    parser = Parser("train", description)
    _add_what_is_trained(parser)
    _add_devices(parser)
    _add_hosts(parser)
    settings = parser.parse_args(arguments)
    if settings.out is None:
        settings.out = _folder(settings)
    alone = (settings.coordinator, settings.hosts, settings.host) == (None, None, None)
    if not settings.distributed and not alone:
        parser.error("--coordinator, --hosts and --host go with --distributed")
    return settings


def _add_what_is_trained(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    seeds = "first random numbers and data order; 1 is Fjord's, 0 the twin's"
    add("--seed", type=whole_number(0, LARGEST), default=FJORDS, help=seeds)
    own = "a text of your own to train on, in the place of Fjordby"
    add("--text", type=Path, metavar="FILE", help=own)
    add("--out", type=Path, help="folder to write the model to")
    add("--work", type=Path, default=BUILD / "training", help="folder of checkpoints")
    tiny = "a tiny model on a little of the corpus, to try out machines and folders"
    add("--trial", action="store_true", help=tiny)
    seconds = whole_number(1, 86_400, "number of seconds")
    between = "time between two checkpoints"
    add("--save-every", type=seconds, default=60, metavar="SECONDS", help=between)


def _folder(settings: argparse.Namespace) -> Path:
    """Where a model goes: the two that ship have their places, others lie in build."""
    if settings.trial:
        return BUILD / "trial"
    if settings.text:
        return BUILD / "own" / settings.text.stem
    names, seed = {FJORDS: "fjord", TWINS: "fjord-twin"}, settings.seed
    return DATA / names[seed] if seed in names else BUILD / f"fjord-{seed}"


def _add_hosts(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument_group(
        "training on several hosts",
        "The same command on each, but for --host. Under Slurm or Open MPI 4 they are "
        "found out where they are not given. See classroom/TRAINING.md.",
    ).add_argument
    add("--distributed", action="store_true", help="join the other hosts of the job")
    add("--coordinator", metavar="HOST:PORT", help="where host 0 awaits the others")
    count = whole_number(1, LARGEST)
    add("--hosts", type=count, metavar="N", help="how many hosts there are")
    number = whole_number(0, LARGEST)
    add("--host", type=number, metavar="I", help="this one's number, from 0 to N - 1")
