"""A whole language model in one file: read it from top to bottom.

Text to tokens, tokens to scores, scores to odds, a coin, and again. Last comes how the
knobs are read from `data/fjord`. NumPy multiplies and adds; nothing else is used.

    python in_one_file.py "Once upon a time there was"

Letters in the shapes: T tokens of the text, V tokens of the vocabulary, D numbers that
each token carries along (its stream), N heads of H numbers each, F detectors.
"""

import json
import sys
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np

FJORD = Path(__file__).parents[1] / "data" / "fjord"


# 1. Text to tokens (lesson 1) ---------------------------------------------------------


class Vocabulary:
    """Pieces of text. A token is the number of a piece."""

    START = 1  # <s>, which is no text: it begins every text, and ends it when drawn

    def __init__(self):
        self.bytes_of = []  # what each token writes
        self.token_of = {}  # of each piece of text, and of each byte
        self.score_of = {}  # of pieces that are joined from others: the best go first

    def cut(self, text):
        """Join the two neighbours with the best score, until no two can be joined.

        Of equals, those farthest left. What no piece holds is spelled in bytes.
        """
        parts = list(text)
        while True:
            pairs = [left + right for left, right in pairwise(parts)]
            places = [i for i, pair in enumerate(pairs) if pair in self.score_of]
            if not places:
                break
            best = max(places, key=lambda i: self.score_of[pairs[i]])
            parts[best : best + 2] = [pairs[best]]
        tokens = [self.START]
        for part in parts:
            in_bytes = [bytes([byte]) for byte in part.encode()]
            spelled = [part] if part in self.token_of else in_bytes
            tokens += [self.token_of[piece] for piece in spelled]
        return tokens

    def join(self, tokens):
        """Tokens to text."""
        return b"".join(map(self.bytes_of.__getitem__, tokens)).decode(errors="replace")


# 2. Tokens to scores: the function (lesson 2) -----------------------------------------


def scores(tokens, knobs, config):
    """One score for every token of the vocabulary, behind each token: [T V].

    Nothing is kept between two calls, and no knob is ever moved.
    """
    stream = knobs["embedding"][tokens]  # [T D]: each token looks up its numbers
    for i in range(config["n_layers"]):
        own = f"layers.{i}."
        layer = {name[len(own) :]: knobs[name] for name in knobs if own in name}
        x = normalized(stream, layer["attention_norm"], config)
        stream = stream + attention(x, layer, config)
        stream = stream + mlp(normalized(stream, layer["mlp_norm"], config), layer)
    stream = normalized(stream, knobs["final_norm"], config)
    return stream @ knobs["embedding"].T  # how well each token of V would fit


def normalized(x, scale, config):
    """Each token's numbers at the same loudness: divided by their root mean square."""
    mean_square = (x * x).mean(axis=-1, keepdims=True)
    return x / np.sqrt(mean_square + config["norm_eps"]) * scale


def attention(x, layer, config):
    """What each token takes from those before it, and from itself: [T D]."""
    q = rotated(heads(x, layer["query"]), config)  # what each token looks for
    k = rotated(heads(x, layer["key"]), config)  # what each token offers
    v = heads(x, layer["value"])  # what it hands over
    fits = q @ k.swapaxes(1, 2) / np.sqrt(config["d_head"])  # [N T T]
    later = np.triu(np.ones(fits.shape[1:], bool), k=1)
    looks = softmax(np.where(later, -np.inf, fits))  # nobody looks ahead
    return np.einsum("NTH,NHD->TD", looks @ v, layer["output"])


def heads(x, weight):
    """The own numbers of each head for each token: [N T H]."""
    return np.einsum("TD,DNH->NTH", x, weight)


def rotated(x, config):
    """Mark the place of each token: turn pairs of its numbers by an angle."""
    places, half = x.shape[1], x.shape[2] // 2
    speed = config["rope_theta"] ** (-np.arange(half) / half)
    angle = np.float32(np.arange(places)[:, None] * speed)  # [T H/2]
    a, b = x[..., :half], x[..., half:]
    cos, sin = np.cos(angle), np.sin(angle)
    return np.concatenate([a * cos - b * sin, b * cos + a * sin], axis=-1)


def mlp(x, layer):
    """Each token by itself: F detectors look at it, and write what they know."""
    gate = x @ layer["gate"]
    opened = gate / (1 + np.exp(-gate))  # near 0 where a detector finds nothing
    return (opened * (x @ layer["up"])) @ layer["down"]


