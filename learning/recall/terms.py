"""What a text is found by: its terms, and what a query wants.

A term is the stem of a content word (Porter 2), after irregular and short forms were made one; names in code give
themselves and their parts. Index and query use the same function, so they agree.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from learnchat.learning.language.words import content_words, stem
from learnchat.learning.recall.forms import FORMS
from learnchat.learning.recall.synonyms import RELATIVE_WEIGHT, RELATIVES

# What surrounds a word in prose. Taken off before the cache is asked, so that "cache," and "cache" are one entry.
_EDGES = "\"'`“”‘’«».,;:!?()[]{}<>*…—–"

# Besides what no comparison of statements looks at: in a question it says about whom, in a text it is everywhere.
_SILENT = frozenset(
    "his him her hers himself herself themselves myself yourself someone somebody anyone did didn".split()  # noqa: SIM905
)
_JOINER = re.compile(r"[\W_]+")
_RUN = re.compile(r"\S+")
_HUMP = re.compile(r"[a-z][A-Z]")

# What people say around a question, whatever it is about. They count as words that stand in a quarter of all texts,
# however few there are: "What do we use for CSS?" is about CSS.
_VAGUE = """
    use using need work think know tell say show give put take look find try help add change write run go come start
    thing way lot kind type sort name something anything everything project code please thank today new old good better
    best right wrong first last next time mean explain question answer idea example remember see happen feel talk like
    love enjoy great many recent
"""


@lru_cache(maxsize=100_000)
def _terms_of(word: str) -> tuple[str, ...]:
    """The terms of a run of text without blanks. 30 microseconds for one not seen before, then nothing."""
    words = [each for each in content_words(word) if each not in _SILENT]
    pieces = _JOINER.split(word)
    if len(pieces) > 1 and _HUMP.search(word):
        # A path is split into its names; names with humps in it have parts of their own.
        words += [part for piece in pieces if _HUMP.search(piece) for part in content_words(piece)]
    return tuple(dict.fromkeys(_term(each) for each in words)) if len(words) > 1 else tuple(map(_term, words))


def _term(word: str) -> str:
    word = FORMS.get(word, word)
    return stem(word) if word.isalpha() else word


def terms(text: str) -> list[str]:
    """The terms of a text in their order, repeats kept."""
    return [term for word in text.split() for term in _terms_of(word.strip(_EDGES))]


@cache
def vague_terms() -> frozenset[str]:
    """Terms that tell nothing about what a question is about."""
    return frozenset(terms(_VAGUE))


@dataclass(frozen=True, slots=True)
class Wanted:
    """One thing that is looked for."""

    term: str
    relatives: Mapping[str, float]
    """Other terms that may be meant by it, and how much of it each is worth, below 1."""


def wanted(text: str, *, synonyms: bool = True) -> list[Wanted]:
    """What a query looks for, each thing once.

    Args:
        text: the query.
        synonyms: also look for what may be meant by its words.
    """
    found: dict[str, Wanted] = {}
    for word in text.split():
        for term in _terms_of(word.strip(_EDGES)):
            if term not in found:
                found[term] = Wanted(term, _relatives(term) if synonyms else {})
    return [
        Wanted(each.term, {term: weight for term, weight in each.relatives.items() if term not in found})
        for each in found.values()
    ]


def _relatives(term: str) -> Mapping[str, float]:
    return _relatives_of_terms().get(term, {})


@cache
def _relatives_of_terms() -> Mapping[str, Mapping[str, float]]:
    found: dict[str, dict[str, float]] = {}
    for word, others in RELATIVES.items():
        name = _term(word)
        found.setdefault(name, {}).update({_term(other): RELATIVE_WEIGHT for other in others})
        found[name].pop(name, None)
    return found


def places(text: str, looked_for: Collection[str]) -> list[tuple[int, int, str]]:
    """Where in a text words stand that have one of some terms: start, end, and the first such term."""
    found: list[tuple[int, int, str]] = []
    for match in _RUN.finditer(text):
        word = match[0].strip(_EDGES)
        term = next((each for each in _terms_of(word) if each in looked_for), None)
        if term is not None:
            start = match.start() + match[0].index(word)
            found.append((start, start + len(word), term))
    return found
