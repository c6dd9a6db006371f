"""Finds which of many patterns occur in a statement, fast: each word leads straight to the few that can begin there.

A pattern begins at the start of a word, at a mark, or (with ``^``) at the start of the statement. The letters it can
begin with are read off the patterns offline and stored with the model. Where a pattern is, or holds, a list of single
words, a look-up of the word decides. Patterns are compiled when first tried: importing costs nothing.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple, TypeVar

INDEXED_LETTERS = 7
"""Letters of a pattern's beginning that are indexed: enough to tell words apart, few enough to keep the index small.
With 7 a third fewer patterns are tried in vain than with 5; 12 are hardly better, and the index three times the size.
"""

# Words whose candidates are remembered: a developer's vocabulary, a few megabytes.
_REMEMBERED = 32_768

_Key = TypeVar("_Key")
_Known = TypeVar("_Known")
_Match = Callable[..., "re.Match[str] | None"]

# Where a pattern may begin: at a word, at a mark, at an underscore within a name.
_ANCHOR = re.compile(r"[^\W_][^\W_']*|[^\w\s]|_")
_RUN = re.compile(r"\w+(?:'\w+)*")
_PLAIN = re.compile(r"[a-z][a-z']{0,20}\Z")


class Beginnings(NamedTuple):
    """What patterns can begin with; made by `learnchat.learning.training.beginnings`."""

    words: Mapping[str, Sequence[str]]
    """A single word: the names of the patterns that it matches by itself."""
    anywhere: Mapping[str, Sequence[str]]
    """Up to `INDEXED_LETTERS` letters: the names of the patterns that may begin so."""
    at_start: Mapping[str, Sequence[str]]
    """The same for a pattern's parts that must begin the statement."""


_Packed = Mapping[str, Sequence[tuple[Sequence[str], str]]]


def packed(beginnings: Beginnings) -> _Packed:
    """For a file: many beginnings lead to the same patterns, so these are written once, with all that lead there."""
    result: dict[str, list[tuple[Sequence[str], str]]] = {}
    for part, leads in beginnings._asdict().items():
        together: dict[tuple[str, ...], list[str]] = {}
        for letters, names in leads.items():
            together.setdefault(tuple(names), []).append(letters)
        result[part] = [(names, "\n".join(letters)) for names, letters in together.items()]
    return result


def unpacked(data: _Packed) -> Beginnings:
    """What `packed` made."""
    parts: dict[str, dict[str, Sequence[str]]] = {}
    for part, leads in data.items():
        # One object for each name: the usual ones are at hand, and equal by what they are.
        shared = [([*map(sys.intern, names)], letters) for names, letters in leads]
        parts[part] = {one: names for names, letters in shared for one in letters.split("\n")}
    return Beginnings(**parts)


# A pattern that may match from this many characters of a token on.
_Candidate = tuple[int, str, _Match]


class _Token(NamedTuple):
    names: Sequence[str]
    """Matched by words of the token alone."""
    candidates: Sequence[_Candidate]
    plain: str
    """The token, where it is a word and nothing else."""
    leads: bool = False
    """More patterns may match, depending on what follows."""


class _Remembered(dict[_Key, _Known]):
    """What is known of each thing, read when it is first met: an `lru_cache` would touch its neighbours each time."""

    def __init__(self, read: Callable[[_Key], _Known]) -> None:
        self._read = read

    def __missing__(self, key: _Key) -> _Known:
        if len(self) >= _REMEMBERED:
            self.clear()
        known = self[key] = self._read(key)
        return known


class _Leads:
    """Where letters lead."""

    def __init__(self, leads: Mapping[str, Sequence[str]], candidate: Callable[[str], _Candidate]) -> None:
        self._leads = leads
        self._candidate = candidate
        self._known: dict[str, Sequence[_Candidate]] = {}
        # Most letters lead nowhere, which their first three tell.
        self._heads = {letters[:3] for letters in leads}

    def candidates(self, letters: str) -> Sequence[_Candidate]:
        """What may begin with these letters: where the longest known beginning leads, and all it begins with."""
        for length in range(len(letters) if letters[:3] in self._heads else 2, -1, -1):
            beginning = letters[:length]
            found = self._known.get(beginning)
            if found is None and beginning in self._leads:
                found = self._known[beginning] = [*map(self._candidate, self._names(beginning))]
            if found is not None:
                return found
        return ()

    def _names(self, letters: str) -> Iterable[str]:
        leads = self._leads
        return dict.fromkeys(name for end in range(len(letters) + 1) for name in leads.get(letters[:end], ()))


