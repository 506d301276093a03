"""Several programs, one after the other, of which each makes a part of a whole."""

from typing import List, Tuple

from llm_lessons_starter.command_line import Run, say
from llm_lessons_starter.quietly import quietly
from llm_lessons_starter.trouble import AGAIN, Trouble


def make_all(whole: str, steps: List[Tuple[str, List[str]]], run: Run) -> None:
    """Run them all; say which one is at work.

    Args:
        whole: what they make together, such as "ZIP".
        steps: what each makes, and the module and its arguments.

    Raises:
        Trouble: one failed, and has said why.
    """
    for number, (what, command) in enumerate(steps, 1):
        say(f"{number} of {len(steps)}: making {what} ...")
        if run(quietly(command)):
            again = f"mend what is said above, and {AGAIN}"
            raise Trouble(f"There is no {whole} without {what}: {again}.")
