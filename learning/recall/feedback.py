"""Finding sessions by what was said around the best messages: words that go with what is searched for.

Who asks for "books" wants the session in which "novel" and "chapter" were said, too. The words of the best messages
that few others have are searched for as well, for less: pseudo-relevance feedback (Lavrenko and Croft, "Relevance-Based
Language Models", 2001). It is done for sessions alone, where much was said and one wrong word weighs little.

The numbers were chosen with those of `conversations`, on five of the ten LoCoMo conversations.
"""

from __future__ import annotations

import heapq
import math
from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Protocol

from learnchat.learning.recall.conversations import Ranked, score_sessions
from learnchat.learning.recall.postings import Postings
from learnchat.learning.recall.ranking import Sought

# So many messages are believed to bear on what was asked, and so many of their words are taken.
BEST_MESSAGES = 3
WORDS = 20
# What all these words together are worth, in words that were asked for.
SHARE = 4.0
# A word that one message has leads nowhere else.
HOLDERS_AT_LEAST = 2
# Of a pasted log not every word is looked up.
TERMS_AT_MOST = 300


class Documents(Postings, Protocol):
    """Messages that can be looked into."""

    def terms_of(self, number: int) -> Mapping[str, int]:
        """The terms of a document, and how often it has each."""
        ...

    def spread(self, term: str) -> int:
        """How many documents have a term."""
        ...


def sessions_with_feedback(ranked: Ranked, asked: Collection[str], documents: Documents) -> Mapping[int, float]:
    """Sessions by number, with what they are ordered by: what they have of what was asked, and of what goes with it.

    Args:
        ranked: what was found.
        asked: the terms that were searched for.
        documents: the messages.
    """
    words = _words_around(ranked, asked, documents)
    if not words:
        return ranked.sessions
    whole = sum(words.values())
    sought = [Sought(SHARE * weight / whole, documents.holders(term)) for term, weight in words.items()]
    found = defaultdict(float, ranked.sessions)
    for session, value in score_sessions(sought, documents.lengths()).items():
        found[session] += value
    return found


def _words_around(ranked: Ranked, asked: Collection[str], documents: Documents) -> Mapping[str, float]:
    """The most telling words of the best messages, besides those that were asked for."""
    weights: dict[str, float] = defaultdict(float)
    every = len(documents.lengths())
    best = heapq.nsmallest(BEST_MESSAGES, ranked.messages, key=lambda message: (-ranked.messages[message], message))
    for message in best:
        counts = documents.terms_of(message)
        share = ranked.messages[message] / (1 + sum(counts.values()))
        for term, count in [*counts.items()][:TERMS_AT_MOST]:
            if term not in asked and (holders := documents.spread(term)) >= HOLDERS_AT_LEAST:
                weights[term] += share * count * math.log(1 + every / holders)
    return dict(heapq.nsmallest(WORDS, weights.items(), key=lambda each: (-each[1], each[0])))
