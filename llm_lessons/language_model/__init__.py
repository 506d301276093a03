"""A model to talk to in text: configuration, weights and tokenizer together."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import jax
import numpy as np

from llm_lessons.decoding.next_tokens import NextTokenTable
from llm_lessons.decoding.sampling import Settings
from llm_lessons.foundation.checks import checked
from llm_lessons.model.config import ModelConfig
from llm_lessons.model.parameters import Parameters
from llm_lessons.serving.generate import generate, stream
from llm_lessons.serving.prefill import next_logits
from llm_lessons.text.templates import ChatTemplate, Message
from llm_lessons.text.tokenizers import Tokenizer
from llm_lessons.text.window import ContextWindow, Window

CHANGED = ", changed"  # behind the name of a model with other weights
_ANOTHER_COIN = 0x9E3779B1  # added to the seed where positions begin anew


class LanguageModel:
    """One fixed function from text to next-token scores, and the loop around it.

    Attributes:
        name: what `load` was asked for.
        config, params, tokenizer: all that the model is.
        template: how it writes down a conversation; None if it was never shown one.
    """

    @checked()
    def __init__(
        self,
        name: str,
        config: ModelConfig,
        params: Parameters,
        tokenizer: Tokenizer,
        template: ChatTemplate | None = None,
    ):
        self.name, self.config = name, config
        self.params, self.tokenizer = params, tokenizer
        self.template = template
        self._window = ContextWindow(config.max_seq_len, tokenizer)

    def __repr__(self) -> str:
        return f"LanguageModel({self.name!r}, {self.config})"

    @checked()
    def with_params(self, params: Parameters) -> "LanguageModel":
        """The same model with other weights; this one is left as it is.

        Its name says so: what is stored for this model doesn't hold for the other.

        Raises:
            ValueError: they have other shapes than this model's.
        """
        if jax.tree.map(np.shape, params) != jax.tree.map(np.shape, self.params):
            raise ValueError("params must have the shapes that lm.params has.")
        name = self.name if self.name.endswith(CHANGED) else self.name + CHANGED
        own = (self.tokenizer, self.template)
        return LanguageModel(name, self.config, params, *own)

    @checked()
    def encode(self, text: str, window: Window = "stop") -> list[int]:
        """Token ids of a text, behind the start token of a model that has one.

        Args:
            window: "stop" refuses a text longer than the model's window; "slide" drops
                its oldest tokens and warns.

        Raises:
            ValueError: the text is empty, or longer than the model's window.
        """
        return self._window.encode(text, window)

    @checked()
    def logits(self, text: str) -> np.ndarray:
        """Raw scores for the token after `text`: float32 [vocab_size]."""
        ids = self.encode(text)
        scores = next_logits(self.params, ids, self.config)
        return np.asarray(scores)

    @checked(top=0)
    def next_token(self, text: str, top: int = 10) -> NextTokenTable:
        """The `top` likeliest next tokens with their probabilities, and the rest.

        Raises:
            ValueError: a prompt that means nothing, or `top` below 0.
        """
        logits = self.logits(text).astype(np.float64)
        probabilities = np.exp(logits - logits.max())
        probabilities /= probabilities.sum()
        order = np.argsort(-probabilities, kind="stable")[:top]
        rows = [
            (self.tokenizer.pieces[i], int(i), float(probabilities[i])) for i in order
        ]
        rest = max(0.0, 1.0 - sum(row[2] for row in rows))
        return NextTokenTable(rows, len(probabilities) - len(rows), rest)

    @checked(max_tokens=1)
    def generate(
        self,
        prompt: str,
        max_tokens: int = 40,
        temperature: float = 1.0,
        *,
        top_k: int | None = None,
        top_p: float | None = None,
        min_p: float | None = None,
        seed: int = 0,
        window: Window = "stop",
    ) -> str:
        """Continue a prompt; `prompt + generate(prompt)` reads as one text.

        Stops after `max_tokens`, or when the model draws a token that ends a text, or
        at the end of the window; with `window="slide"` the oldest tokens make room
        there instead, and a warning says so.

        Raises:
            ValueError: for a prompt or a setting that means nothing.
        """
        given = [prompt], max_tokens, temperature
        texts = self.batch(
            *given, top_k=top_k, top_p=top_p, min_p=min_p, seed=seed, window=window
        )
        return texts[0]

    @checked(max_tokens=1)
    def batch(
        self,
        prompts: Sequence[str],
        max_tokens: int = 40,
        temperature: float = 1.0,
        *,
        top_k: int | None = None,
        top_p: float | None = None,
        min_p: float | None = None,
        seed: int = 0,
        window: Window = "stop",
        stop: str = "",
    ) -> list[str]:
        """Continue many prompts together; row i flips its coins with seed + i.

        Args:
            stop: a text that ends a continuation, such as a line break: it goes no
                further than to the token before the first one that holds it.

        Raises:
            ValueError: for a prompt or a setting that means nothing.
        """
        texts = [self.encode(prompt, window) for prompt in prompts]
        settings = Settings(
            temperature=temperature, top_k=top_k, top_p=top_p, min_p=min_p, seed=seed
        )
        stops = (*self.tokenizer.stops, *(self._holding(stop) if stop else ()))
        return self._continue(texts, max_tokens, settings, stops, window)

    def _holding(self, text: str) -> list[int]:
        """The tokens in which a text stands, and the byte that it is, if it is one."""
        data = text.encode()
        byte = f"<0x{data[0]:02X}>" if len(data) == 1 else None
        pieces = enumerate(self.tokenizer.pieces)
        return [i for i, piece in pieces if text in piece or piece == byte]

    def _continue(
        self,
        texts: list[list[int]],
        max_tokens: int,
        settings: Settings,
        stops: Sequence[int],
        window: Window,
    ) -> list[str]:
        left = [max_tokens] * len(texts)
        drawn: list[list[int]] = [[] for _ in texts]
        while any(left):  # once, unless a window slides
            limits = [self._window.room(*row) for row in zip(texts, left, strict=True)]
            rows = generate(
                self.params, texts, self.config, settings, limits, tuple(stops)
            )
            for i, row in enumerate(rows):
                drawn[i] += row
                left[i] -= len(row)
                if len(row) < limits[i] or window == "stop":
                    left[i] = 0
                elif left[i]:
                    texts[i] = self._window.slide([*texts[i], *row])
            settings = replace(settings, seed=settings.seed + _ANOTHER_COIN)
        return [self.tokenizer.decode(ids) for ids in drawn]

    def chat_prompt(self, messages: Sequence[Message]) -> str:
        """The text that the model goes on with to answer a conversation.

        Args:
            messages: `{"role": ..., "content": ...}` in turns, the user's last.

        Raises:
            ValueError: they are no conversation, or the model was never shown one.
        """
        return self._shown_template().render(messages)

    @checked(max_tokens=1)
    def chat(
        self,
        messages: Sequence[Message],
        max_tokens: int = 200,
        temperature: float = 1.0,
        *,
        top_k: int | None = None,
        top_p: float | None = None,
        min_p: float | None = None,
        seed: int = 0,
    ) -> str:
        """Answer a conversation: write it down by the template, then `generate`.

        Raises:
            ValueError: for messages or a setting that mean nothing.
        """
        given = [messages], max_tokens, temperature
        answers = self.chats(*given, top_k=top_k, top_p=top_p, min_p=min_p, seed=seed)
        return answers[0]

    @checked(max_tokens=1)
    def chats(
        self,
        conversations: Sequence[Sequence[Message]],
        max_tokens: int = 200,
        temperature: float = 1.0,
        *,
        top_k: int | None = None,
        top_p: float | None = None,
        min_p: float | None = None,
        seed: int = 0,
    ) -> list[str]:
        """Answer many conversations together; row i flips its coins with seed + i.

        Raises:
            ValueError: for messages or a setting that mean nothing.
        """
        template = self._shown_template()
        texts = [
            template.encode(conversation, self.tokenizer)
            for conversation in conversations
        ]
        self._window.check(max(map(len, texts), default=0))
        settings = Settings(
            temperature=temperature, top_k=top_k, top_p=top_p, min_p=min_p, seed=seed
        )
        stops = [*self.tokenizer.stops]
        if template.end:
            stops += self.tokenizer.encode(template.end)
        drawn = self._continue(texts, max_tokens, settings, stops, "stop")
        return [text.strip() for text in drawn]

    def _shown_template(self) -> ChatTemplate:
        if self.template is None:
            raise ValueError(
                f"{self.name} has no chat template: it was never shown a conversation. "
                "Use generate, which continues any text."
            )
        return self.template

    @checked(max_tokens=1)
    def stream(
        self,
        prompt: str,
        max_tokens: int = 40,
        temperature: float = 1.0,
        *,
        top_k: int | None = None,
        top_p: float | None = None,
        min_p: float | None = None,
        seed: int = 0,
        window: Window = "stop",
    ) -> Iterator[str]:
        """`generate`, handing over each piece of text as it is drawn."""
        settings = Settings(
            temperature=temperature, top_k=top_k, top_p=top_p, min_p=min_p, seed=seed
        )
        tokens = self._drawn(self.encode(prompt, window), max_tokens, settings, window)
        return (piece for piece in self.tokenizer.decode_stream(tokens) if piece)

    def _drawn(
        self, ids: list[int], left: int, settings: Settings, window: Window
    ) -> Iterator[int]:
        while left:  # once, unless a window slides
            limit, stops = self._window.room(ids, left), tuple(self.tokenizer.stops)
            row = []
            for token in stream(self.params, ids, self.config, settings, limit, stops):
                row.append(token)
                yield token
            left -= len(row)
            if len(row) < limit or window == "stop":
                return
            ids = self._window.slide([*ids, *row]) if left else ids
            settings = replace(settings, seed=settings.seed + _ANOTHER_COIN)
