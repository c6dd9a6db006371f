"""The statements of a message: its sentences, word by word, with their places in the text.

`split` is the one way from text to statements: detectors and gate read what it gives.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from itertools import repeat
from typing import NamedTuple

from learnchat.learning.language.prose import Passage, passages
from learnchat.learning.language.remembered import Remembered
from learnchat.learning.language.slips import lowered

# A sentence is read up to here, and what goes on is read as the next: nobody says 600 characters in one breath, and
# it bounds the work on text without a full stop.
SENTENCE_LIMIT = 600

# One token: a code span, a word (with what belongs to technical names: Next.js, C++, @scope/name, don't), or a mark.
_TOKEN = re.compile(
    r"[a-zA-Z]{1,79}+(?=[ \n,!?:;()])"  # most words and marks, a little sooner than by what follows
    r"|[,!?:;()\[\]{}\"'*=<>|/\\&^%$~+#-]"
    r"|`[^`\n]{1,200}`"
    r"|\d[\d,.]{0,40}\d(?!\w)"
    r"|\.?[^\W_](?:[\w.+#@/'’-]{0,78}[\w+#])?"
    r"|@\w(?:[\w./-]{0,78}\w)?"
    r"|\w{1,80}"
    r"|[^\w\s]"
)
_LONGEST_TOKEN = 80
# "e.g. " and the like end no sentence, nor does "no. 5".
_ABBREVIATION = re.compile(r"(?:\b(?:e\.g|i\.e|etc|vs|cf|approx|resp|incl|fig|dr|mr|mrs|ms)|\b\w)\.$", re.IGNORECASE)
_NUMBER = re.compile(r"\bno\. ?\d", re.IGNORECASE)
# Possessive, and only at the start of a run of marks: linear on "......". Here and below a set of characters comes
# first, and what must not stand before it is looked at from behind it: `re` then skips to the next of the set.
_END = re.compile(r"[.!?…;](?:(?<=;)(?=\s)|(?<![.!?…]{2})(?<!;)[.!?…]*+[\"'”’)]?+(?=\s|$))")
_DOUBLE_QUOTES = re.compile(r"\"([^\"\n]{1,400})\"|“([^”\n]{1,400})”|«([^»\n]{1,400})»")
# What the expressions take, with the marks.
_LONGEST_QUOTATION = 402
_SINGLE_QUOTES = re.compile(r"['‘](?<!\w.)([^'’\n]{1,400})['’](?!\w)")


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


class Tokens(NamedTuple):
    """The words and marks of a sentence, one after the other. What is between them is blank."""

    texts: Sequence[str]
    starts: Sequence[int]
    ends: Sequence[int]
    """Their places in the sentence, in characters."""


class Statement:
    """One sentence of the user's own prose. Word by word it is read when that is first asked for: few ever are."""

    __slots__ = (
        "_passage",
        "_text",
        "_words",
        "end",
        "lowers",
        "small",
        "start",
        "tokens",
        "vocabulary",
    )

    def __init__(self, text: str, passage: Passage, start: int, end: int) -> None:
        """A sentence of a message.

        Args:
            text: of the message.
            passage: it is of.
            start: of the sentence, an offset into the text in characters.
            end: after it.
        """
        self.start, self.end = start, end
        self._text, self._passage = text, passage
        self._words: tuple[Word, ...] | None = None
        sentence = text[start:end]
        plain = sentence.isascii()
        self.small = small = sentence.lower() if plain else lowered(sentence)
        """In small letters with straight marks, exactly as long as the sentence."""
        self.tokens = tokens = tokenised(small if plain else sentence)
        """Its words and marks, as `small` has them."""
        lowers = tokens.texts
        if not plain:
            lowers = [_lower(token) for token in tokens.texts]
            self.tokens = Tokens(
                [small[first:last] for first, last in zip(tokens.starts, tokens.ends, strict=True)],
                tokens.starts,
                tokens.ends,
            )
        elif "`" in sentence:
            lowers = [token.strip("`") for token in tokens.texts]
        self.lowers: Sequence[str] = lowers
        """The small letters of its words, as `Word.lower` has them."""
        self.vocabulary = frozenset(lowers)
        """The same, each once."""

    @property
    def ending(self) -> str:
        """The mark at the end, or nothing."""
        last = self.small[-3:]
        ending = "?" if "?" in last else last[-1]
        return ending if ending in ".!?;…" else ""

    @property
    def words(self) -> tuple[Word, ...]:
        if self._words is None:
            self._words = self._read_words()
        return self._words

    def part(self, first: int, last: int) -> Statement:
        """A part of the sentence, read like one: from and to these places within it, blanks at the ends aside."""
        piece = self.small[first:last]
        begin = self.start + first + len(piece) - len(piece.lstrip())
        return Statement(self._text, self._passage, begin, begin + len(piece.strip()))

    def _read_words(self) -> tuple[Word, ...]:
        text, start = self._text, self.start
        near = _quotations(text, self._passage.start, self._passage.end)
        if near:
            # Sorted, and none is longer than this: those before and behind are left out without looking at each.
            near = near[bisect_left(near, (start - _LONGEST_QUOTATION,)) : bisect_left(near, (self.end,))]
        # Made like this because Word(…) takes three times as long, for every word.
        new = tuple.__new__
        _, starts, ends = self.tokens
        spans = [(start + first, start + last) for first, last in zip(starts, ends, strict=True)]
        quoted = [any(begin < first < end - 1 for begin, end in near) for first, _ in spans] if near else repeat(False)
        return tuple(
            [
                new(Word, (text[first:last], lower, first, last, within))
                for lower, (first, last), within in zip(self.lowers, spans, quoted, strict=False)
            ]
        )


