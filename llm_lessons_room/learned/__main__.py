"""Read what leaders saved of their evenings, and say what was learned: `learned`."""

import sys
from pathlib import Path

from llm_lessons.foundation.commands import Parser
from llm_lessons_room.learned.answers import Person, gather
from llm_lessons_room.learned.report import NAMES, draw, gains, write_report
from llm_lessons_starter.command_line import carry_out, say
from llm_lessons_starter.trouble import Trouble


def main() -> int:
    parser = Parser("learned", __doc__)
    parser.add_argument(
        "files", nargs="+", type=Path, metavar="room.json", help="of an evening"
    )
    parser.add_argument(
        "--control",
        nargs="+",
        type=Path,
        default=[],
        metavar="room.json",
        help="of a group that read the booklet instead",
    )
    parser.add_argument(
        "--out",
        type=Path,
        default=Path(),
        help="the folder for learned.md and learned.svg (this one)",
    )
    options = parser.parse_args()
    people = _people(options.files)
    others = _people(options.control) if options.control else []
    text = write_report(people, others)
    print(text)
    options.out.mkdir(parents=True, exist_ok=True)
    report, figure = (options.out / f"learned.{end}" for end in ("md", "svg"))
    report.write_text(text, encoding="utf-8")
    draw({when: gains(people, when) for when in NAMES}, figure)
    say(f"The report is {report}, its figure {figure}.")
    return 0


def _people(paths: list[Path]) -> list[Person]:
    people, troubles = gather(paths)
    for trouble in troubles:
        print(trouble, file=sys.stderr)
    if not people:
        raise Trouble("None of the files has answers to the six questions.")
    return people


if __name__ == "__main__":
    sys.exit(carry_out(main))
