"""Run lessons from top to bottom; what JAX compiles is kept where its variables say.

`prepare.py` starts this in the lessons' environment, with the numbers of some lessons
or none, for all of them. A lesson is done again only after it, or the package, changed,
or what JAX compiles for: the environment's packages or the processor.
"""

import hashlib
import os
import platform
import shutil
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from llm_lessons.pages.execution import executed, lessons
from llm_lessons_starter.environment import ENVIRONMENT, read_stamp

CPU = Path("/proc/cpuinfo")


def main(numbers: list[str]) -> None:
    """Run the lessons whose files begin with these numbers."""
    compiled = Path(os.environ["JAX_COMPILATION_CACHE_DIR"])
    kept = compiled.with_name(f"executed-{target()}")
    if not compiled.is_dir() or not any(compiled.iterdir()):  # to be filled again
        for run in compiled.parent.glob("executed*"):
            shutil.rmtree(run, ignore_errors=True)
    for path in lessons():
        if not numbers or path.name[:2] in numbers:
            print(f"  {path.stem}", flush=True)
            executed(path, kept)


def target() -> str:
    """A fingerprint of what is compiled for: packages, real model, processor."""
    text = CPU.read_text("utf-8", "replace") if CPU.is_file() else ""
    kinds = ("model name", "flags", "Features", "CPU part")  # of Intel's kin, and ARM's
    lines = {line for line in text.splitlines() if line.startswith(kinds)}
    known = [platform.machine(), *read_stamp(ENVIRONMENT).values(), *sorted(lines)]
    return hashlib.sha256("\n".join(known).encode()).hexdigest()[:16]


if __name__ == "__main__":
    main(sys.argv[1:])
