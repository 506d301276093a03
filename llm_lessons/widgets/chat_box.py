"""A chat box, and beside it the one text that the model reads before it answers."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any, Protocol, runtime_checkable

import traitlets

from llm_lessons.fjordby import assistant, chat
from llm_lessons.foundation.checks import checked
from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.build_it.tool_loop import CALL, go_on
from llm_lessons.text.templates import FJORD, Message
from llm_lessons.widgets.assets import assets
from llm_lessons.widgets.base import OriginsWidget

TEMPERATURE = 0.5
LONGEST = 80  # tokens of an answer
LONGEST_RAW = 24  # tokens of what comes without the box
MOST_PAGES = 100  # that a page without a kernel searches in

type Said = dict[str, Any]  # a message; the model's may have "steps", and be "cut"


@runtime_checkable
class _Talker(Protocol):
    name: str

    def chat_prompt(self, messages: Sequence[Message]) -> str: ...

    def chat(
        self,
        messages: Sequence[Message],
        max_tokens: int,
        temperature: float,
        *,
        seed: int,
    ) -> str: ...


class ChatBox(OriginsWidget):
    """Talk with a model, take turns out of the talk, and see all that it reads.

    A button marks what of Fjord's answers stands in Fjordby.

    Args:
        lm: a model that was shown conversations.
        said: what the user says to begin with; the model answers each.
        pages: what a search finds, by name; with it, a switch lets the model search. It
            is looked into at every search, so pages may be changed later. Only Fjord
            and its twin have read chats with searches.

    Attributes:
        messages: the talk, each message with its "role" and "content". An answer may
            also have "steps", pairs of what was searched for and what was found, and
            "cut" where it was too long.
        search: whether the model may search.
        read: the text that the model read last, and its answer behind it.
        raw: how the model goes on with the user's last words alone, without the box.

    Raises:
        ValueError: the model was never shown a conversation, or refuses this one.
    """

    _esm, _css = assets("chat_box")

    messages = traitlets.List().tag(sync=True)
    search = traitlets.Bool(False).tag(sync=True)
    read = traitlets.Unicode().tag(sync=True)
    raw = traitlets.Unicode().tag(sync=True)
    _can_search = traitlets.Bool(False).tag(sync=True)
    _longest = traitlets.Int(LONGEST).tag(sync=True)
    _heard = traitlets.List().tag(sync=True)  # the talk that was answered last
    _message = traitlets.Unicode().tag(sync=True)  # why it was not
    _seed = traitlets.Int(0).tag(sync=True)  # that were drawn: the next one's coin
    # What a search finds, for a page without a kernel; None where it is too much.
    _found = traitlets.Dict({}, allow_none=True).tag(sync=True)

    @checked()
    def __init__(
        self,
        lm: _Talker,
        said: Sequence[str] = (),
        pages: Mapping[str, str] | None = None,
    ):
        if pages is not None and not _is_fjord(lm):
            raise ValueError(
                f"{lm.name} has read no chats with searches: leave the pages out."
            )
        self._lm, self._pages = lm, pages
        super().__init__(_can_search=pages is not None, search=pages is not None)
        if not _is_fjord(lm):
            self._lm_name = ""  # a page knows no other model's template
        messages: list[Said] = []
        for text in said:
            messages = self._answered([*messages, {"role": "user", "content": text}])
        self.messages = self._heard = messages
        self._found = self._all_found()
        self.read, self.raw = self._text(messages), self._without(messages)
        self.observe(self._on_messages, "messages")
        self.observe(self._on_search, "search")

    def __repr__(self) -> str:
        return f"ChatBox({self._lm.name!r}, {len(self.messages)} messages)"

    def _on_messages(self, change: Any) -> None:
        messages, trouble = change.new, ""
        try:
            if messages and messages[-1]["role"] == "user":
                messages = self._answered(messages)
            read, raw = self._text(messages), self._without(messages)
        except ValueError as refusal:  # one sentence for the learner
            read, raw, trouble = self.read, self.raw, str(refusal)
        with self.hold_sync():
            self._heard, self._message, self.read = messages, trouble, read
            self.messages, self.raw = messages, raw
            self._found = self._all_found()

    def _on_search(self, change: Any) -> None:
        with suppress(ValueError):  # a talk that was refused: what was read last stays
            self.read = self._text(self.messages)

    def _all_found(self) -> dict[str, str] | None:
        """What the pages are now, if they aren't many."""
        pages = self._pages or {}
        return dict(pages) if len(pages) <= MOST_PAGES else None

    def _answered(self, messages: list[Said]) -> list[Said]:
        if self.search:
            return [*messages, self._looked_up(messages)]
        self._seed += 1  # another coin for every answer
        answer = self._lm.chat(
            _written(messages), LONGEST, TEMPERATURE, seed=self._seed
        )
        reply: Said = {"role": "assistant", "content": answer}
        if self._is_full(answer):
            reply["cut"] = True
        return [*messages, reply]

    def _is_full(self, answer: str) -> bool:
        """Whether an answer has as many tokens as it may have, or one less: a space."""
        tokenizer = getattr(self._lm, "tokenizer", None)
        return tokenizer is not None and len(tokenizer.encode(answer)) >= LONGEST - 1

    def _looked_up(self, messages: list[Said]) -> Said:
        """The answer of a model that may search, and its searches."""
        assert isinstance(self._lm, LanguageModel) and self._pages is not None
        pages = self._pages

        def search(name: str) -> str:  # a result is one line
            return " ".join(pages.get(name, assistant.NOTHING_FOUND).split())

        prompt = self._prompt(messages)
        [whole] = go_on(self._lm, [prompt], search)
        *lines, last = whole[len(prompt) :].removeprefix(" ").split("\n")
        steps = [
            [
                line.removeprefix(f"{chat.MODEL} ").removeprefix(CALL),
                result.removeprefix(f"{assistant.RESULT} "),
            ]
            for line, result in zip(lines[::2], lines[1::2], strict=True)
        ]
        content = last.removeprefix(chat.MODEL).strip()
        return {"role": "assistant", "content": content, "steps": steps}

    def _prompt(self, messages: Sequence[Said]) -> str:
        """All that is read before the model's turn."""
        first = f"{chat.SEARCH_IS_ON}\n" if self.search else ""
        return first + self._lm.chat_prompt(_written(messages))

    def _text(self, messages: Sequence[Said]) -> str:
        if not messages:
            return ""
        prompt = self._prompt(messages[:-1])
        space = "" if prompt.endswith("\n") else " "
        [last] = _written(messages[-1:])
        return prompt + space + last["content"]

    def _without(self, messages: Sequence[Said]) -> str:
        """The user's last words as raw text, and how the model goes on with them."""
        asked = [one["content"] for one in messages if one["role"] == "user"]
        if not asked or not isinstance(self._lm, LanguageModel):
            return ""
        return asked[-1] + self._lm.generate(asked[-1], LONGEST_RAW, temperature=0)


def _is_fjord(lm: _Talker) -> bool:
    """Whether the model was shown the chats of Fjordby, and so searches, too."""
    return isinstance(lm, LanguageModel) and lm.template == FJORD


def _written(messages: Sequence[Said]) -> list[Message]:
    """The messages as the template takes them: searches stand before an answer."""

    def content(one: Said) -> str:
        steps = "".join(
            f"{CALL}{name}\n{assistant.RESULT} {found}\n{chat.MODEL} "
            for name, found in one.get("steps", ())
        )
        return steps + one["content"]

    return [{"role": one["role"], "content": content(one)} for one in messages]
