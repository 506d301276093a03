"""What the watching processes tell each other, and how a job ended, in a sentence."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from llm_lessons.training.places import Place


class Verdict(NamedTuple):
    """How the job ended: the exit code, and a sentence unless all went well."""

    code: int
    sentence: str


@dataclass
class Status:
    """What a host says of itself, again and again.

    Attributes:
        step: how far its training is.
        saved: the step of the last checkpoint.
        done: whether its part is done.
        failed: a sentence on what a person can mend.
        killed: how its training was ended from outside.
        broken: what its training died of; often that another host was lost.
    """

    step: int = 0
    saved: int = 0
    done: bool = False
    failed: str = ""
    killed: str = ""
    broken: str = ""


def was_lost(place: Place, hosts: Mapping[int, Status], host: int, how: str) -> str:
    """What to say of a host that was lost.

    Args:
        place: which host says it.
        hosts: what is known of each.
        host: the one that was lost.
        how: in some words.
    """
    where = f" at step {hosts[host].step}" if hosts[host].step else ""
    who = f"Host {host} of {place.hosts} was lost{where}"
    return f"{who} ({how}): {_again(place, hosts, host)}"


def was_stopped(place: Place, hosts: Mapping[int, Status]) -> str:
    """What to say after Ctrl-C on this host, or the end of its time."""
    return (
        f"Host {place.host} of {place.hosts} was stopped, by hand or by its scheduler: "
        f"{_again(place, hosts, place.host)}"
    )


def _again(place: Place, hosts: Mapping[int, Status], host: int) -> str:
    """How to go on without a host."""
    saved = max(status.saved for status in hosts.values())
    do = f"goes on from step {saved}" if saved else "begins anew"
    fewer = place.hosts - 1
    if fewer > 1:
        how = f"also on fewer hosts (--hosts {fewer}, numbered from 0)"
    else:
        how = "also on one host (without --distributed)"
    where = ", where host 0's --work folder is" if host == 0 and saved else ""
    return f"the same command {do}, {how}{where}."
