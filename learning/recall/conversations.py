"""Ranking messages and sessions: what stands around a message counts for it, and its session as well.

People answer each other: the word that is searched for stands in the question, what is wanted in the answer. So a
message has part of the words of its neighbours, and part of its session's score. A session is found by its words, its
best messages, and the date on which it was held.

The shares were chosen on five of the ten LoCoMo conversations; `python -m tests.bench.recall` prints both halves.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from learnchat.learning.recall.dates import dates_of
from learnchat.learning.recall.postings import Postings
from learnchat.learning.recall.ranking import COMMON, Question, Rarity, Sought, ask, average, score
from learnchat.learning.recall.terms import Wanted

# Messages are numbered within their session, so that neighbours are next to each other and sessions are not.
SESSION_BITS = 20

# Messages so far from one that has a word have it too, for less: one that follows more than one before.
AROUND = ((-2, 0.15), (-1, 0.3), (1, 0.5), (2, 0.3))
# Of the score of its session, what a message has.
SESSION_SHARE = 0.5
# Of the scores of its best messages, what a session has: half of the best, then 0.7 times as much of each further one.
MESSAGE_SHARE = 0.5
BEST_MESSAGES = 3
FADING = 0.7
# A session held on the date that is asked for.
DATE_SHARE = 4.5


@dataclass(frozen=True, slots=True)
class Ranked:
    """Messages and sessions that have anything of what was asked for."""

    messages: Mapping[int, float] = field(default_factory=dict)
    """By number, with what they are ordered by; comparable between collections."""
    sessions: Mapping[int, float] = field(default_factory=dict)
    """By number, with what they are ordered by."""
    scores: Mapping[int, float] = field(default_factory=dict)
    """Of the messages, whatever else their sessions say."""
    unit: float = 1.0
    """What makes scores of different questions comparable."""
    sought: Sequence[Sought] = ()
    """What was asked for, as it stands in the messages themselves."""

    def holds(self, message: int) -> bool:
        """Whether a message has a word that was asked for, or one that means it; else it only stands near one."""
        return any(message in each.counts for each in self.sought)

    def confidence(self, message: int) -> float:
        """How sure it is that a message bears on the question."""
        return self.scores[message] / self.unit


def number(session: int, position: int) -> int:
    """The number of a message."""
    return (session << SESSION_BITS) + position


def session_of(message: int) -> int:
    """The number of a message's session."""
    return message >> SESSION_BITS


def rank(
    wanted: Sequence[Wanted], postings: Postings, held: Mapping[int, datetime], dates: Collection[str] = ()
) -> Ranked:
    """Rank messages and sessions.

    Args:
        wanted: what is searched for.
        postings: of the messages, by their numbers.
        held: when each session began.
        dates: those that are named with it, see `named_dates`.
    """
    question = ask(wanted, postings)
    lengths = postings.lengths()
    around = Question(tuple(_spread(each, lengths) for each in question.sought), question.total, question.greatest)
    # A message in the middle of a session has all of its neighbours; those at the ends have fewer.
    whole = average(lengths) * (1 + sum(share for _, share in AROUND))
    scores = score(around.sought, _Windows(lengths), whole)
    sessions = score_sessions((Sought(1.0, each.counts) for each in question.sought), lengths)
    dated = _dated(dates, held)
    best: dict[int, list[float]] = defaultdict(list)
    for message, value in scores.items():
        best[message >> SESSION_BITS].append(value)
    unit = question.unit
    of_session = {session: SESSION_SHARE * value for session, value in sessions.items()}
    return Ranked(
        {message: (value + of_session.get(message >> SESSION_BITS, 0.0)) / unit for message, value in scores.items()},
        {
            session: sessions.get(session, 0.0) + dated.get(session, 0.0) + _of_best(best.get(session, ()))
            for session in {*sessions, *dated}
        },
        scores,
        unit,
        question.sought,
    )


def _of_best(scores: Iterable[float]) -> float:
    """What a session has of its best messages."""
    first = heapq.nlargest(BEST_MESSAGES, scores)
    return MESSAGE_SHARE * sum(value * FADING**place for place, value in enumerate(first))


def _spread(sought: Sought, lengths: Mapping[int, int]) -> Sought:
    """The counts with what stands around each message. A word that is everywhere stands around everything."""
    if len(sought.counts) > COMMON:
        return sought
    counts: dict[int, float] = dict(sought.counts)
    get = counts.get
    for message, count in sought.counts.items():
        for distance, share in AROUND:
            other = message + distance
            if other in lengths:
                counts[other] = get(other, 0.0) + share * count
    return Sought(sought.worth, counts)


class _Windows(dict[int, float]):
    """The lengths of messages with what counts of their neighbours, of those that are asked for."""

    def __init__(self, lengths: Mapping[int, int]) -> None:
        super().__init__()
        self._of = lengths

    def __missing__(self, message: int) -> float:
        of = self._of
        length = of[message] + sum(share * of.get(message + distance, 0) for distance, share in AROUND)
        self[message] = length
        return length


def score_sessions(sought: Iterable[Sought], lengths: Mapping[int, int]) -> dict[int, float]:
    """BM25 of the sessions, each as one document.

    Args:
        sought: what it is, by messages; its worth is times that of a word which so many sessions have.
        lengths: of the messages.
    """
    whole: dict[int, float] = defaultdict(float)
    for message, length in lengths.items():
        whole[message >> SESSION_BITS] += length
    rarity = Rarity(len(whole), imagined=0)
    of_sessions: list[Sought] = []
    for each in sought:
        counts: dict[int, float] = defaultdict(float)
        for message, count in each.counts.items():
            counts[message >> SESSION_BITS] += count
        of_sessions.append(Sought(each.worth * rarity.of("", len(counts)), counts))
    return score(of_sessions, whole, average(whole))


def _dated(dates: Collection[str], held: Mapping[int, datetime]) -> dict[int, float]:
    """What the sessions have that were held on a day, in a month or in a year that is named."""
    rarity = Rarity(len(held), imagined=0)
    found: dict[int, float] = defaultdict(float)
    of = {session: dates_of(moment) for session, moment in held.items()} if dates else {}
    for date in dates:
        holders = [session for session, names in of.items() if date in names]
        for session in holders:
            found[session] += DATE_SHARE * rarity.of("", len(holders))
    return found
