"""What stands before what somebody says: "ok so", "btw", "remember that"; it is no part of it."""

from __future__ import annotations

from collections.abc import Sequence

from learnchat.learning.language.vocabulary import word_set

FILLER = word_set(
    """
    ok okay k so btw also well hmm hm oh ah yeah yes yep yup sure actually fyi alright great cool nice perfect
    thanks thx hey hi hello and but then please anyway right good awesome lol um uh basically honestly
    """
)
"""Single words of it."""
_REMEMBER = (("remember",), ("keep", "in", "mind"), ("bear", "in", "mind"), ("don't", "forget"), ("dont", "forget"))
_SAID_BEFORE = (("i", "told", "you"), ("i", "already", "told", "you"), ("as", "i", "said"), ("like", "i", "said"))
_PHRASES = frozenset(
    [
        ("by", "the", "way"),
        ("just", "so", "you", "know"),
        ("for", "the", "record"),
        ("as", "an", "fyi"),
        ("no", ","),
        ("wait", ","),
        ("quick", "note"),
        ("one", "more", "thing"),
        ("heads", "up"),
        ("thank", "you"),
        ("to", "be", "clear"),
        ("just", "fyi"),
        # What is to be remembered is what follows.
        *((*first, last) for first in _REMEMBER for last in ("that", ":", ",")),
        *((*first, "this", ":") for first in _REMEMBER),
        *((first, last) for first in ("note", "memo") for last in ("that", ":")),
        *((verb, "this", ":") for verb in ("save", "learn", "memorize", "memorise", "store", "note", "record")),
        *(
            (asking, "you", *kindly, *first, "that")
            for asking in ("can", "could", "would", "will")
            for kindly in ((), ("please",), ("pls",), ("also",), ("just",))
            for first in (*_REMEMBER[:3], ("note",))
        ),
        ("for", "future", "reference"),
        ("note", "to", "self"),
        # Nor is it news that it was said before.
        *((*first, *last) for first in _SAID_BEFORE for last in ((":",), (",",), ("already",))),
    ]
)
_OPENING_PHRASES = frozenset(phrase[:2] for phrase in _PHRASES)
_LENGTHS = sorted({len(phrase) for phrase in _PHRASES}, reverse=True)
OPENERS = FILLER | {phrase[0] for phrase in _PHRASES}
"""What `trimmed_start` can begin with."""
_FILLER_MARKS = frozenset(",.:;!—–-…)")


def trimmed_start(words: Sequence[str]) -> int:
    """The index of the first word after "ok so", "btw", "by the way" and the like.

    Args:
        words: of a statement, in small letters.
    """
    position = 0
    while position < len(words):
        lower = words[position]
        if phrase := _phrase(words, position):
            position += phrase
        elif lower in FILLER or (lower in _FILLER_MARKS and position):
            position += 1
        else:
            break
    return position if position < len(words) else 0


def _phrase(words: Sequence[str], position: int) -> int:
    """How many words long the phrase of filler is that begins there; 0 where there is none."""
    # Most begin otherwise, which two words tell.
    if tuple(words[position : position + 2]) not in _OPENING_PHRASES:
        return 0
    return next((length for length in _LENGTHS if tuple(words[position : position + length]) in _PHRASES), 0)
