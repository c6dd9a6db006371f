"""The statements of a message: its sentences, word by word, with their places in the text.

`split` is the one way from text to statements: detectors and gate read what it gives.
"""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from learnchat.learning.language.prose import passages

# A sentence is read up to here, and what goes on is read as the next: nobody says 600 characters in one breath, and
# it bounds the work on text without a full stop.
SENTENCE_LIMIT = 600

# One token: a code span, a word (with what belongs to technical names: Next.js, C++, @scope/name, don't), or a mark.
_TOKEN = re.compile(
    r"`[^`\n]{1,200}`"
    r"|\d[\d,.]{0,40}\d(?!\w)"
    r"|\.?[^\W_](?:[\w.+#@/'’-]{0,78}[\w+#])?"
    r"|@\w(?:[\w./-]{0,78}\w)?"
    r"|\w{1,80}"
    r"|[^\w\s]"
)
# "e.g. " and the like end no sentence.
_ABBREVIATION = re.compile(r"(?:\b(?:e\.g|i\.e|etc|vs|cf|approx|resp|incl|no|fig|dr|mr|mrs|ms)|\b\w)\.$", re.IGNORECASE)
# Possessive, and only at the start of a run of marks: linear on "......".
_END = re.compile(r"(?<![.!?…])[.!?…]++[\"'”’)]?+(?=\s|$)|;(?=\s)")
_DOUBLE_QUOTES = re.compile(r"\"([^\"\n]{1,400})\"|“([^”\n]{1,400})”|«([^»\n]{1,400})»")
_SINGLE_QUOTES = re.compile(r"(?<!\w)['‘]([^'’\n]{1,400})['’](?!\w)")


class Word(NamedTuple):
    """A word, a code span or a mark of punctuation. A tuple, because there are thousands in a paste."""

    text: str
    """Verbatim; a code span with its backticks."""
    lower: str
    """In small letters, with a straight apostrophe and without backticks: what tables are compared with."""
    start: int
    end: int
    """Offsets into the message's text, in characters."""
    quoted: bool = False
    """Stands between quotation marks."""

    @property
    def is_code(self) -> bool:
        return self.text[0] == "`" and len(self.text) > 2

    @property
    def is_mark(self) -> bool:
        return len(self.text) == 1 and not self.text.isalnum()


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence of the user's own prose."""

    start: int
    end: int
    """Offsets into the message's text, in characters."""
    words: tuple[Word, ...]
    places: Mapping[str, Sequence[int]]
    """Where each word stands, by its small letters: a detector looks only where its own words are."""
    vocabulary: frozenset[str]
    """The small letters of its words, each once."""
    ending: str
    """The mark at the end, or nothing."""


@lru_cache(maxsize=4)  # the detectors read the same message one after the other
def split(text: str) -> tuple[Statement, ...]:
    """The sentences of a message's own prose, in order; code, logs and quoted lines are left out. Linear."""
    found: list[Statement] = []
    for passage in passages(text):
        quotations = deque(_quotations(text, passage.start, passage.end))
        for start, end in _sentences(text, passage.start, passage.end):
            words = _words(text, start, end, quotations)
            if words:
                places: dict[str, list[int]] = defaultdict(list)
                for index, word in enumerate(words):
                    places[word[1]].append(index)
                ending = "?" if "?" in text[max(start, end - 3) : end] else text[end - 1]
                found.append(
                    Statement(start, end, words, places, frozenset(places), ending if ending in ".!?;…" else "")
                )
    return tuple(found)


def tokens(text: str) -> list[tuple[int, int]]:
    """The places of the words and marks of a sentence."""
    return [match.span() for match in _TOKEN.finditer(text)]


def _quotations(text: str, start: int, end: int) -> list[tuple[int, int]]:
    spans = [match.span() for match in _DOUBLE_QUOTES.finditer(text, start, end)]
    spans += [match.span() for match in _SINGLE_QUOTES.finditer(text, start, end)]
    return sorted(spans)


def _sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    position = start
    for stop in _END.finditer(text, start, end):
        if stop.group() == "." and _ABBREVIATION.search(text, max(position, stop.end() - 8), stop.end()):
            continue
        spans.append((position, stop.end()))
        position = stop.end()
    spans.append((position, end))
    return [piece for span in spans for piece in _bounded(text, *span)]


def _bounded(text: str, start: int, end: int) -> list[tuple[int, int]]:
    pieces: list[tuple[int, int]] = []
    while end - start > SENTENCE_LIMIT:
        cut = text.rfind(" ", start + SENTENCE_LIMIT // 2, start + SENTENCE_LIMIT)
        cut = start + SENTENCE_LIMIT if cut < 0 else cut
        pieces.append((start, cut))
        start = cut
    pieces.append((start, end))
    return [piece for piece in (_stripped(text, *piece) for piece in pieces) if piece[0] < piece[1]]


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - (len(piece) - len(piece.rstrip()))


def _words(text: str, start: int, end: int, quotations: deque[tuple[int, int]]) -> tuple[Word, ...]:
    """The words of one sentence. Quotations that end before a word are taken off: no later word needs them."""
    words: list[Word] = []
    new = tuple.__new__
    for match in _TOKEN.finditer(text, start, end):
        token = match[0]
        place, stop = match.span()
        quoted = False
        if quotations:
            while quotations and quotations[0][1] <= place:
                quotations.popleft()
            quoted = bool(quotations) and quotations[0][0] < place < quotations[0][1] - 1
        lower = token.lower()
        if not token.isalnum():
            lower = lower.replace("’", "'").strip("`")
        # Made like this because Word(…) takes three times as long, for every word.
        words.append(new(Word, (token, lower, place, stop, quoted)))
    return tuple(words)
