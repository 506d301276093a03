"""Exercises of the last lesson: a template, a chat that fits its window, a tool."""

from typing import Any

from llm_lessons.exercises.answers import Wrong, call
from llm_lessons.exercises.checker import Exercise

_CHAT = [
    {"role": "user", "content": "Hello!"},
    {"role": "assistant", "content": "Hi. What can I do?"},
    {"role": "user", "content": "Tell me a joke."},
]
_WORDS = (1, 5, 4)  # of the three contents


def _examine_template(template: Any) -> str:
    for count in (1, 3):
        _compare(call(template, "template", _copies(count)), count)
    return (
        "The same chat, written down as another model was trained to read it. Compare "
        "it with what `real.chat_prompt(chat)` gives."
    )


def _copies(count: int) -> list[dict[str, str]]:
    return [dict(message) for message in _CHAT[:count]]


def _compare(text: Any, count: int) -> None:
    """Raise what most likely went wrong, if this is not the right text."""
    chat, start, end = _CHAT[:count], "<|im_start|>", "<|im_end|>"
    turns = [f"{start}{m['role']}\n{m['content']}{end}\n" for m in chat]
    wanted = "".join(turns) + f"{start}assistant\n"
    if not isinstance(text, str):
        raise Wrong("`template` should return one text, not a list of turns.")
    if text == wanted:
        return
    missing = [m["content"] for m in chat if m["content"] not in text]
    if missing:
        raise Wrong(f"“{missing[0]}” did not get in.")
    if text == "".join(turns):
        raise Wrong(
            f"The turns are right. But the model has to begin its own: end with "
            f"`{start}assistant` and a line break."
        )
    if text.count(start) != len(chat) + 1 or text.count(end) != len(chat):
        raise Wrong(
            f"{len(chat)} turns and a new one make {len(chat) + 1} times `{start}` and "
            f"{len(chat)} times `{end}`; yours has {text.count(start)} and "
            f"{text.count(end)}."
        )
    if text.replace("\n", "") == wanted.replace("\n", ""):
        raise Wrong(
            "All is there but for the line breaks: one behind each role, and one "
            f"behind each `{end}`."
        )
    at = next(i for i, (a, b) in enumerate(zip(text, wanted, strict=False)) if a != b)
    raise Wrong(f"Yours goes another way behind `{wanted[:at][-25:]!r}`.")


def _examine_newest(newest: Any) -> str:
    for room in (20, 9, 5, 4, 3):
        kept = call(newest, "newest", _copies(3), room)
        _judge(kept, room)
    return (
        "What a chat program does when a talk grows too long: the oldest messages go, "
        "and the model never learns that they existed."
    )


def _judge(kept: Any, room: int) -> None:
    """Raise what is wrong with the messages that were kept for so many words."""
    try:
        kept = list(kept)
        places = [_CHAT.index(message) for message in kept]
    except (TypeError, ValueError):
        raise Wrong("`newest` should return a list of messages of the chat.") from None
    words = sum(_WORDS[place] for place in places)
    wanted = [place for place in range(3) if sum(_WORDS[place:]) <= room]
    where = f"With room for {room} words"
    if places == wanted:
        return
    if places == wanted[::-1]:
        raise Wrong(f"{where} the messages are the right ones, in the wrong order.")
    if words > room:
        raise Wrong(
            f"{where} you keep {words} words. (The contents alone are counted.)"
        )
    if 0 in places and 2 not in places:
        raise Wrong(
            f"{where} you keep the beginning and drop the end: but the last message is "
            "the one to be answered."
        )
    if places != sorted(places) or places[-1:] != [2]:
        raise Wrong(f"{where} a newer message is left out for an older one.")
    if places != list(range(places[0], 3)):
        raise Wrong(f"{where} a message is missing between two that you keep.")
    raise Wrong(
        f"{where} one more fits: you keep {words} words, and "
        f"{sum(_WORDS[place] for place in wanted)} would do."
    )


_PAGES = {"Nils Vangmo": "Nils Vangmo lives in Oslo.", "Ida Bo": "Ida Bo is a vet."}
_NO_CALLS = ("I don't know Ida Bo.", "Yes. I write search: and a name.", "research: Bo")


