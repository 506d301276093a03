#!/usr/bin/env python3
"""Open the lessons, test them or train their model: `python3 start.py --help`.

Whatever `python3` a machine has, the answer should be a sentence, not a traceback: this
file and `llm_lessons_starter/` use the standard library alone, and nothing newer than
Python 3.6 in their syntax and imports. The lessons run on a newer Python: uv, the
installer, is found or fetched, and makes an environment in `.venv`.

The commands are listed in `llm_lessons_starter/commands.py`.
"""

import sys

from llm_lessons_starter.from_checkout import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
