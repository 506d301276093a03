"""What an exercise says, for a page and for a terminal."""

import html
import re
from dataclasses import dataclass

from llm_lessons.foundation import face
from llm_lessons.foundation.languages import told_here

_CHANCE, _RIGHT, _WRONG = (
    face.colours()[one][0] for one in ("chance", "weights", "wrong")
)
# A status' first words, and the colour of its edge: the theme's own where there is one.
_LOOKS = {
    "task": ("", f"--jp-brand-color1, {_CHANCE}"),
    "right": ("✓ Right.", f"--jp-success-color1, {_RIGHT}"),
    "wrong": ("✗ Not yet.", f"--jp-warn-color1, {_WRONG}"),
    "error": ("✗ It stopped.", f"--jp-warn-color1, {_WRONG}"),
    "missing": ("○ Not there.", "--jp-border-color1, #888"),
    "not attempted": ("○ Not attempted.", "--jp-border-color1, #888"),
    "hint": ("", f"--jp-brand-color1, {_CHANCE}"),
    "solution": ("", f"--jp-brand-color1, {_CHANCE}"),
}


@dataclass(frozen=True)
class Feedback:
    """One message about an exercise.

    Attributes:
        status: "task", "right", "wrong", "error", "missing", "not attempted", "hint"
            or "solution".
        title: what it is about.
        text: sentences, with `code` in backticks; a line that begins with "- " is an
            item of a list.
        usage: one more about what to type, which paper has no use for.
        code: lines to copy.
    """

    status: str
    title: str
    text: str = ""
    usage: str = ""
    code: str = ""

    def __repr__(self) -> str:
        parts = (f"{self.title}:", self.verdict, self.text, self.usage)
        head = " ".join(filter(None, parts))
        return f"{head}\n\n{self.code}" if self.code else head

    def _repr_html_(self) -> str:
        # Styled in place: a notebook that is not trusted loses its stylesheets.
        head = " ".join(filter(None, (f"{self.title}:", self.verdict)))
        text, usage = (_as_html(told_here(one)) for one in (self.text, self.usage))
        usage = f' <span class="ll-usage">{usage}</span>' if usage else ""
        code = html.escape(self.code)
        code = f'<pre style="margin: 0.5em 0 0">{code}</pre>' if code else ""
        return (
            f'<div class="ll-feedback" role="status" data-status="{self.status}" '
            f'style="border-left: 4px solid var({_LOOKS[self.status][1]}); '
            'padding: 0.25em 0 0.25em 0.9em; max-width: 46rem">'
            f"<strong>{html.escape(told_here(head))}</strong> {text}{usage}{code}</div>"
        )

    @property
    def verdict(self) -> str:
        """Its first words, such as "✓ Right."; a task has none."""
        return _LOOKS[self.status][0]


def _as_html(text: str) -> str:
    text = re.sub(r"`(.+?)`", r"<code>\1</code>", html.escape(text))
    text = re.sub(r"^- (.*)$", r"<li>\1</li>", text, flags=re.MULTILINE)
    return re.sub(
        r"(?:<li>.*</li>\n?)+", r'<ul style="margin: 0.3em 0">\g<0></ul>', text
    )
