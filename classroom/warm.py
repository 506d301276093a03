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
from llm_lessons_starter import atomic
from llm_lessons_starter.environment import read_stamp

CPU = Path("/proc/cpuinfo")


def main(numbers: list[str]) -> None:
    """Run the lessons whose files begin with these numbers."""
    compiled = Path(os.environ["JAX_COMPILATION_CACHE_DIR"])
    kept = compiled.with_name("executed")
    begin(compiled, kept)
    for path in lessons():
        if not numbers or path.name[:2] in numbers:
            print(f"  {path.stem}", flush=True)
            executed(path, kept)


def begin(compiled: Path, kept: Path) -> None:
    """Forget the runs in `kept` if they didn't fill `compiled` as it is to be now."""
    stamp, now = kept / "compiled-for.txt", target()
    before = stamp.read_text(encoding="utf-8") if stamp.is_file() else ""
    filled = compiled.is_dir() and any(compiled.iterdir())
    if before != now or not filled:
        shutil.rmtree(kept, ignore_errors=True)
        kept.mkdir(parents=True, exist_ok=True)  # another may be at work
        atomic.write_text(stamp, now)


def target() -> str:
    """A fingerprint of what is compiled for: packages, real model, processor."""
    text = CPU.read_text("utf-8", "replace") if CPU.is_file() else ""
    kinds = ("model name", "flags", "Features", "CPU part")  # of Intel's kin, and ARM's
    lines = {line for line in text.splitlines() if line.startswith(kinds)}
    known = [platform.machine(), *read_stamp(), *sorted(lines)]
    return hashlib.sha256("\n".join(known).encode()).hexdigest()


if __name__ == "__main__":
    main(sys.argv[1:])
