"""Run lessons from top to bottom; what JAX compiles is kept where its variables say.

`prepare.py` starts this in the lessons' environment, with the numbers of some lessons
or none, for all of them. A lesson is done again only after it, or the package, changed.
"""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from llm_lessons.pages.execution import executed, lessons


def main(numbers: list[str]) -> None:
    """Run the lessons whose files begin with these numbers."""
    kept = Path(os.environ["JAX_COMPILATION_CACHE_DIR"]).with_name("executed")
    for path in lessons():
        if not numbers or path.name[:2] in numbers:
            print(f"  {path.stem}", flush=True)
            executed(path, kept)


if __name__ == "__main__":
    main(sys.argv[1:])