def _examine_tool(tool: Any) -> str:
    looked_up: list[Any] = []

    def search(name: Any) -> str:
        looked_up.append(name)
        return _PAGES.get(name, "nothing found.")

    for name in (*_PAGES, "Bo Bo"):
        looked_up.clear()
        _judge_call(call(tool, "tool", f"search: {name}", search), name, looked_up)
    for line in _NO_CALLS:
        looked_up.clear()
        pasted = call(tool, "tool", line, search)
        if looked_up:
            raise Wrong(f"“{line}” is no search, but yours looked something up.")
        if pasted != "":
            raise Wrong(f"Behind “{line}” nothing is pasted: return an empty text.")
    return (
        "That is a tool: the model writes, a program acts. What stands in the result "
        "is read by the model like everything else."
    )


def _judge_call(pasted: Any, name: str, looked_up: list[Any]) -> None:
    """Raise what is wrong with the line that was pasted for a search."""
    if not looked_up:
        raise Wrong(f"“search: {name}” is a search, but yours did not call `search`.")
    if looked_up != [name]:
        raise Wrong(
            f"`search` was called with {', '.join(map(repr, looked_up))}; it takes the "
            f"name alone, once: {name!r}."
        )
    found = _PAGES.get(name, "nothing found.")
    if pasted == found:
        raise Wrong("The model has to see what the line is: begin it with `Result: `.")
    if pasted != f"Result: {found}":
        raise Wrong(f"“search: {name}” should give {f'Result: {found}'!r}.")


EXERCISES = (
    Exercise(
        "10.1",
        "10.template",
        aim="Write a chat template",
        task=(
            "Write `template(chat)`, which writes a chat down as SmolLM2 reads it. "
            "Each message becomes `<|im_start|>`, its role, a line break, its content, "
            "`<|im_end|>` and a line break. Behind the last one, the model's own turn "
            "begins: `<|im_start|>assistant` and a line break."
        ),
        answers=["template"],
        examine=_examine_template,
        hints=[
            "Begin with an empty text, and add to it in a loop over `chat`.",
            'A message is a dictionary: `message["role"]` and `message["content"]`.',
            'Write a line break as `"\\n"`, and the last line behind the loop.',
        ],
        solution="""\
def template(chat):
    text = ""
    for message in chat:
        text += f"<|im_start|>{message['role']}\\n"
        text += f"{message['content']}<|im_end|>\\n"
    return text + "<|im_start|>assistant\\n"
""",
    ),
    Exercise(
        "10.2",
        "10.window",
        aim="Fit a chat into its window",
        task=(
            "Write `newest(chat, room)`. It returns as many messages from the end of "
            "the chat as fit into `room` words, in their order. Count the words of "
            '`message["content"]` with `.split()`. (Real programs count tokens.)'
        ),
        answers=["newest"],
        examine=_examine_newest,
        hints=[
            "Go through the chat from its end: `for message in reversed(chat)`.",
            "Stop at the first message that does not fit any more.",
            "Put each message that fits in front: `kept = [message, *kept]`.",
        ],
        solution="""\
def newest(chat, room):
    kept = []
    for message in reversed(chat):
        room -= len(message["content"].split())
        if room < 0:
            break
        kept = [message, *kept]
    return kept
""",
    ),
    Exercise(
        "10.3",
        "10.tool",
        aim="Write a tool",
        task=(
            "Write `tool(line, search)`. If the model's line begins with `search: `, "
            "it returns `Result: ` and what `search` gives for the name. For any other "
            "line it returns an empty text, and searches for nothing."
        ),
        answers=["tool"],
        examine=_examine_tool,
        hints=[
            'Is `line.startswith("search: ")` true? Then it is a search.',
            'The name alone is `line.removeprefix("search: ")`.',
            "A line that only speaks of searching does not begin so.",
        ],
        solution="""\
def tool(line, search):
    if not line.startswith("search: "):
        return ""
    return "Result: " + search(line.removeprefix("search: "))
""",
    ),
)
