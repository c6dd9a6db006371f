"""Marks of a statement: what kind of saying it is, read from the cues that were heard in it.

`context` reads the words around a phrase; a form has no such place, so its whole statement is looked at.
"""

from __future__ import annotations

import math

from learnchat.learning.hearing.context import Mark
from learnchat.learning.hearing.evidence import Sentence
from learnchat.learning.hearing.gate import LISTED

# In the order in which they are told.
CONTEXT: dict[Mark, frozenset[str]] = {
    Mark.QUESTION: frozenset(("c:question_mark", "c:opens_as_question", "c:asks_for_something", "c:asks_whether")),
    Mark.QUOTED: frozenset(("c:quotes_speech", "c:holds_quotation")),
    Mark.REPORTED: frozenset(("c:reported",)),
    Mark.CONDITION: frozenset(("c:condition",)),
    Mark.DOUBT: frozenset(("c:hypothesis", "c:wonders")),
    Mark.TROUBLE: frozenset(("c:getting_trouble",)),
    Mark.PASSING: frozenset(("c:do_not_do_yet", "c:one_off_scope")),
    Mark.TASK: frozenset(("c:task_imperative", "c:go_ahead")),
}
"""Which cues make which mark."""

_MARKS = [(cue, mark) for mark, cues in CONTEXT.items() for cue in sorted(cues)]
_GRAVE = frozenset((Mark.QUESTION, Mark.QUOTED, Mark.REPORTED, Mark.CONDITION))
# What others say, and what is only wondered about, is not said, however probable it sounds.
_OTHERS_WORDS = frozenset(("c:reported", "c:holds_quotation", "c:asks_whether"))

MARKED_LISTED = 0.2
"""A statement with another mark is listed from this probability on: it takes most of the weight, seldom all of it."""


def mark_in(sentence: Sentence) -> Mark | None:
    """What takes a statement's weight; None if nothing does."""
    features = sentence.features
    for cue, mark in _MARKS:
        if cue in features:
            return mark
    return None


def listed_from(sentence: Sentence, threshold: float) -> float:
    """From which probability on a statement is listed that only its form speaks for.

    Args:
        sentence: the statement.
        threshold: the gate's; what has no form at all, or is not said but asked, quoted, reported or supposed,
            is listed only when it would be asked about, if ever.
    """
    if not _OTHERS_WORDS.isdisjoint(sentence.features):
        return math.inf
    mark = mark_in(sentence)
    if mark in _GRAVE or not sentence.kinds:
        return threshold
    return min(threshold, MARKED_LISTED) if mark else LISTED
