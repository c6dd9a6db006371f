"""The clauses of a sentence that could stand alone: "we use pnpm, please remember that, and try again" holds a rule.

What is said in one breath with a task or a question is read by itself too.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from learnchat.learning.language.statements import Statement

# A shorter sentence is one thought, a shorter clause none; what follows the last break may be shorter by a word.
_SENTENCE_WORDS = 9
_CLAUSE_WORDS = 4

_SUBJECTS = "we|i|you|it|they"
_RULES = "don't|dont|do not|never|always"
# Left to `re` to compile and keep when first needed: importing costs nothing. A set comes first because `re` then skips
# to what may begin a match, twice as fast.
_BREAK = (
    r"[\s,:;)](?:(?:(?<=,)\s|(?<=\s))\s*(?:but|because|since|whereas|although|however|also|so that"
    rf"|and (?:also|then|{_SUBJECTS}|the|this|{_RULES}|make|use|please))\s"
    r"|(?<=,)\s+(?=\w)|(?<=[:;)])\s+|(?<=\s)\s*(?:(?:-{1,3}|->|→)\s+|\((?=\w)"
    rf"|(?:so|and)\s(?=(?:{_SUBJECTS}|{_RULES}|please|lets|let's)\b)))"
)
_OPENING = r"(?:but|because|since|whereas|although|however|also|so that|and|so)\s+"


class Clause(NamedTuple):
    """A clause."""

    statement: Statement
    """With the conjunction that opens it, which tells what it is."""
    start: int
    """Where it begins without that: an offset into the message's text, in characters."""


def clauses(sentence: Statement) -> list[Clause]:
    """The clauses of a sentence, in order; none where it is short or holds only one."""
    small = sentence.small
    if len(small.split()) < _SENTENCE_WORDS:
        return []
    begin = 0
    found: list[tuple[int, int]] = []
    for match in re.finditer(_BREAK, small):
        before, after = small[begin : match.start()], small[match.end() :]
        if len(before.split()) >= _CLAUSE_WORDS and len(after.split()) >= _CLAUSE_WORDS - 1:
            found.append((begin, match.start()))
            begin = match.start()
            while begin < match.end() and not small[begin].isalpha():
                begin += 1
    return [_clause(sentence, *each) for each in [*found, (begin, len(small))]] if found else []


def _clause(sentence: Statement, first: int, last: int) -> Clause:
    part = sentence.part(first, last)
    opening = re.match(_OPENING, part.small)
    return Clause(part, part.start + (opening.end() if opening else 0))
