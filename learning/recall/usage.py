"""How often insights were given to a model, taken up by its replies, and what the user said of them.

`usage.jsonl` in the user's data about the project, one record a reply or a word of the user's: ids and dates, no text.
When it has grown long it is replaced by its sums.
"""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from learnchat.learning.clock import Clock, parse_timestamp, timestamp
from learnchat.learning.disk.files import Record, render_json, replace_file
from learnchat.learning.disk.locks import lock
from learnchat.learning.disk.record_log import RecordLog
from learnchat.learning.disk.user_data import ProfileData
from learnchat.learning.language.words import stems

# A record of a reply with forty insights has a kilobyte: a few hundred are read in a few milliseconds.
MOST_RECORDS = 500
# A reply took an insight up when it has this part of what the insight says and the question did not. Not calibrated: it
# is a count for people, and nothing is decided by it.
PART_TAKEN_UP = 0.5


class Feedback(StrEnum):
    """What the user said of an insight that was given."""

    USEFUL = "useful"
    WRONG = "wrong"
    OUTDATED = "outdated"
    NOT_HERE = "not_here"
    """It holds, and does not bear on what was asked."""


@dataclass(slots=True)
class Use:
    """The counts of one insight."""

    given: int = 0
    """Requests it went with."""
    used: int = 0
    """Replies that took it up."""
    useful: int = 0
    wrong: int = 0
    outdated: int = 0
    not_here: int = 0
    last: datetime | None = None
    """When it was given last."""


class Usage:
    """The counts of one project. Any number of processes may write them.

    Args:
        data: the user's side of the project, or of the personal profile where there is none.
        clock: the time.
    """

    def __init__(self, data: ProfileData, clock: Clock) -> None:
        self._data = data
        self._clock = clock
        self._log = RecordLog(data.usage)
        self._uses: dict[str, Use] = {}
        self._records = 0

    def all(self) -> Mapping[str, Use]:
        """The counts by the insights' ids.

        Raises:
            OSError: the file is there and can't be read.
        """
        anew, records = self._log.news()
        if anew:
            self._uses, self._records = {}, 0
        for record in records:
            # A damaged line, or one of a later learnchat, counts as nothing.
            with contextlib.suppress(AttributeError, KeyError, TypeError, ValueError):
                self._take(record)
        self._records += len(records)
        return self._uses

    def note_given(self, given: Collection[str], used: Collection[str]) -> None:
        """Count a reply.

        Args:
            given: ids of what went with its request.
            used: those that it took up.

        Raises:
            OSError: it can't be written.
        """
        if given:
            self._append({"at": self._now(), "given": list(given), "used": list(used)})

    def note_feedback(self, insight_id: str, feedback: Feedback) -> None:
        """Count what the user said of an insight.

        Raises:
            OSError: it can't be written.
        """
        self._append({"at": self._now(), "feedback": feedback.value, "id": insight_id})

    def _now(self) -> str:
        return timestamp(self._clock.now())

    def _append(self, record: Record) -> None:
        # Not synced: a killed process loses none, and what a power cut takes is a count.
        with lock(self._data.lock):
            self._log.append([record], durable=False)
            self.all()
            if self._records > MOST_RECORDS:
                self._sum_up()

    def _sum_up(self) -> None:
        """Replace the records by their sums."""
        sums = {"sums": {name: _sums(use) for name, use in self._uses.items()}}
        replace_file(self._data.usage, (render_json(sums) + "\n").encode())

    def _take(self, record: Record) -> None:
        if "sums" in record:
            for name, sums in record["sums"].items():
                use = self._uses.setdefault(str(name), Use())
                *counts, last = sums
                use.given, use.used, use.useful, use.wrong, use.outdated, use.not_here = map(int, counts)
                use.last = parse_timestamp(last) if last else None
        elif "feedback" in record:
            name = Feedback(record["feedback"]).value
            use = self._uses.setdefault(str(record["id"]), Use())
            setattr(use, name, getattr(use, name) + 1)
        else:
            at, used = parse_timestamp(record["at"]), set(map(str, record["used"]))
            for name in dict.fromkeys(map(str, record["given"])):
                use = self._uses.setdefault(name, Use())
                use.given, use.used, use.last = use.given + 1, use.used + (name in used), at


def _sums(use: Use) -> list[int | str]:
    counts: list[int | str] = [use.given, use.used, use.useful, use.wrong, use.outdated, use.not_here]
    return [*counts, timestamp(use.last) if use.last is not None else ""]


def taken_up(statements: Iterable[tuple[str, str]], question: str, reply: str) -> list[str]:
    """Which insights a reply took up: it says a good part of what they say and the question did not.

    Args:
        statements: ids and statements of what was given.
        question: the message that was answered.
        reply: its whole text.

    Returns:
        Ids, in their order.
    """
    asked, said = set(stems(question)), set(stems(reply))
    found = []
    for name, statement in statements:
        telling = set(stems(statement)) - asked
        if telling and len(telling & said) >= max(len(telling) * PART_TAKEN_UP, min(len(telling), 2)):
            found.append(name)
    return found
