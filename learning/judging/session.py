"""Follows one session: which readings are due, and what becomes of what a judge made of them.

Everything here is quick and reads and writes files; the judge is asked in between, by whoever has the time. A reading
counts as done when its proposals are in the inbox and not before: whatever breaks off in between is done again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from learnchat.learning.clock import Clock
from learnchat.learning.judging.evidence import check
from learnchat.learning.judging.filing import Filed, Filing, Place
from learnchat.learning.judging.judge import Judgement
from learnchat.learning.judging.memory import SessionMemory
from learnchat.learning.judging.reading import (
    DEEP_EVERY,
    WINDOW_EXCHANGES,
    Exchange,
    Reading,
    deep_reading,
    exchanges,
    single_reading,
)
from learnchat.learning.transcripts.session import Utterance

# Sorts of what is noted in the session's memory.
SEEN = "seen"
DEEP = "deep"
READ = "read"

Notes = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Due:
    """A reading to be done."""

    session: str
    """The session's id."""
    reading: Reading
    notes: Notes
    """What is noted when it is done."""


class JudgedSession:
    """One session, as a judge follows it.

    Args:
        place: where its proposals go, and what is known there.
        folder: where the memory of sessions lies.
        session: its id.
        heard: whether the detectors made a proposal of a message, by its id.
        clock: the time.
    """

    def __init__(self, place: Place, folder: Path, session: str, heard: Callable[[str], bool], clock: Clock) -> None:
        self._session = session
        self._memory = SessionMemory(folder, session, clock)
        self._filing = Filing(place, session, clock)
        self._heard = heard

    def due(self, utterances: Iterable[Utterance], *, ended: bool = False) -> list[Due]:
        """What is to be read now, in this order.

        Args:
            utterances: the end of the session, oldest first.
            ended: nothing more will be said in it: also its last exchanges are read deeply, however few.

        Raises:
            OSError: that something is not worth a reading can't be noted.
        """
        said = [each for each in exchanges(utterances) if each.reply or ended]
        if not said:
            return []
        fresh = self._fresh(said)
        worth = [each for each in fresh if self._is_worth(each)]
        found = [Due(self._session, single_reading(each), ((SEEN, each.key),)) for each in worth]
        passed = [(SEEN, each.key) for each in fresh if each not in worth]
        deep = self._deep(said, len(fresh), ended)
        if deep is not None:
            found.append(deep)
        # What was read in the same words already is done; it costs nothing.
        again = [each for each in found if self._memory.has(READ, each.reading.key)]
        self._memory.note([*passed, *(note for each in again for note in each.notes)])
        return [each for each in found if each not in again]

    def file(self, due: Due, judgement: Judgement) -> Filed:
        """Believe what can be found in what was said, put it into the inbox, and note that it was read.

        Raises:
            OSError: the inbox can't be written; it counts as not read.
        """
        checked = check(judgement.drafts, due.reading)
        filed = self._filing.file(checked.events, due.reading, self._memory, judgement.by)
        self._memory.note([*due.notes, (READ, due.reading.key)], [event.content for event in checked.events])
        return filed

    def _fresh(self, said: list[Exchange]) -> list[Exchange]:
        """The exchanges that were not looked at yet; of a conversation that was not followed from its beginning the
        last few."""
        seen = set(self._memory.keys(SEEN))
        return [each for each in said[-WINDOW_EXCHANGES:] if each.key not in seen]

    def _is_worth(self, exchange: Exchange) -> bool:
        return not (exchange.too_short or exchange.masked or self._heard(exchange.user.id))

    def _deep(self, said: list[Exchange], fresh: int, ended: bool) -> Due | None:
        last = said[-1].key
        since = self._memory.since(SEEN, DEEP) + fresh
        read_to = self._memory.keys(DEEP)[-1:]
        if read_to == [last] or (since < DEEP_EVERY and not ended):
            return None
        # What the detectors made a proposal of has been taken care of.
        window = [each for each in said[-WINDOW_EXCHANGES:] if not self._heard(each.user.id)]
        reading = deep_reading(window)
        notes = ((DEEP, last),)
        if not any(self._is_worth(each) for each in window):
            self._memory.note(notes)
            return None
        return Due(self._session, reading, notes)
