"""One sentence, with its remedy, for everything that can go wrong at the start."""

import errno
import platform
import sys

AGAIN = "run the same command again"
DISK = f"The disk is full: free about 2 GB and {AGAIN}."
FULL = (errno.ENOSPC, errno.EDQUOT)
DENIED = (
    "The lessons' folder or the installer's cache can't be written: close a JupyterLab "
    f"that is still open, or copy the lessons to a folder of your own, and {AGAIN}."
)


class Trouble(Exception):
    """Something that the person at the keyboard can mend, told in one sentence."""


class NoPython(Trouble):
    """There is no Python for the lessons, nor one to be fetched."""


class MissingPackages(Trouble):
    """Packages didn't come from where they were to come, or not as they should be."""


class Unreachable(MissingPackages):
    """The package index didn't answer."""


# What an installer prints before it gives up, and what to do; the first match counts.
REMEDIES = (
    (
        ("parse environment variable",),
        Trouble,
        "An environment variable whose name begins with UV_ has a value that the "
        f"installer can't read: unset it and {AGAIN}.",
    ),
    (("No space left", "os error 28", "os error 112", "Errno 28"), Trouble, DISK),
    (
        ("initialize cache", "cache directory"),
        Trouble,
        "The installer's cache can't be written: name a folder of your own for it in "
        f"the environment variable UV_CACHE_DIR, and {AGAIN}.",
    ),
    (
        ("ermission denied", "Read-only file", "Access is denied", "os error 32"),
        Trouble,
        DENIED,
    ),
    (
        ("No interpreter found", "/cpython-"),
        NoPython,
        "No Python 3.12 to 3.15 is on this machine, and fetching one failed: check the "
        f"internet connection, or install Python 3.13 from python.org, and {AGAIN}.",
    ),
    (
        ("Hash mismatch", "DO NOT MATCH"),
        MissingPackages,
        f"A download arrived altered: {AGAIN}, and if that doesn't help, try another "
        "network, because something on the way changes files.",
    ),
    (
        ("certificate",),
        MissingPackages,
        "This network puts its own certificate before secure addresses: set the "
        f"environment variable UV_SYSTEM_CERTS=1, or use another network, and {AGAIN}.",
    ),
    (
        ("no wheels with", "no usable wheels"),
        MissingPackages,
        "A package has no build for this kind of machine: use the lessons on Binder "
        "or on another machine, as README.md says.",
    ),
    (
        ("ENOTFOUND", "EAI_AGAIN", "ENOTCACHED", "ECONNREFUSED", "ETIMEDOUT"),
        Unreachable,  # in npm's words
        f"The registry can't be reached: check the internet connection and {AGAIN}.",
    ),
    (
        (
            "ailed to fetch",
            "ailed to download",
            "error sending",
            "onnection",
            "timed",
            "network was disabled",
        ),
        Unreachable,
        "The package index can't be reached: check the internet connection (and the "
        f"proxy, if there is one) and {AGAIN}; what has arrived is kept.",
    ),
)


def from_installer(output: str) -> Trouble:
    """What to say after an installer (uv or pip) failed and printed `output`."""
    for signs, kind, sentence in REMEDIES:
        if any(sign in output for sign in signs):
            return kind(sentence)
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    errors = [line for line in lines if line.lower().startswith("error")]
    words = ascii((errors or lines or ["nothing"])[-1])
    return MissingPackages(
        f"The installer stopped and said {words}: {AGAIN}, and report it if it stays."
    )


def from_system(error: OSError) -> Trouble:
    if error.errno in FULL:
        return Trouble(DISK)
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return Trouble(DENIED)
    return Trouble(f"The computer answered {str(error)!r}: mend that and {AGAIN}.")


def check_machine() -> None:
    """Raise Trouble where this Python or this kind of machine can't do it."""
    if sys.version_info < (3, 8):  # noqa: UP036 - it reads on older ones as well
        raise Trouble(
            f"This is Python {platform.python_version()}, too old even to fetch what "
            "is needed: install Python 3.13 from python.org and start with that."
        )
    system, machine = platform.system(), platform.machine().lower()
    if system == "Darwin" and machine == "x86_64":
        raise Trouble(
            "JAX, which the lessons calculate with, has no builds for Intel Macs: use "
            "the lessons on Binder, as README.md says, or, if this Mac has an Apple "
            "chip, start with the Python from python.org instead of an Intel one."
        )
    if system == "Windows" and machine == "arm64":
        raise Trouble(
            "JAX, which the lessons calculate with, has no builds for Windows on ARM: "
            "start in the Windows Subsystem for Linux or on Binder, as README.md says."
        )
