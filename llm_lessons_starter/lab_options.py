"""Options for JupyterLab, looked at before it starts.

It would take no notice of one that it doesn't know, or answer with a traceback.
"""

import json
import socket
from typing import Dict, List

from llm_lessons_starter.command_line import perhaps
from llm_lessons_starter.installer import ask
from llm_lessons_starter.trouble import Trouble

# What JupyterLab and its server know: options that take a value, and flags.
ASK = """
import json
from jupyter_server.serverapp import ServerApp
from jupyterlab.labapp import LabApp
apps = LabApp(), ServerApp()
known = lambda names: [name for app in apps for one in getattr(app, names)
                       for name in ([one] if isinstance(one, str) else one)]
print(json.dumps({"values": known("aliases"), "flags": known("flags")}))
"""
ALWAYS = ["h", "help", "help-all", "version", "V"]
HIGHEST_PORT = 65535


def check_options(arguments: List[str], python: str, command: str) -> None:
    """Raise Trouble at the first option that JupyterLab can't do anything with.

    Args:
        arguments: what is to be passed on to JupyterLab.
        python: the one that it runs on, which is asked what it knows.
        command: what one types to open the lessons, such as "python3 start.py".
    """
    if not arguments:
        return
    answer = ask([python, "-c", ASK])
    if answer is None:  # a version that is asked in another way answers for itself
        return
    known = json.loads(answer)
    for place, argument in enumerate(arguments):
        if argument.startswith("-"):
            name, equals, value = argument.lstrip("-").partition("=")
            if not equals and name in known["values"]:
                value = "".join(arguments[place + 1 : place + 2])
            check_option(name, value, known, command)


def check_option(
    name: str, value: str, known: Dict[str, List[str]], command: str
) -> None:
    """Raise Trouble where JupyterLab can't do anything with one option."""
    flags = [*known["flags"], *ALWAYS]
    if "." in name or name in flags:  # with a dot, it is one of its settings
        return
    if name not in known["values"]:
        guess = perhaps(name, [*flags, *known["values"]], "--")
        raise Trouble(
            f"JupyterLab knows no option `--{name}`: {guess}`{command} --help-all` "
            "lists those there are."
        )
    if not value or value.startswith("--"):
        raise Trouble(f"`--{name}` wants a value: `{command} --{name}=...`.")
    number = int(value) if value.isdecimal() and len(value) < 6 else HIGHEST_PORT + 1
    if name == "port" and number > HIGHEST_PORT:
        raise Trouble(
            f"{value!r} is no port: give a whole number up to {HIGHEST_PORT}, as in "
            f"`{command} --port=9000`."
        )
    if name == "ip" and value != "*" and not is_address(value):
        raise Trouble(
            f"{value!r} is no address of this machine: `--ip=127.0.0.1` is the usual "
            "one, and `--ip=0.0.0.0` all of them."
        )


def is_address(name: str) -> bool:
    """Whether a server here could listen to this name or address."""
    try:
        socket.getaddrinfo(name, None)
    except (OSError, ValueError):
        return False
    return True