def softmax(x):
    """Scores to shares that add up to one."""
    shares = np.exp(x - x.max(axis=-1, keepdims=True))
    return shares / shares.sum(axis=-1, keepdims=True)


# 3. Scores to one token: temperature and coin (lessons 3 and 4) -----------------------


def bent_odds(scores, temperature, top_k=None):
    """The chance of every token: a low temperature sharpens, a high one flattens."""
    if temperature == 0:
        return np.eye(len(scores))[scores.argmax()]  # the likeliest, for sure
    scores = (scores - scores.max()) / temperature
    if top_k is not None:
        scores = np.where(scores < np.sort(scores)[-top_k], -np.inf, scores)
    return softmax(scores)


def flipped(odds, coin):
    """Lay the odds end to end: the coin, a number from 0 to 1, falls on one of them."""
    ends = np.cumsum(odds)
    return int(np.searchsorted(ends, coin * ends[-1], side="right"))


# 4. The loop (lesson 3) ---------------------------------------------------------------


def write_on(text, fjord, coins, most=60, temperature=1.0, top_k=None):
    """Scores, odds, coin, one more token, and again: yields token by token.

    `coins` gives the coin for a text of so many tokens.
    """
    knobs, config, vocabulary = fjord
    tokens = vocabulary.cut(text)
    for _ in range(most):
        if len(tokens) == config["max_seq_len"]:
            return  # the text is as long as the model can read
        odds = bent_odds(scores(tokens, knobs, config)[-1], temperature, top_k)
        token = flipped(odds, coins(len(tokens)))
        if token == vocabulary.START:
            return
        tokens.append(token)
        yield token


# 5. What lies on disk -----------------------------------------------------------------


class Model(NamedTuple):
    """The knobs by name, how many of what there are, and the vocabulary."""

    knobs: dict
    config: dict
    vocabulary: Vocabulary


def read_model(folder):
    """All of a model: numbers in files."""
    knobs = read_knobs(folder / "model.safetensors")
    config = json.loads((folder / "config.json").read_text())
    return Model(knobs, config, read_vocabulary(folder / "tokenizer.model"))


def read_knobs(file):
    """The knobs by name. The file: a length, a list of that length, the numbers."""
    data = file.read_bytes()
    length = 8 + int.from_bytes(data[:8], "little")
    knobs = {}
    for name, entry in json.loads(data[8:length]).items():
        begin, end = entry["data_offsets"]
        numbers = np.frombuffer(data[length + begin : length + end], np.float16)
        knobs[name] = numbers.astype(np.float32).reshape(entry["shape"])
    return knobs


def read_vocabulary(file):
    """The pieces, from a file of SentencePiece's."""
    vocabulary = Vocabulary()
    for field, message in fields(file.read_bytes()):
        if field != 1:  # how it was made
            continue
        entry = dict(fields(message))
        kind = entry.get(3, 1)
        piece = entry[1].decode().replace("\u2581", " ")  # its mark for a space
        if kind == 1:  # joined from two others
            vocabulary.score_of[piece] = np.frombuffer(entry[2], "<f4").item()
        elif kind == 6:  # one byte, such as <0x41>
            piece = bytes([int(piece[3:5], 16)])
        elif kind in (2, 3):  # no text: <unk> and <s>
            piece = b""
        vocabulary.token_of[piece] = len(vocabulary.bytes_of)
        written = piece if isinstance(piece, bytes) else piece.encode()
        vocabulary.bytes_of.append(written)
    return vocabulary


def fields(data):
    """The fields of a protocol buffer: their numbers and values, one by one.

    A number is written seven bits a byte; a byte from 128 on says: there's more.
    """
    place = 0

    def number():
        nonlocal place
        value, shift, byte = 0, 0, 128
        while byte >= 128:
            byte = data[place]
            value += (byte % 128) << shift
            place, shift = place + 1, shift + 7
        return value

    while place < len(data):
        field, how = divmod(number(), 8)
        if how == 0:
            yield field, number()
        else:
            size = 4 if how == 5 else number()
            yield field, data[place : place + size]
            place += size


if __name__ == "__main__":
    text = " ".join(sys.argv[1:]) or "Once upon a time there was"
    random = np.random.default_rng()
    print(text, end="", flush=True)
    fjord = read_model(FJORD)
    for token in write_on(text, fjord, lambda length: random.random()):
        sys.stdout.buffer.write(fjord.vocabulary.bytes_of[token])
        sys.stdout.flush()
    print()
