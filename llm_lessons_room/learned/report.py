"""What rooms have learned, in words, as a table and as a figure."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import matplotlib.pyplot as plt
from matplotlib.ticker import PercentFormatter

from llm_lessons import figures
from llm_lessons_room.learned.answers import FIRST, MEASURES, USED, Person, sources
from llm_lessons_room.learned.gains import Gain, difference, gain

GOAL = 0.25  # of the first measure: what docs/study.md calls success
NAMES = {"after": "at the end", "later": "weeks later"}

type Gains = dict[str, Gain | None]  # by what is measured


def gains(people: Iterable[Person], when: str) -> Gains:
    """How much more was right than before, for all who answered both times."""
    found: Gains = {}
    both = [one for one in people if {"before", when} <= one.answers.keys()]
    for name, measure in MEASURES.items():
        pairs: dict[int, list[tuple[float, float]]] = {}
        for one in both:
            first, second = measure(one.answers["before"]), measure(one.answers[when])
            pairs.setdefault(one.evening, []).append((first, second))
        found[name] = gain(pairs)
    return found


def points(share: float) -> str:
    return f"{100 * share:+.0f}"


def percent(share: float) -> str:
    return f"{100 * share:.0f} %"


def write_report(people: Sequence[Person], others: Sequence[Person]) -> str:
    """The report, in Markdown.

    Args:
        people: of the evenings.
        others: of the control group.
    """
    evenings = len({person.evening for person in people})
    lines = [
        "# What was learned",
        "",
        f"{len(people)} people in {evenings} evening{'s' * (evenings != 1)} answered "
        "the six questions at least once.",
        "",
        *_left(people),
        *_sources(people),
    ]
    for when, name in NAMES.items():
        found = gains(people, when)
        if found[FIRST] is None:
            continue
        lines += [f"## Right before and {name}", "", *_table(found), ""]
        if others and (control := gains(others, when))[FIRST] is not None:
            lines += ["Against the control group:", "", *_against(found, control), ""]
        lines += [*_verdict(found, name), ""]
    return "\n".join(lines)


def _left(people: Sequence[Person]) -> list[str]:
    """Who answered before, and not again."""
    began = [person for person in people if "before" in person.answers]
    stayed = [person for person in began if "after" in person.answers]
    left = [person for person in began if "after" not in person.answers]
    if not left:
        return []
    measure = MEASURES[FIRST]
    shares = [
        percent(sum(measure(p.answers["before"]) for p in group) / max(1, len(group)))
        for group in (left, stayed)
    ]
    return [
        f"{len(left)} of {len(began)} who answered before didn't at the end. Before, "
        f"{shares[0]} of them said that answers come from reading, and {shares[1]} of "
        "those who stayed.",
        "",
    ]


def _sources(people: Sequence[Person]) -> list[str]:
    counts = {when: sources(people, when) for when in ("before", *NAMES)}
    asked = [when for when, found in counts.items() if any(found.values())]
    if not asked:
        return []
    rows = [
        f"| {source} | {' | '.join(str(counts[when][source]) for when in asked)} |"
        for source in counts["before"]
    ]
    return [
        "## Where an answer comes from, in their own words",
        "",
        f"| | {' | '.join(asked)} |",
        f"|---|{'---|' * len(asked)}",
        *rows,
        "",
    ]


def _table(found: Gains) -> list[str]:
    rows = [
        f"| {name} | {percent(one.before)} | {percent(one.after)} | "
        f"{points(one.gain)} ({points(one.low)} to {points(one.high)}) |"
        for name, one in found.items()
        if one
    ]
    first = next(one for one in found.values() if one)
    about = "evenings" if first.evenings > 1 else "people of this one evening"
    return [
        "| | before | then | points (95 % interval) |",
        "|---|---|---|---|",
        *rows,
        "",
        f"{first.people} people answered both times; the intervals are over {about}.",
    ]


def _against(found: Gains, control: Gains) -> list[str]:
    rows = []
    for name, one in found.items():
        if one and (other := control[name]):
            more, low, high = difference(one, other)
            rows.append(
                f"| {name} | {points(one.gain)} | {points(other.gain)} | "
                f"{points(more)} ({points(low)} to {points(high)}) |"
            )
    return [
        "| | evening | control | more (95 % interval) |",
        "|---|---|---|---|",
        *rows,
    ]


def _verdict(found: Gains, name: str) -> list[str]:
    first, used = found[FIRST], found[USED]
    if not first or not used:
        return []
    goal = f"{points(GOAL)} points in “{FIRST}”"
    if first.gain < GOAL:
        return [f"**Not reached {name}**: {goal}."]
    if used.gain < 0:
        reason = f"right answers were used less ({points(used.gain)} points)"
        return [f"**Reached {name}: {goal}; but {reason}**: distrust alone is no gain."]
    return [f"**Reached {name}**: {goal}, and right answers were used no less."]


def draw(found: Mapping[str, Gains], path: Path) -> None:
    """Each gain with its interval, at the end and weeks later, as a drawing."""
    with figures.style():
        fig, ax = plt.subplots(figsize=(1.4 * figures.WIDTH, 4.2))
        names = [*MEASURES][::-1]
        looks = zip(found.items(), figures.COLORS, "os", (0.12, -0.12), strict=False)
        for (when, measured), color, marker, shift in looks:
            rows = [(n, one) for n, name in enumerate(names) if (one := measured[name])]
            if not rows:
                continue
            ax.errorbar(
                [one.gain for _, one in rows],
                [n + shift for n, _ in rows],
                xerr=[
                    [one.gain - one.low for _, one in rows],
                    [one.high - one.gain for _, one in rows],
                ],
                fmt=marker,
                color=color,
                capsize=3,
                label=NAMES[when],
            )
        ax.axvline(0, color=figures.INK, linewidth=1)
        ax.set_yticks(range(len(names)), names)
        ax.xaxis.set_major_formatter(PercentFormatter(1, symbol=""))
        ax.set_xlabel("points more than before (95 %)")
        ax.set_title("What was learned")
        ax.legend(loc="upper center", bbox_to_anchor=(0.5, -0.2), ncols=2)
        fig.savefig(path)
        plt.close(fig)
