"""Chat templates: how a conversation becomes one text that a model goes on with.

A model only ever continues a text. A template, written in Jinja (the form in which
models bring theirs along), says how the turns are written down one after the other.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import jinja2

from llm_lessons.foundation.checks import shown
from llm_lessons.text.template_limits import LimitedEnvironment, limited
from llm_lessons.text.tokenizers import Tokenizer

type Message = dict[str, str]

ROLES = ("system", "user", "assistant")
_MARK = re.compile("\ue000[0-9]+\ue001")  # stands for what a message says
_LONGEST = 50_000  # letters of a text, beside ten times what is said in it
_WITHOUT = "Use generate, which needs none."


@dataclass(frozen=True)
class ChatTemplate:
    """A template with the text that ends an answer.

    Attributes:
        source: Jinja source; it sees `messages`, `add_generation_prompt`, and the texts
            in `tokens` under their names.
        end: the text that ends an answer, where no token of the vocabulary does.
        tokens: texts and switches that the template may use, such as `bos_token`.
    """

    source: str
    end: str | None = None
    tokens: tuple[tuple[str, str | bool], ...] = ()

    @property
    def without_thinking(self) -> "ChatTemplate":
        """The same, asking a model that would first write thoughts for none.

        `enable_thinking` is what the templates of Qwen3 and SmolLM3 call it; others
        don't look at it.
        """
        return replace(self, tokens=(*self.tokens, ("enable_thinking", False)))

    @cached_property
    def _template(self) -> jinja2.Template:
        environment = LimitedEnvironment()
        environment.globals["raise_exception"] = _refuse
        return environment.from_string(self.source)

    def render(self, messages: Sequence[Message]) -> str:
        """Write down a conversation, up to the place where the model's answer begins.

        Args:
            messages: `{"role": ..., "content": ...}` in turns; roles are "system" (only
                first), "user" and "assistant", and the user has the last word.

        Raises:
            ValueError: the messages are no such conversation, or the template refuses,
                fails, or computes more than writing them down takes.
        """
        check_messages(messages)
        values: dict[str, Any] = dict(self.tokens)
        try:
            with limited():
                return self._template.render(
                    values, messages=list(messages), add_generation_prompt=True
                )
        except jinja2.TemplateError as error:
            remedy = "" if type(error) is jinja2.TemplateError else f" {_WITHOUT}"
            raise ValueError(
                "This model's chat template does not take that: "
                f"{' '.join(str(error).split())[:300].rstrip('.')}.{remedy}"
            ) from error
        except Exception as error:  # whatever a template does wrong
            raise ValueError(
                f"This model's chat template fails ({type(error).__name__}: "
                f"{shown(str(error))}). {_WITHOUT}"
            ) from error

    def encode(self, messages: Sequence[Message], tokenizer: Tokenizer) -> list[int]:
        """Token ids of `render(messages)`, behind what stands in front of every text.

        Only the template's own special tokens count: a message that spells one, such as
        "<|im_end|>", stays text, and can't end itself early.

        Raises:
            ValueError: as `render`; or the template changes what a message says, and
                one spells a special token, which then could not be told from its own.
        """
        special = tokenizer.special_ids
        longest_first = sorted(filter(None, special), key=len, reverse=True)
        pattern = re.compile("|".join(map(re.escape, longest_first)) or "(?!)")
        text = self.render(messages)
        if len(text) > _LONGEST + 10 * sum(
            len(message["content"]) for message in messages
        ):
            raise ValueError(
                f"This model's chat template makes {len(text):,} letters of these "
                f"messages. {_WITHOUT}"
            )
        ids = []
        for part, is_special in self._parts(messages, text, pattern):
            if part:
                ids += [special[part]] if is_special else tokenizer.encode(part)
        prefix = tokenizer.prefix  # which some templates write themselves
        return ids if ids[: len(prefix)] == prefix else [*prefix, *ids]

    def _parts(
        self, messages: Sequence[Message], text: str, pattern: re.Pattern[str]
    ) -> Iterator[tuple[str, bool]]:
        """The rendered text in parts, and of each whether it is a special token.

        Those are looked for while marks stand in the place of what the messages say,
        or in the text itself if the template trims, cuts or reads what they say.
        """
        said = {
            f"\ue000{i}\ue001": message["content"] for i, message in enumerate(messages)
        }
        pairs = zip(said, messages, strict=True)
        marked = self.render([message | {"content": mark} for mark, message in pairs])

        def filled(part: str) -> str:
            return _MARK.sub(lambda mark: said.get(mark[0], mark[0]), part)

        length = sum(marked.count(mark) * len(what) for mark, what in said.items())
        as_it_is = length > len(text) or filled(marked) != text
        for what in said.values() if as_it_is else ():
            if spelled := pattern.search(what):
                raise ValueError(
                    "This model's chat template changes what messages say, so none may "
                    f"spell its special token {spelled[0]!r}: leave it out."
                )
        end, source = 0, text if as_it_is else marked
        for found in [*pattern.finditer(source), None]:
            part = source[end : found.start() if found else None]
            yield part if as_it_is else filled(part), False
            if found:
                yield found[0], True
                end = found.end()


def _refuse(reason: str) -> None:
    raise jinja2.TemplateError(reason)


def check_messages(messages: Sequence[Message]) -> None:
    """Raises ValueError, in a sentence, unless these are messages for a model."""
    some = isinstance(messages, Sequence) and not isinstance(messages, str | bytes)
    if not some or not messages:
        raise ValueError(
            'chat takes a list of messages: [{"role": "user", "content": "Hello!"}].'
        )
    for message in messages:
        if not isinstance(message, dict) or not {"role", "content"} <= message.keys():
            raise ValueError(
                'Each message has a "role" and a "content"; this one is '
                f"{shown(message)}."
            )
        if message["role"] not in ROLES:
            raise ValueError(
                'A role is "system", "user" or "assistant"; not '
                f"{shown(message['role'])}."
            )
        if not isinstance(message["content"], str):
            raise ValueError(f"A content is text; not {shown(message['content'])}.")
    if messages[-1]["role"] != "user":
        raise ValueError("The last message has to be the user's: the model answers it.")


# The transcripts in `fjordby.chat`. Fjord never read a system message.
FJORD = ChatTemplate(
    source=(
        "{% for message in messages %}"
        "{% if message['role'] == 'system' %}"
        "{{ raise_exception('Fjord has read no system messages; leave it out.') }}"
        "{% endif %}"
        "{{ 'User: ' if message['role'] == 'user' else 'Fjord: ' }}"
        "{{ message['content'] }}{{ '\\n' }}"
        "{% endfor %}"
        "{% if add_generation_prompt %}Fjord:{% endif %}"
    ),
    end="\n",
)
