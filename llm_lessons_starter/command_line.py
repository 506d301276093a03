"""A command line whose every failure is one sentence: shared by both ways in."""

import difflib
import os
import re
import signal
import sys
from typing import Callable, List, Optional, Sequence, Tuple

from llm_lessons_starter.quietly import ready
from llm_lessons_starter.trouble import AGAIN, Trouble, from_system

# Has the lessons' Python do something, and returns its exit code.
Run = Callable[[List[str]], int]


def say(text: str) -> None:
    """Tell the learner what is going on, at once even where output is buffered."""
    print(text, flush=True)


def perhaps(word: str, known: Sequence[str], before: str = "") -> str:
    """The beginning of a remedy that guesses what was meant; empty without a guess."""
    near = difflib.get_close_matches(word.lower(), known, n=1, cutoff=0.7)
    return f"did you mean `{before}{near[0]}`? " if near else ""


def carry_out(work: Callable[[], int]) -> int:
    """The exit code of some work; every failure is one sentence and exit code 1."""
    for stream in (sys.stdout, sys.stderr):
        # a folder's name may have letters that this terminal can't show
        getattr(stream, "reconfigure", dict)(errors="backslashreplace")
    try:
        ready()
        return work()
    except Trouble as trouble:
        sentence = str(trouble)
    except BrokenPipeError:  # as in `python3 start.py --help | head -1`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        sentence = str(from_system(error))
    except KeyboardInterrupt as stop:
        say(f"\nStopped: {AGAIN} to go on from here.")
        return 143 if stop.args == (signal.SIGTERM,) else 130
    print(sentence, file=sys.stderr, flush=True)
    return 1


def heed_the_end() -> None:
    """Let SIGTERM be what Ctrl-C is, but for the exit code."""

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt(signal.SIGTERM)

    signal.signal(signal.SIGTERM, interrupt)


def take_option(name: str, arguments: List[str]) -> Tuple[Optional[str], List[str]]:
    """What stands behind an option, or behind its `=`, and the other arguments.

    None where the option isn't given, an empty text where nothing stands behind it.

    Raises:
        Trouble: it is given twice.
    """
    values: List[str] = []
    left: List[str] = []
    rest = iter(arguments)
    for argument in rest:
        if argument == name:
            values.append(next(rest, ""))
        elif argument.startswith(name + "="):
            values.append(argument[len(name) + 1 :])
        else:
            left.append(argument)
    if len(values) > 1:
        raise Trouble(f"`{name}` is there twice: give it once.")
    return (values[0] if values else None), left


def is_port(word: str) -> bool:
    """Whether a server can listen on it."""
    return bool(re.match(r"[0-9]{1,5}\Z", word)) and 1 <= int(word) <= 65535


def take_no_more(command: str, arguments: List[str]) -> None:
    """Raise Trouble where words stand behind a command that has no use for any."""
    if arguments:
        word = arguments[0]
        raise Trouble(f"`{command}` takes no more words: leave {word!r} out.")


def from_here(name: str, arguments: List[str]) -> List[str]:
    """The arguments, with the path behind an option named from the root.

    A command that runs in another folder finds what was meant where it was typed.

    Raises:
        Trouble: nothing stands behind the option.
    """
    path, left = take_option(name, arguments)
    if path is None:
        return left
    if not path or path.startswith("-"):
        raise Trouble(f"`{name}` wants a folder: write `{name} FOLDER`.")
    return [*left, f"{name}={os.path.abspath(os.path.expanduser(path))}"]
