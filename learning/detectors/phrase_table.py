"""The language in which a detector's table of phrases is written.

    "~switch|~move (over) from {from} to {to}"

    word          itself                          {slot}        a thing, kept under this name
    a|b           either                          {slot:name}   a thing of this `Level`
    ~verb         any form of the verb            {slot=a|b}    one of these words
    (word)        it, or nothing                  !a|b          none of these words here

A phrase may begin with a slot: it is read backwards from the word after it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from learnchat.learning.language.inflection import verb_forms
from learnchat.learning.language.noun_phrases import Level

_ELEMENT = re.compile(r"\([^)]*\)|\{[^}]*\}|\S+")


@dataclass(frozen=True, slots=True)
class Element:
    """A word, a choice of words or a slot; `absent`: what must not stand there."""

    words: frozenset[str]
    slot: str = ""
    level: Level = Level.ANY
    optional: bool = False
    absent: bool = False


@dataclass(frozen=True, slots=True)
class Phrase:
    """One way to say it, parsed."""

    elements: tuple[Element, ...]
    leading: Element | None
    """The slot before the first word."""
    verb: bool
    """Begins with a verb."""
    bases: frozenset[str]
    """The base forms of the first verb: without a subject they are tasks. Empty where an order is heard too."""
    following: tuple[frozenset[str], ...]
    """One of each of these must follow somewhere in the statement; none where nothing but slots must."""


def parse(text: str, *, order: bool = False) -> Phrase:
    """Read one line of a table.

    Args:
        text: the line.
        order: it is heard as an order too.

    Raises:
        ValueError: it has no word to begin at.
    """
    elements = [element for part in _ELEMENT.findall(text) for element in _elements(part)]
    leading = elements.pop(0) if elements and elements[0].slot else None
    if not elements or elements[0].slot or elements[0].optional:
        raise ValueError(f"a phrase has to begin with a word, or with a slot and a word: {text!r}")
    first_word = text.split("} ", 1)[1] if leading else text
    verbs = frozenset(word[1:] for word in first_word.split(" ", 1)[0].split("|") if word.startswith("~"))
    following = tuple(one.words for one in elements[1:] if one.words and not (one.optional or one.absent))
    return Phrase(tuple(elements), leading, bool(verbs) and not leading, frozenset() if order else verbs, following)


def _elements(part: str) -> Iterator[Element]:
    if part.startswith("("):
        inner = [element for word in _ELEMENT.findall(part[1:-1]) for element in _elements(word)]
        yield from (Element(one.words, one.slot, one.level, optional=True) for one in inner)
    elif part.startswith("!"):
        yield Element(frozenset(part[1:].split("|")), absent=True)
    elif part.startswith("{"):
        slot, _, choice = part[1:-1].partition("=")
        slot, _, level = slot.partition(":")
        words = frozenset(choice.split("|")) if choice else frozenset()
        yield Element(words, slot, Level(level) if level else Level.ANY)
    else:
        forms = (verb_forms(word[1:]) if word.startswith("~") else {word} for word in part.split("|"))
        yield Element(frozenset().union(*forms))
