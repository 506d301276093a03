"""A text that a model read, with what it wrote behind it: to be shown by `ll.say`."""

import html


def quoted(read: str, wrote: str = "") -> str:
    """Markdown in which nothing of either text is markup; what was written is bold."""
    bold = f"<strong>{html.escape(wrote)}</strong>" if wrote else ""
    return f"<pre>{html.escape(read)}{bold}</pre>"
