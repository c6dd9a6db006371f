"""Finds which of many patterns occur in a statement, fast: each word leads straight to the few that can begin there.

A pattern begins at the start of a word, at a mark, or (with ``^``) at the start of the statement. The letters it can
begin with are read off the patterns offline and stored with the model. Where a pattern is, or holds, a list of single
words, a look-up of the word decides. Patterns are compiled when first tried: importing costs nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

INDEXED_LETTERS = 7
"""Letters of a pattern's beginning that are indexed: enough to tell words apart, few enough to keep the index small.
With 7 a third fewer patterns are tried in vain than with 5; 12 are hardly better, and the index three times the size.
"""

# Words whose candidates are remembered: a developer's vocabulary, a few megabytes.
_REMEMBERED = 32_768

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
    return Beginnings(
        **{part: {one: names for names, letters in data[part] for one in letters.split("\n")} for part in data}
    )


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


class _Tokens(dict[str, "_Token | None"]):
    """What is known of each token, read when it is first met."""

    def __init__(self, read: Callable[[str], _Token | None]) -> None:
        self._read = read

    def __missing__(self, token: str) -> _Token | None:
        if len(self) >= _REMEMBERED:
            self.clear()
        known = self[token] = self._read(token)
        return known


class PatternIndex:
    """Named patterns, found by what they begin with."""

    def __init__(self, sources: Mapping[str, str], beginnings: Beginnings) -> None:
        self._sources = sources
        self._beginnings = beginnings
        self._match_of: dict[str, _Match] = {}
        self._tokens = _Tokens(self._read_token)
        self._at_letters: dict[str, Sequence[_Candidate]] = {}
        self._at_marks: dict[str, set[str]] = {}
        self._after: dict[str, list[str]] = {}
        """What may begin with a word and the mark or blank after it."""
        self._leads: set[str] = set()
        """Words with two characters after them that more may begin with: a few hundred, which saves a look-up of all
        that a word was ever followed by."""
        for letters, names in beginnings.anywhere.items():
            if not letters[:1].isalnum():
                self._at_marks.setdefault(letters[:1], set()).update(names)
            if not letters.isalnum():
                for place in [place for place in range(1, len(letters)) if not letters[place].isalnum()]:
                    if place + 1 < len(letters):
                        self._leads.add(letters[: place + 2])
                    else:
                        self._after.setdefault(letters[:place], []).extend(names)
        self._leading = {letters[:-2] for letters in self._leads}
        self._in_context = lru_cache(maxsize=_REMEMBERED)(self._candidates)
        self._marked_token = lru_cache(maxsize=_REMEMBERED)(self._read_marked)
        self._at_start = lru_cache(maxsize=_REMEMBERED)(self._look_up_start)

    def at_start(self, text: str) -> list[str]:
        """The names of the patterns that must begin the statement and do begin the text."""
        return [name for name, match in self._at_start(text[:INDEXED_LETTERS]) if match(text)]

    def read(self, text: str, tokens: Iterable[tuple[int, int]]) -> tuple[set[str], set[str]]:
        """The names of the patterns that occur anywhere in a statement, and its plain words.

        Args:
            text: in small letters.
            tokens: the places of its words and marks.
        """
        found: set[str] = set()
        words: set[str] = set()
        known, leading = self._tokens, self._leads
        for start, end in tokens:
            token = known[text[start:end]]
            if token is None:
                token = self._marked_in_place(text, start, end)
            names, candidates, plain, leads = token
            if names:
                found.update(names)
            if leads and text[start : end + 2] in leading:
                candidates = self._in_context(text[start : start + INDEXED_LETTERS])
            for offset, name, match in candidates:
                if name not in found and match(text, start + offset):
                    found.add(name)
            if plain:
                words.add(plain)
        return found, words

    def _match(self, name: str) -> _Match:
        match = self._match_of.get(name)
        if match is None:
            match = self._match_of[name] = re.compile(self._sources[name]).match
        return match

    def _read_token(self, token: str) -> _Token | None:
        """What a token holds by itself; None where that depends on what follows it."""
        if token.isalpha():
            return self._read_word(token)
        if "'" in token if len(token) >= INDEXED_LETTERS else not token[0].isalnum():
            return self._read_marked(token, len(token))
        return None

    def _read_word(self, word: str) -> _Token:
        """The usual case, in a fifth of the time of the general one: new words are what a new message is made of."""
        names = self._beginnings.words.get(word, ())
        candidates = self._candidates(word[:INDEXED_LETTERS])
        if after := self._after.get(word):
            candidates = [*candidates, *((0, name, self._match(name)) for name in after)]
        if names:
            # What a word settles leaves nothing to try; a phrase that begins with it adds only its length.
            candidates = [one for one in candidates if one[1] not in names]
        return _Token(names, candidates, word if _PLAIN.match(word) else "", word in self._leading)

    def _candidates(self, letters: str) -> Sequence[_Candidate]:
        """Those that may begin with these letters: where the longest known beginning leads, and all it begins with."""
        known = self._at_letters
        for length in range(len(letters), -1, -1):
            beginning = letters[:length]
            found = known.get(beginning)
            if found is None and beginning in self._beginnings.anywhere:
                names = _look_up(self._beginnings.anywhere, beginning)
                found = known[beginning] = [(0, name, self._match(name)) for name in names]
            if found is not None:
                return found
        return ()

    def _marked_in_place(self, text: str, start: int, end: int) -> _Token:
        length = end - start
        # What may begin near the token's end is looked up with what follows, so that all indexed letters decide.
        behind = start if length < INDEXED_LETTERS else end - 1
        return self._marked_token(text[start : behind + INDEXED_LETTERS], length)

    def _read_marked(self, letters: str, length: int) -> _Token:
        token = letters[:length]
        names: dict[str, None] = {}
        for run in _RUN.finditer(token):
            pieces = run.group().split("'")
            for count in range(1, len(pieces) + 1):
                names.update(dict.fromkeys(self._beginnings.words.get("'".join(pieces[:count]), ())))
        candidates: dict[tuple[int, str], None] = {}
        for anchor in _ANCHOR.finditer(token):
            start = anchor.start()
            if start and "'" in token:
                break  # Nothing begins within "don't".
            for name in self._beginning(letters[start : start + INDEXED_LETTERS]):
                if name not in names:
                    candidates[start, name] = None
        plain = token if _PLAIN.match(token) or token in "?!" else ""
        return _Token(tuple(names), tuple((start, name, self._match(name)) for start, name in candidates), plain)

    def _beginning(self, letters: str) -> Iterable[str]:
        if len(letters) == 1 and not letters.isalnum():
            return [*self._beginnings.anywhere.get("", ()), *self._at_marks.get(letters, ())]
        return _look_up(self._beginnings.anywhere, letters)

    def _look_up_start(self, letters: str) -> tuple[tuple[str, _Match], ...]:
        return tuple((name, self._match(name)) for name in _look_up(self._beginnings.at_start, letters))


def _look_up(by_letters: Mapping[str, Sequence[str]], letters: str) -> dict[str, None]:
    names: dict[str, None] = {}
    for length in range(len(letters) + 1):
        names.update(dict.fromkeys(by_letters.get(letters[:length], ())))
    return names
