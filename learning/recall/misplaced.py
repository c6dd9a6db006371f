"""Insights that were given where they did not bear: what the user said "not here" of, and what that does.

Such a word says nothing against the insight, and little about its own words: "what do we use for CSS?" asks for it
still after it was out of place in "CSS for HTML mail". So messages are compared by what they say besides the insight's
words. As far as a message is like one on which the insight did not bear, it bears less on it: wholly alike, not at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from learnchat.learning.profile.insight import Insight
from learnchat.learning.recall.insight_index import insight_terms
from learnchat.learning.recall.terms import terms, vague_terms

# Of a message so much is kept and compared, in characters: what is asked stands before what is pasted.
SAID_LENGTH = 1000


@dataclass(frozen=True, slots=True)
class Misplaced:
    """That an insight was given where it did not bear."""

    act: str
    """Id of the act, by which it is taken back."""
    insight: str
    said: str
    """The message it was given with, or its beginning."""
    session: str
    at: datetime


@dataclass(frozen=True, slots=True)
class HeldBack:
    """An insight that bears on a message by its words, and was not given because of what the user said earlier."""

    insight: str
    by: Misplaced
    alike: float
    """How much the messages are alike, 0 to 1; 1 in the conversation in which it was said."""


def alike(said: str, earlier: str, insight: Insight) -> float:
    """How much two messages are alike in what they say besides an insight's words: the cosine of their sets of words.

    Where the earlier one said nothing else, all of their words are compared.
    """
    own = set(insight_terms(insight))
    one, other = _telling(said), _telling(earlier)
    if other - own:
        one, other = one - own, other - own
    return len(one & other) / (len(one) * len(other)) ** 0.5 if one and other else 0.0


def _telling(said: str) -> set[str]:
    return set(terms(said[:SAID_LENGTH])) - vague_terms()


def held_back(
    text: str, insights: Iterable[Insight], misplaced: Sequence[Misplaced], everywhere: Mapping[str, Misplaced]
) -> dict[str, HeldBack]:
    """What there is to say against giving insights with a message, by their ids.

    Args:
        text: the message.
        insights: those that would be given.
        misplaced: what the user said, oldest first.
        everywhere: by the ids of insights, what was said in this conversation: there it holds for every message.
    """
    found: dict[str, HeldBack] = {}
    if not misplaced:
        return found
    for insight in insights:
        if insight.id in everywhere:
            found[insight.id] = HeldBack(insight.id, everywhere[insight.id], 1.0)
            continue
        said = (each for each in misplaced if each.insight == insight.id)
        against = [HeldBack(insight.id, each, alike(text, each.said, insight)) for each in said]
        if nearest := max(against, key=lambda each: each.alike, default=None):
            found[insight.id] = nearest
    return found
