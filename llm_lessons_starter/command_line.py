"""A command line whose every failure is one sentence: shared by both ways in."""

import sys
from typing import Callable, Dict, List, NamedTuple, Optional, Tuple

from llm_lessons_starter.trouble import AGAIN, Trouble, from_system


def say(text: str) -> None:
    """Tell the learner what is going on, at once even where output is buffered."""
    print(text, flush=True)


class Command(NamedTuple):
    """One word of the command line: what it does, and the function that does it."""

    summary: str
    run: Callable[[List[str]], int]


class CommandLine(NamedTuple):
    """All that a way in can do.

    Attributes:
        name: what one types, such as "python3 start.py".
        open: what it does without a command.
        commands: by their words.
        notes: lines that end the help.
    """

    name: str
    open: Callable[[List[str]], int]
    commands: Dict[str, Command]
    notes: List[str]

    def help_text(self) -> str:
        """What `--help` prints."""
        width = max(map(len, self.commands))
        lines = [
            f"Usage: {self.name} [COMMAND] [its arguments]",
            "",
            f"  {self.name} {'':<{width}} open the lessons in JupyterLab (options go "
            "to it)",
        ]
        for word, command in self.commands.items():
            lines.append(f"  {self.name} {word:<{width}} {command.summary}")
        return "\n".join([*lines, "", *self.notes])

    def dispatch(self, arguments: List[str]) -> int:
        """Carry out a command line; return its exit code."""
        if arguments[:1] in (["-h"], ["--help"], ["help"]):
            say(self.help_text())
            return 0
        if not arguments or arguments[0].startswith("-"):
            return self.open(arguments)
        if arguments[0] not in self.commands:
            raise Trouble(
                f"There is no command {arguments[0]!r}: "
                f"`{self.name} --help` lists those there are."
            )
        return self.commands[arguments[0]].run(arguments[1:])


def carry_out(work: Callable[[], int]) -> int:
    """The exit code of some work; every failure is one sentence and exit code 1."""
    try:
        return work()
    except Trouble as trouble:
        sentence = str(trouble)
    except OSError as error:
        sentence = str(from_system(error))
    except KeyboardInterrupt:
        say(f"\nStopped: {AGAIN} to go on from here.")
        return 130
    print(sentence, file=sys.stderr, flush=True)
    return 1


def take_option(name: str, arguments: List[str]) -> Tuple[Optional[str], List[str]]:
    """What stands behind an option, and the other arguments.

    None where the option isn't given, an empty text where nothing stands behind it.
    """
    if name not in arguments:
        return None, arguments
    place = arguments.index(name)
    value = "".join(arguments[place + 1 : place + 2])
    return value, arguments[:place] + arguments[place + 2 :]
