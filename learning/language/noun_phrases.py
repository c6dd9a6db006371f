"""Reads the thing a sentence speaks of: "our old Bootstrap 4 theme" after "replaced" is "old Bootstrap 4 theme".

No grammar: a thing goes on until a word that can't belong to one, and is at most six words long.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

from learnchat.learning.language.statements import Word
from learnchat.learning.language.vocabulary import design_nouns, parts, technologies, troubles, word_set

# Longer ones are clauses that the reading below mistook for a noun.
LONGEST = 6

DETERMINERS = word_set(
    """
    the a an our my your his her its their this that these those all any some every each both such another of more
    most just only even raw plain pure directly also completely entirely
    """
)
# Words that end a thing: prepositions, conjunctions, pronouns, auxiliaries, adverbs of time and place.
_ENDS = word_set(
    """
    about above across after again against along already always among and any anyway anymore anywhere are as at
    back be because been before behind being below beside besides between beyond but by can can't cannot could
    currently did didn't do does doesn't don't down due during either else entirely especially even eventually
    everywhere except finally first for forever from fully had has hasn't have haven't he hence here how however i
    i'm i've if in inside instead into is isn't it it's its itself just lately last later let like likely may
    maybe me might must my neither never no nor not now of off on once only onto or otherwise our out outside over
    per perhaps please possibly probably properly rather recently right shall she should shouldn't simply since so
    some soon still such than that that's the their them then there therefore they they're this those though
    through throughout thus till to today together tomorrow too toward towards tonight under unless until up upon
    us using usually via was wasn't we we'll we're we've were what when whenever where whereas whether which while
    who whom whose why will with within without won't would wouldn't yesterday yet you you're your completely
    always everywhere ago want wants wanted need needs needed makes make made means meant works worked broke
    breaks got gets went comes became seems feels use uses using used anymore ok okay thanks thx lol btw fyi
    """
)
# Nothing one could remember: what these stand for was said elsewhere.
_VAGUE = word_set(
    """
    it this that these those them one ones thing things stuff something anything everything nothing option options
    recommendation recommendations approach suggestion suggestions plan plans idea ideas way ways choice choices
    first second third latter former default same other others flow rest next previous new old left right top
    bottom here there bit lot lots time times day days week weeks month months part parts side end start beginning
    case cases point number numbers step steps phase line lines word words name names question questions answer
    answers more less
    """
)
_NUMBER = re.compile(r"[\d.,:%$€£x-]+[a-z]{0,3}\Z")
_PATH = re.compile(
    r"[\w.-]*/[\w./-]*|\w[\w-]*\.(?:py|js|ts|tsx|jsx|md|json|yml|yaml|toml|html|css|go|rs|java|cs|c|h|cpp|txt|sh|lock|png|csv)\Z"
)
# Capitalised for emphasis or by custom, not because they are names.
_NO_NAMES = word_set(
    """
    i ok todo wip pr prs ui ux id ids api apis url urls cli ci faq monday tuesday wednesday thursday friday
    saturday sunday always never not only must all phase step task issue option part done yes no claude.md readme
    """
)


class Level(Enum):
    """What words have to name to fill a slot."""

    ANY = "any"
    """Any noun that is not vague."""
    THING = "thing"
    """A technology, a proper name, an identifier or a noun of design."""
    NAME = "name"
    """A technology or a proper name."""
    PART = "part"
    """The same, or a part of a program: a service, the build."""
    TROUBLE = "trouble"
    """A bug, a crash, a leak."""
    NUMBER = "number"
    """Figures."""


@dataclass(frozen=True, slots=True)
class NounPhrase:
    """A thing: `words[first:last]` of a sentence."""

    first: int
    last: int
    following: int
    """Where reading goes on."""


def read_forward(words: Sequence[Word], position: int) -> NounPhrase | None:
    """The thing that starts at a position, after its articles; None where none does."""
    while position < len(words) and words[position].lower in DETERMINERS:
        position += 1
    first = position
    while position < len(words) and position - first < LONGEST and not _ends(words[position]):
        position += 1
    if position == first:
        return None
    last = position
    if joined := _joined(words, position):
        last = joined
    return NounPhrase(first, last, last)


def read_backward(words: Sequence[Word], position: int) -> NounPhrase | None:
    """The thing that ends before a position."""
    last = first = position
    while first > 0 and last - first < LONGEST and not _ends(words[first - 1]):
        if words[first - 1].lower in DETERMINERS:
            break
        first -= 1
    return NounPhrase(first, last, position) if first < last else None


def _ends(word: Word) -> bool:
    return word.lower in _ENDS or word.is_mark


def _joined(words: Sequence[Word], position: int) -> int | None:
    """Where "Postgres and Redis" ends: a second name after and, or, & or a slash belongs to the first."""
    if position + 1 >= len(words) or words[position].lower not in ("and", "or", "&", "+", "/"):
        return None
    if not is_name(words, position - 1) or not is_name(words, position + 1):
        return None
    last = position + 2
    while last < len(words) and last - position < 4 and not _ends(words[last]):
        last += 1
    return last


def is_name(words: Sequence[Word], position: int) -> bool:
    """Whether a word is a technology or looks like a proper name: `PostgreSQL`, `Tailwind`, `k8s`, `@clack/prompts`."""
    word = words[position]
    lower = word.lower
    if lower in technologies() or (word.text.startswith("@") and "/" in word.text):
        return True
    if lower.endswith("'s") and lower[:-2] in technologies():
        return True
    if "@" in lower and lower.partition("@")[0] in technologies():
        return True
    if word.is_code or lower in _NO_NAMES or "_" in lower or _PATH.match(lower) or _NUMBER.match(lower):
        return False
    text = word.text
    if any(letter.isupper() for letter in text[1:]):
        # A sentence in capitals says nothing about its words.
        return not all(other.text.isupper() or not other.text.isalpha() for other in words)
    return position > 0 and text[0].isupper() and not words[position - 1].text.endswith((":", ".", "!", "?", '"', "“"))


def is_thing(words: Sequence[Word], phrase: NounPhrase, level: Level) -> bool:
    """Whether the words name something of this level."""
    named = words[phrase.first : phrase.last]
    lowers = [word.lower for word in named]
    if level is Level.TROUBLE:
        return not troubles().isdisjoint(lowers)
    if level is Level.NUMBER:
        return bool(_NUMBER.match(lowers[0]))
    if all(_is_vague(word) for word in named):
        return False
    if level is Level.ANY or any(is_name(words, position) for position in range(phrase.first, phrase.last)):
        return True
    if level is Level.NAME:
        return False
    if level is Level.PART and not parts().isdisjoint(lowers):
        return True
    if not design_nouns().isdisjoint(lowers) or any(_is_identifier(word) for word in named):
        return True
    return any(f"{one} {two}" in design_nouns() for one, two in pairwise(lowers))


def _is_vague(word: Word) -> bool:
    if word.text.isupper():
        return False
    return len(word.lower) < 2 or word.lower in _VAGUE or bool(_NUMBER.match(word.lower))


def _is_identifier(word: Word) -> bool:
    return word.is_code or "_" in word.text.strip("_")
