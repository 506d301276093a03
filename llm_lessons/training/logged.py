"""The settings of commands that train models for a lesson, and write down what came."""

from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from llm_lessons.foundation.paths import BUILD
from llm_lessons.training import hosts
from llm_lessons.training.data import TokenStream
from llm_lessons.training.loop import Recipe
from llm_lessons.training.options import Parser, add_devices, check_devices
from llm_lessons.training.writing import check_folder
from llm_lessons_starter.trouble import Trouble


def parse_logged(
    command: str, description: str | None, log: Path, arguments: Sequence[str]
) -> Namespace:
    """Read a command line with --log, --work and --devices, and use the devices.

    Args:
        command: its name behind `start.py`.
        description: what `--help` says of it.
        log: file that is written where none is named.
        arguments: what stands behind the command.

    Raises:
        Trouble: there is nonsense in them, or nothing can be written there.
    """
    parser = Parser(command, description)
    parser.add_argument("--log", type=Path, default=log, help="file to write")
    parser.add_argument(
        "--work", type=Path, default=BUILD / "control", help="folder of checkpoints"
    )
    add_devices(parser)
    settings = parser.parse_args(arguments)
    check_devices(settings.devices, Recipe().rows)
    hosts.use(settings.devices)
    check_folder(settings.log.parent)
    check_folder(settings.work)
    if settings.log.is_dir():
        raise Trouble(f"{settings.log} is a folder: name a file with --log.")
    return settings


def named_after(stream: TokenStream) -> str:
    """What checkpoints are called after: a run on other texts begins anew."""
    return stream.sha256[:12]