class PatternIndex:
    """Named patterns, found by what they begin with."""

    def __init__(self, sources: Mapping[str, str], beginnings: Beginnings) -> None:
        self._sources = sources
        self._beginnings = beginnings
        self._at_word: dict[str, _Candidate] = {}
        """Each pattern where it begins with a token: one object for all tokens, so that the usual ones are at hand."""
        self._tokens = _Remembered(self._read_token)
        self._anywhere = _Leads(beginnings.anywhere, self._candidate)
        self._at_marks: dict[str, set[str]] = {}
        self._after: dict[str, list[str]] = {}
        """What may begin with a word and the mark or blank after it."""
        self._leads: set[str] = set()
        """Words with two characters after them that more may begin with: far fewer than what words are followed by."""
        for letters, names in beginnings.anywhere.items():
            if not letters.isalnum():
                self._index_marks(letters, names)
        self._leading = {letters[:-2] for letters in self._leads}
        self._in_context = _Remembered(self._anywhere.candidates)
        self._marked = _Remembered(self._read_marked)
        self._at_start = _Remembered(_Leads(beginnings.at_start, self._candidate).candidates)

    def _index_marks(self, letters: str, names: Sequence[str]) -> None:
        if not letters[:1].isalnum():
            self._at_marks.setdefault(letters[:1], set()).update(names)
        for place in range(1, len(letters)):
            if not letters[place].isalnum():
                if place + 1 < len(letters):
                    self._leads.add(letters[: place + 2])
                else:
                    self._after.setdefault(letters[:place], []).extend(names)

    def at_start(self, text: str) -> list[str]:
        """The names of the patterns that must begin the statement and do begin the text."""
        return [name for _, name, match in self._at_start[text[:INDEXED_LETTERS]] if match(text)]

    def read(self, text: str, spans: Iterable[tuple[int, int]], tokens: Iterable[str]) -> tuple[set[str], set[str]]:
        """The names of the patterns that occur anywhere in a statement, and its plain words.

        Args:
            text: in small letters.
            spans: the places of its words and marks.
            tokens: what stands there.
        """
        found: set[str] = set()
        words: set[str] = set()
        known, leading = self._tokens, self._leads
        for (start, end), letters in zip(spans, tokens, strict=True):
            token = known[letters]
            if token is None:
                token = self._marked_in_place(text, start, end)
            names, candidates, plain, leads = token
            if names:
                found.update(names)
            if leads and text[start : end + 2] in leading:
                candidates = self._in_context[text[start : start + INDEXED_LETTERS]]
            for offset, name, match in candidates:
                if name not in found and match(text, start + offset):
                    found.add(name)
            if plain:
                words.add(plain)
        return found, words

    def _candidate(self, name: str) -> _Candidate:
        found = self._at_word.get(name)
        if found is None:
            found = self._at_word[name] = (0, name, re.compile(self._sources[name]).match)
        return found

    def _read_token(self, token: str) -> _Token | None:
        """What a token holds by itself; None where that depends on what follows it."""
        if token.isalpha():
            return self._read_word(token)
        if "'" in token if len(token) >= INDEXED_LETTERS else not token[0].isalnum():
            return self._read_marked((token, len(token)))
        return None

    def _read_word(self, word: str) -> _Token:
        """The usual case, in a fifth of the time of the general one: new words are what a new message is made of."""
        names = self._beginnings.words.get(word, ())
        candidates = self._anywhere.candidates(word[:INDEXED_LETTERS])
        if after := self._after.get(word):
            candidates = [*candidates, *map(self._candidate, after)]
        if names:
            # What a word settles leaves nothing to try; a phrase that begins with it adds only its length.
            candidates = [one for one in candidates if one[1] not in names]
        return _Token(names, candidates, sys.intern(word) if _PLAIN.match(word) else "", word in self._leading)

    def _marked_in_place(self, text: str, start: int, end: int) -> _Token:
        length = end - start
        # What may begin near the token's end is looked up with what follows, so that all indexed letters decide.
        behind = start if length < INDEXED_LETTERS else end - 1
        return self._marked[text[start : behind + INDEXED_LETTERS], length]

    def _read_marked(self, place: tuple[str, int]) -> _Token:
        letters, length = place
        token = letters[:length]
        names: set[str] = set()
        for run in _RUN.finditer(token):
            pieces = run.group().split("'")
            for count in range(1, len(pieces) + 1):
                names.update(self._beginnings.words.get("'".join(pieces[:count]), ()))
        candidates: list[_Candidate] = []
        for anchor in _ANCHOR.finditer(token):
            start = anchor.start()
            if start and "'" in token:
                break  # Nothing begins within "don't".
            within = self._within(letters[start : start + INDEXED_LETTERS])
            candidates += [(start, name, match) for _, name, match in within if name not in names]
        return _Token([*names], candidates, token if _PLAIN.match(token) or token in "?!" else "")

    def _within(self, letters: str) -> Iterable[_Candidate]:
        if len(letters) == 1 and not letters.isalnum():
            return map(self._candidate, [*self._beginnings.anywhere.get("", ()), *self._at_marks.get(letters, ())])
        return self._anywhere.candidates(letters)
