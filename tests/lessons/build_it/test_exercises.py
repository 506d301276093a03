"""Plausible wrong answers, and what each of them is told."""

from tests.each import each_of
from tests.exercises.told import is_told

START, END = "<|im_start|>", "<|im_end|>"


def turns(chat, line="\n"):
    return [f"{START}{m['role']}{line}{m['content']}{END}{line}" for m in chat]


def right(chat):
    return "".join(turns(chat)) + f"{START}assistant\n"


def leaves_the_models_turn_out(chat):
    return "".join(turns(chat))


def without_line_breaks(chat):
    return "".join(turns(chat, "")) + f"{START}assistant"


def only_the_last(chat):
    return right(chat[-1:])


def as_fjord_reads_it(chat):
    return "\n".join(f"{m['role']}: {m['content']}" for m in chat)


def closes_the_models_turn(chat):
    return right(chat) + END


def always_user(chat):
    return right([{"role": "user", "content": m["content"]} for m in chat])


def gives_turns(chat):
    return [*turns(chat), f"{START}assistant\n"]


def forgets_to_return(chat):
    right(chat)


def misspells(chat):
    return right([{"role": m["rôle"], "content": ""} for m in chat])


@each_of(
    ("function", "status", "text"),
    [
        (leaves_the_models_turn_out, "wrong", "has to begin its own"),
        (without_line_breaks, "wrong", "All is there but for the line breaks"),
        (only_the_last, "wrong", "“Hello!” did not get in"),
        (as_fjord_reads_it, "wrong", "yours has 0 and 0"),
        (closes_the_models_turn, "wrong", "make 2 times"),
        (always_user, "wrong", "Yours goes another way behind"),
        (gives_turns, "wrong", "not a list of turns"),
        (forgets_to_return, "wrong", "end it with `return`"),
        (misspells, "error", "KeyError"),
        (right, "right", "as another model was trained to read it"),
    ],
)
def test_templates(function, status, text):
    is_told("10.1", {"template": function}, status, text)


def size(message):
    return len(message["content"].split())


def fits(chat: list, room: int) -> list:
    while sum(map(size, chat)) > room:
        chat = chat[1:]
    return chat


def keeps_the_beginning(chat, room):
    while sum(map(size, chat)) > room:
        chat = chat[:-1]
    return chat


def backwards(chat, room):
    return fits(chat, room)[::-1]


def keeps_all(chat, room):
    return chat


def counts_messages(chat, room):
    return chat[-room:]


def strictly_below(chat, room):
    return fits(chat, room - 1)


def whatever_fits(chat, room):
    kept = []
    for message in reversed(chat):
        if size(message) <= room:
            room -= size(message)
            kept = [message, *kept]
    return kept


def the_last_alone(chat, room):
    return chat[-1:] if size(chat[-1]) <= room else []


def gives_text(chat, room):
    return " ".join(message["content"] for message in chat)


def gives_nothing(chat, room):
    fits(chat, room)


@each_of(
    ("function", "status", "text"),
    [
        (keeps_the_beginning, "wrong", "the last message is the one to be answered"),
        (backwards, "wrong", "in the wrong order"),
        (keeps_all, "wrong", "With room for 9 words you keep 10 words"),
        (counts_messages, "wrong", "With room for 9 words you keep 10 words"),
        (strictly_below, "wrong", "With room for 9 words one more fits"),
        (whatever_fits, "wrong", "a message is missing between two"),
        (the_last_alone, "wrong", "one more fits"),
        (gives_text, "wrong", "a list of messages"),
        (gives_nothing, "wrong", "end it with `return`"),
        (lambda chat, room: room / 0, "error", "ZeroDivisionError"),
        (fits, "right", "the oldest messages go"),
        (lambda chat, room: tuple(fits(chat, room)), "right", "the oldest"),
    ],
)
def test_windows(function, status, text):
    is_told("10.window", {"newest": function}, status, text)


def uses(line, search):
    return "Result: " + search(line.removeprefix("search: "))


def tool(line, search):
    return uses(line, search) if line.startswith("search: ") else ""


@each_of(
    ("function", "status", "text"),
    [
        (uses, "wrong", "is no search, but yours looked something up"),
        (
            lambda line, search: uses(line, search) if "search: " in line else "",
            "wrong",
            "“Yes. I write search: and a name.” is no search",
        ),
        (lambda line, search: "", "wrong", "yours did not call `search`"),
        (
            lambda line, search: "Result: " + search(line),
            "wrong",
            "it takes the name alone, once: 'Nils Vangmo'",
        ),
        (
            lambda line, search: tool(line, search)[8:],
            "wrong",
            "begin it with `Result: `",
        ),
        (
            lambda line, search: tool(line, search) + "\n",
            "wrong",
            "should give 'Result: ",
        ),
        (
            lambda line, search: tool(line, search) or None,
            "wrong",
            "end it with `return`",
        ),
        (
            lambda line, search: tool(line, search) or line,
            "wrong",
            "return an empty text",
        ),
        (lambda line, search: search[line], "error", "TypeError"),
        (tool, "right", "the model writes, a program acts"),
    ],
)
def test_tools(function, status, text):
    is_told("10.3", {"tool": function}, status, text)
