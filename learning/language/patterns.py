"""Finds which of many patterns occur in a statement, fast: each word leads straight to the few that can begin there.

A pattern begins at the start of a word, at a mark, or (with ``^``) at the start of the statement. The letters it can
begin with are read off the patterns offline and stored with the model. Where a pattern is, or holds, a list of single
words, a look-up of the word decides. What begins the statement with anything is tried where a word stands that it has
to hold. Patterns are compiled when first tried: importing costs nothing.

In a name or a code span with an apostrophe ("don't/can't") single words are found, and what begins where it begins.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from itertools import accumulate
from typing import NamedTuple

from learnchat.learning.language.remembered import Remembered
from learnchat.learning.language.statements import Tokens

INDEXED_LETTERS = 7
"""Letters of a pattern's beginning that are indexed: enough to tell words apart, few enough to keep the index small.
With 7 a third fewer patterns are tried in vain than with 5; 12 are hardly better, and the index three times the size.
"""

_Match = Callable[..., "re.Match[str] | None"]

# Where a pattern may begin: at a word, at a mark, at an underscore within a name.
_ANCHOR = re.compile(r"[^\W_][^\W_']*|[^\w\s]|_")
_FIRST = re.compile(r"[^\W\d_]+|.")
_RUN = re.compile(r"\w+(?:'\w+)*")


class Beginnings(NamedTuple):
    """What patterns can begin with; made by `learnchat.learning.training.beginnings`."""

    words: Mapping[str, Sequence[str]]
    """A single word: the names of the patterns that it matches by itself."""
    anywhere: Mapping[str, Sequence[str]]
    """Up to `INDEXED_LETTERS` letters: the names of the patterns that may begin so."""
    at_start: Mapping[str, Sequence[str]]
    """The same for a pattern's parts that must begin the statement."""
    within: Mapping[str, Sequence[str]]
    """A word or mark: those of the patterns that begin the statement with anything that have to hold one such."""


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
# From the start of the statement, wherever the token is: `re` takes a place before the start for it.
_FROM_START = -(2**30)
# What follows a token may add candidates; or decides on all of them.
_LEADS_ON, _IN_PLACE = 1, 2


class _Token(NamedTuple):
    names: Sequence[str]
    """Matched by words of the token alone."""
    candidates: Sequence[_Candidate]
    leads: int = 0
    """Whether more patterns may match, depending on what follows: `_LEADS_ON` or `_IN_PLACE`."""


class _Leads:
    """Where letters lead."""

    def __init__(self, leads: Mapping[str, Sequence[str]], candidate: Callable[[str], _Candidate]) -> None:
        self._leads = leads
        self._candidate = candidate
        # Read when they are first met.
        self._known: dict[str, Sequence[_Candidate] | None] = dict.fromkeys(leads)
        # By their first three letters, how long the known beginnings are, longest first: most letters lead nowhere.
        self._lengths: dict[str, Sequence[int]] = {}
        for head, length in sorted({(letters[:3], len(letters)) for letters in leads}, reverse=True):
            self._lengths[head] = (*self._lengths.get(head, ()), length)
        self._by_two: Remembered[str, Sequence[_Candidate]] = Remembered(self._at_most_two)

    def candidates(self, letters: str) -> Sequence[_Candidate]:
        """What may begin with these letters: where the longest known beginning leads, and all it begins with."""
        found = self._longest(letters, self._lengths.get(letters[:3], ()))
        return self._by_two[letters[:2]] if found is None else found

    def _at_most_two(self, letters: str) -> Sequence[_Candidate]:
        return self._longest(letters, (2, 1, 0)) or ()

    def _longest(self, letters: str, lengths: Iterable[int]) -> Sequence[_Candidate] | None:
        known = self._known
        for length in lengths:
            beginning = letters[:length]
            if beginning in known:
                found = known[beginning]
                if found is None:
                    found = known[beginning] = [*map(self._candidate, self._names(beginning))]
                return found
        return None

    def _names(self, letters: str) -> Iterable[str]:
        leads = self._leads
        return dict.fromkeys([name for end in range(len(letters) + 1) for name in leads.get(letters[:end], ())])


def _without(leads: Mapping[str, Sequence[str]], left_out: Collection[str]) -> dict[str, Sequence[str]]:
    return {letters: [name for name in names if name not in left_out] for letters, names in leads.items()}


