"""Vectors of words: what training knows of words that no message of the corpus holds.

A word's vector is what a sentence encoder says of the word alone, so that words of like meaning lie near each other. A
linear model over vectors is, for each word, one number, and so is each unit of a network over their sum: what is
shipped is these numbers, and no vector. The file beside this module is made by `python -m
learnchat.learning.training.vectors`, which needs sentence-transformers and the encoder all-MiniLM-L6-v2 (Apache 2.0, as
is its vocabulary).
"""

from __future__ import annotations

import re
import sys
from collections.abc import Collection
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy

VECTORS = Path(__file__).with_name("word_vectors.npz")
"""Installed too, like the example sentences (1.1 MB together): `learnchat evaluate` trains with both."""

# Of the encoder's vocabulary, which begins with the most frequent words. With 8,000 or 25,000 held-out figures are the
# same, and so they are with all 384 dimensions; 128 are worse.
_FREQUENT_WORDS = 5_000
_DIMENSIONS = 256
# Steps in a standard deviation: the coarsest at which held-out figures are those of whole numbers.
_STEPS = 3
_PLAIN = re.compile(r"(?:[a-z][a-z']{0,20}|[?!])\Z")

Floats = numpy.ndarray[Any, Any]


class WordVectors(NamedTuple):
    """The rows of a matrix, by word."""

    row_of: dict[str, int]
    matrix: Floats
    """Shape (words, dimensions), standard deviation 1."""


@cache
def word_vectors() -> WordVectors:
    """The vectors that come with learnchat, of plain words."""
    with numpy.load(VECTORS) as data:
        words = bytes(data["words"]).decode().split("\n")
        plain = [row for row, word in enumerate(words) if is_plain_word(word)]
        rows = {words[row]: number for number, row in enumerate(plain)}
        return WordVectors(rows, data["vectors"][plain].astype(float) / _STEPS)


def is_plain_word(token: str) -> bool:
    """Whether it is a word and nothing else, or a mark that tells as much as one.

    With names such as "next.js" held-out figures are the same.
    """
    return _PLAIN.match(token) is not None


def meaning(words: Collection[str]) -> Floats:
    """The vectors of a statement's words, summed, divided by the root of their number: the more, the less one says."""
    vectors = word_vectors()
    known = [vectors.row_of[word] for word in words if word in vectors.row_of]
    found: Floats = vectors.matrix[known].sum(axis=0) / max(1, len(known)) ** 0.5
    return found


def make(model: str, path: Path = VECTORS) -> int:
    """Encode the frequent words, those of our example sentences, and the names of things developers talk about.

    Args:
        model: the encoder's folder, or its name.
        path: where to write.

    Returns:
        How many words.
    """
    from sentence_transformers import SentenceTransformer
    from sklearn.decomposition import PCA

    from learnchat.learning.language.vocabulary import design_nouns, parts, technologies, troubles
    from learnchat.learning.training.corpus import read_examples

    encoder = SentenceTransformer(model)
    by_place = sorted(encoder.tokenizer.get_vocab().items(), key=lambda item: item[1])
    frequent = [word for word, _ in by_place if len(word) > 1 and word.isascii() and word.isalpha()][:_FREQUENT_WORDS]
    ours = sorted({word for example in read_examples() for word in example.sentence.words})
    things = sorted(technologies() | design_nouns() | parts() | troubles())
    words = list(dict.fromkeys(word for word in ["i", "a", *frequent, *ours, *things] if " " not in word))
    encoded = encoder.encode(words, batch_size=256, show_progress_bar=False)
    vectors = PCA(_DIMENSIONS, random_state=0).fit_transform(encoded)
    steps = numpy.clip(numpy.round(vectors / vectors.std() * _STEPS), -127, 127).astype(numpy.int8)
    numpy.savez_compressed(path, words=numpy.frombuffer("\n".join(words).encode(), dtype=numpy.uint8), vectors=steps)
    return len(words)


if __name__ == "__main__":
    sys.stdout.write(f"{make(sys.argv[1] if sys.argv[1:] else 'sentence-transformers/all-MiniLM-L6-v2')} words\n")