@lru_cache(maxsize=4)  # the detectors read the same message one after the other
def split(text: str) -> tuple[Statement, ...]:
    """The sentences of a message's own prose, in order; code, logs and quoted lines are left out. Linear."""
    found: list[Statement] = []
    for passage in passages(text):
        for start, end in _sentences(text, passage.start, passage.end):
            # A mark alone is no sentence.
            if end - start > 1 or text[start].isalnum():
                found.append(Statement(text, passage, start, end))
    return tuple(found)


def tokenised(text: str) -> Tokens:
    """The words and marks of a sentence."""
    texts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    position = 0
    # Only a code span holds blanks.
    for piece in [text] if "`" in text else text.split(" "):
        end = position + len(piece)
        if piece.isalpha() and end - position <= _LONGEST_TOKEN:
            texts.append(piece)
            starts.append(position)
            ends.append(end)
        elif piece:
            known = _PIECES[piece] if end - position <= _LONGEST_TOKEN else _taken_apart(piece)
            for token, first, last in known:
                texts.append(token)
                starts.append(position + first)
                ends.append(position + last)
        position = end + 1
    return Tokens(texts, starts, ends)


def _taken_apart(piece: str) -> Sequence[tuple[str, int, int]]:
    return [(match.group(), match.start(), match.end()) for match in _TOKEN.finditer(piece)]


_PIECES = Remembered(_taken_apart)
"""Words with a mark, numbers, names: half of them were met before, and are at hand in a fifth of the time."""


@lru_cache(maxsize=4)  # its sentences are read one after the other
def _quotations(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """What stands between quotation marks, in order."""
    spans = [match.span() for match in _DOUBLE_QUOTES.finditer(text, start, end)]
    spans += [match.span() for match in _SINGLE_QUOTES.finditer(text, start, end)]
    return sorted(spans)


def _sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    position = start
    for stop in _END.finditer(text, start, end):
        last = stop.end()
        if stop.group() == "." and (
            _ABBREVIATION.search(text, max(position, last - 8), last) or _NUMBER.match(text, max(position, last - 3))
        ):
            continue
        spans.append((position, stop.end()))
        position = stop.end()
    spans.append((position, end))
    found: list[tuple[int, int]] = []
    for start, stop_at in spans:
        while stop_at - start > SENTENCE_LIMIT:
            cut = text.rfind(" ", start + SENTENCE_LIMIT // 2, start + SENTENCE_LIMIT)
            cut = start + SENTENCE_LIMIT if cut < 0 else cut
            _add_stripped(found, text, start, cut)
            start = cut
        _add_stripped(found, text, start, stop_at)
    return found


def _add_stripped(found: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    piece = text[start:end].lstrip()
    start = end - len(piece)
    piece = piece.rstrip()
    if piece:
        found.append((start, start + len(piece)))


def _lower(token: str) -> str:
    return token.lower() if token.isalnum() else token.lower().replace("’", "'").strip("`")