class PatternIndex:
    """Named patterns, found by what they begin with."""

    def __init__(self, sources: Mapping[str, str], beginnings: Beginnings) -> None:
        self._sources = sources
        self._beginnings = beginnings
        self._at_word: dict[str, _Candidate] = {}
        """Each pattern where it begins with a token: one object for all tokens, so that the usual ones are at hand."""
        self._tokens = Remembered(self._read_token)
        self._anywhere = _Leads(beginnings.anywhere, self._candidate)
        self._at_marks: dict[str, set[str]] = {}
        """What may begin with a mark and the character after it."""
        self._after: dict[str, list[str]] = {}
        """What may begin with a word and the mark or blank after it."""
        self._leading_on: set[str] = set()
        """Words and marks with two characters after them that more may begin with: far fewer than what follows them."""
        for letters, names in beginnings.anywhere.items():
            if not letters.isalnum():
                self._index_marks(letters, names)
        self._may_lead_on = {letters[:-2] for letters in self._leading_on}
        self._in_context = Remembered(self._read_in_context)
        self._marked = Remembered(self._read_marked)
        led_to = {name for names in beginnings.within.values() for name in names}
        self._at_start = Remembered(_Leads(_without(beginnings.at_start, led_to), self._candidate).candidates)
        # What follows filler is not read word by word: there they are tried in any case.
        self._at_any_start = [self._candidate(name) for name in beginnings.at_start.get("", ()) if name in led_to]

    def _index_marks(self, letters: str, names: Sequence[str]) -> None:
        if not letters[:1].isalnum():
            if len(letters) > 2:
                self._leading_on.add(letters[:3])
            elif len(letters) == 2:
                self._at_marks.setdefault(letters[:1], set()).update(names)
        for place in range(1, len(letters)):
            if not letters[place].isalnum():
                if place + 1 < len(letters):
                    self._leading_on.add(letters[: place + 2])
                else:
                    self._after.setdefault(letters[:place], []).extend(names)

    def compile(self) -> None:
        """Compile all patterns at once: in 30 ms, which otherwise the first messages take."""
        for name in self._sources:
            self._candidate(name)

    def at_start(self, text: str) -> list[str]:
        """The names of the patterns that must begin the statement and do begin the text."""
        candidates = [*self._at_start[text[:INDEXED_LETTERS]], *self._at_any_start]
        return [name for _, name, match in candidates if match(text)]

    def read(self, text: str, tokens: Tokens) -> set[str]:
        """The names of the patterns that occur in a statement.

        Args:
            text: in small letters.
            tokens: its words and marks.
        """
        found = {name for _, name, match in self._at_start[text[:INDEXED_LETTERS]] if match(text)}
        leading_on = self._leading_on
        texts, starts, ends = tokens
        for start, end, token in zip(starts, ends, map(self._tokens.__getitem__, texts), strict=True):
            if not token:
                continue
            names, candidates, leads = token
            if leads:
                if leads == _IN_PLACE:
                    names, candidates, _ = self._marked_in_place(text, start, end)
                elif text[start : end + 2] in leading_on:
                    candidates = self._in_context[text[start : start + INDEXED_LETTERS]]
            if names:
                found.update(names)
            for offset, name, match in candidates:
                if name not in found and match(text, start + offset):
                    found.add(name)
        return found

    def _candidate(self, name: str) -> _Candidate:
        found = self._at_word.get(name)
        if found is None:
            found = self._at_word[name] = (0, name, re.compile(self._sources[name]).match)
        return found

    def _led_to(self, word: str) -> Sequence[_Candidate]:
        """What is tried from the start of the statement where this word or mark stands in it."""
        return [(_FROM_START, name, self._candidate(name)[2]) for name in self._beginnings.within.get(word, ())]

    def _read_token(self, token: str) -> _Token | None:
        """What a token holds by itself; None where nothing can begin with it."""
        if token.isalpha():
            return self._read_word(token)
        if "'" in token if len(token) >= INDEXED_LETTERS else not token[0].isalnum():
            return self._read_marked((token, len(token)))
        return _Token((), (), _IN_PLACE)

    def _read_word(self, word: str) -> _Token | None:
        """The usual case, in a fifth of the time of the general one: new words are what a new message is made of."""
        names = self._beginnings.words.get(word, ())
        candidates = self._anywhere.candidates(word[:INDEXED_LETTERS])
        if after := self._after.get(word):
            candidates = [*candidates, *map(self._candidate, after)]
        if word in self._beginnings.within:
            candidates = [*candidates, *self._led_to(word)]
        if names:
            # What a word settles leaves nothing to try; a phrase that begins with it adds only its length.
            candidates = [one for one in candidates if one[1] not in names]
        leads = _LEADS_ON if word in self._may_lead_on else 0
        return _Token(names, candidates, leads) if names or candidates or leads else None

    def _marked_in_place(self, text: str, start: int, end: int) -> _Token:
        length = end - start
        # What may begin near the token's end is looked up with what follows, so that all indexed letters decide.
        behind = start if length < INDEXED_LETTERS else end - 1
        return self._marked[text[start : behind + INDEXED_LETTERS], length]

    def _read_marked(self, place: tuple[str, int]) -> _Token:
        letters, length = place
        token = letters[:length]
        words, within, begun = self._beginnings.words, self._beginnings.within, self._anywhere.candidates
        names: set[str] = set()
        candidates: list[_Candidate] = []
        for run in _RUN.findall(token):
            # Of "don't" "don" stands by itself, too.
            for word in accumulate(run.split("'"), "{}'{}".format) if "'" in run else (run,):
                if word in words:
                    names.update(words[word])
                if word in within:
                    candidates += self._led_to(word)
        for anchor in _ANCHOR.finditer(token):
            start = anchor.start()
            if start and "'" in token:
                break  # Nothing begins within "don't", and what else holds an apostrophe is rare.
            if token[start] in within and not token[start].isalnum():
                candidates += self._led_to(token[start])
            for one in begun(letters[start : start + INDEXED_LETTERS]):
                _, name, match = one
                if name not in names:
                    candidates.append((start, name, match) if start else one)
        if len(letters) == 1 and not letters.isalnum():
            # What follows it is not known here.
            candidates = [*map(self._candidate, self._at_marks.get(letters, ())), *candidates]
        return _Token([*names], candidates, _LEADS_ON if token in self._may_lead_on else 0)

    def _read_in_context(self, letters: str) -> Sequence[_Candidate]:
        """What may begin with a word, or a mark, and what follows it."""
        candidates = self._anywhere.candidates(letters)
        word = _FIRST.match(letters)
        if word and word.group() in self._beginnings.within:
            candidates = [*candidates, *self._led_to(word.group())]
        return candidates
