"""What judges have cost and how they failed, over all processes: the budget of a day and the memory of failures.

JSON lines in the user's data: one for each request, without any words of it. A window of two days is kept.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from learnchat.app.models.model import ErrorKind
from learnchat.learning.clock import Clock, local, parse_timestamp, timestamp
from learnchat.learning.disk.files import render_json, replace_file
from learnchat.learning.disk.locks import lock
from learnchat.learning.disk.record_log import RecordLog
from learnchat.learning.judging.request import DOUBT

KEPT = timedelta(days=2)
# So many lines are a few days of heavy use; then what is older than two days goes.
_MOST_LINES = 5_000

REST_SECONDS = 60.0
"""After a failure that may pass a model is left alone for so long, and twice as long after each further one …"""

LONGEST_REST_SECONDS = 900.0
"""… up to this."""

HOPELESS_REST_SECONDS = 3600.0
"""After one that will not pass by itself: no key, a wrong one, no such model."""

MEASURED_FROM = 10
"""So many readings make a mean that is told."""

_HOPELESS: tuple[ErrorKind, ...] = ("no_key", "refused_key", "not_found", "bad_request")


@dataclass(frozen=True, slots=True)
class Spent:
    """What was used since midnight, by the user's calendar."""

    readings: int = 0
    """Without the second reader's questions, which are short; their tokens count."""
    input_tokens: int = 0
    output_tokens: int = 0
    dollars: float = 0.0

    @property
    def tokens(self) -> int:
        return self.input_tokens + self.output_tokens


class Ledger:
    """`judge.jsonl` in the user's data.

    Args:
        path: the file.
        clock: the time.
    """

    def __init__(self, path: Path, clock: Clock) -> None:
        self._path = path
        self._clock = clock
        self._log = RecordLog(path)
        self._records: list[dict[str, Any]] = []
        self._reading = threading.Lock()

    def note(
        self, model: str, what: str, input_tokens: int, output_tokens: int, dollars: float, *, remote: bool
    ) -> None:
        """Note a request that was answered.

        Args:
            model: by whom.
            what: what it was for: a depth of reading, or a doubt.
            input_tokens: of the request.
            output_tokens: of the answer.
            dollars: what it cost.
            remote: whether it left this machine.

        Raises:
            OSError: it can't be written.
        """
        self._append(
            {
                "model": model,
                "what": what,
                "in": input_tokens,
                "out": output_tokens,
                "dollars": round(dollars, 8),
                "remote": remote,
            }
        )

    def note_failure(self, model: str, kind: str, retry_after: float | None = None) -> None:
        """Note that a model failed: it is left alone for a while.

        Raises:
            OSError: it can't be written.
        """
        if kind in _HOPELESS:
            rest = HOPELESS_REST_SECONDS
        else:
            rest = min(REST_SECONDS * 2 ** self._failures_in_a_row(model), LONGEST_REST_SECONDS)
        rest = max(rest, retry_after or 0.0)
        until = self._clock.now() + timedelta(seconds=rest)
        self._append({"model": model, "failed": kind, "until": timestamp(until)})

    def rests(self, model: str) -> str | None:
        """Why a model is left alone now; None when it may be asked."""
        last = next((each for each in reversed(self._recent()) if each.get("model") == model), None)
        until = _moment(last.get("until")) if last is not None else None
        if last is None or until is None or until <= self._clock.now():
            return None
        return f"{last['failed']}, left alone until {local(until):%H:%M}"

    def today(self) -> Spent:
        """What remote models have used today."""
        spent = Spent()
        day = local(self._clock.now()).date()
        for each in self._recent():
            at = _moment(each.get("at"))
            if each.get("remote") is True and at is not None and local(at).date() == day:
                spent = Spent(
                    spent.readings + (each.get("what") != DOUBT),
                    spent.input_tokens + int(each["in"]),
                    spent.output_tokens + int(each["out"]),
                    spent.dollars + float(each["dollars"]),
                )
        return spent

    def per_reading(self, what: str) -> tuple[float, float] | None:
        """Tokens in and out of a reading of some depth, measured: the mean of what is kept; None where that is too
        little."""
        answered = [each for each in self._recent() if each.get("what") == what and "in" in each]
        if len(answered) < MEASURED_FROM:
            return None
        return (
            sum(int(each["in"]) for each in answered) / len(answered),
            sum(int(each["out"]) for each in answered) / len(answered),
        )

    def _failures_in_a_row(self, model: str) -> int:
        count = 0
        for each in reversed(self._recent()):
            if each.get("model") == model:
                if "failed" not in each:
                    break
                count += 1
        return count

    def _recent(self) -> list[dict[str, Any]]:
        # A reading and a doubt may be answered at a time, each in a thread.
        with self._reading:
            return self._read()

    def _read(self) -> list[dict[str, Any]]:
        try:
            anew, records = self._log.news()
        except OSError:
            return self._records
        if anew:
            self._records = []
        self._records += records
        since = self._clock.now() - KEPT
        self._records = [each for each in self._records if _is_whole(each) and (_moment(each["at"]) or since) > since]
        return self._records

    def _append(self, record: dict[str, Any]) -> None:
        with lock(self._path.with_suffix(".lock")):
            # What a power cut takes of it is a few tokens.
            self._log.append([{"at": timestamp(self._clock.now()), **record}], durable=False)
            if len(self._recent()) > _MOST_LINES or self._path.stat().st_size > 200 * _MOST_LINES:
                replace_file(self._path, "".join(self._lines()).encode(), durable=False)

    def _lines(self) -> Iterator[str]:
        for each in self._recent()[-_MOST_LINES // 2 :]:
            yield render_json(each) + "\n"


def _is_whole(record: dict[str, Any]) -> bool:
    """Whether a line is one that this learnchat writes."""
    if _moment(record.get("at")) is None or not isinstance(record.get("model"), str):
        return False
    numbers = [record.get(name) for name in ("in", "out", "dollars")]
    return "failed" in record or all(isinstance(each, int | float) for each in numbers)


def _moment(value: object) -> datetime | None:
    try:
        return parse_timestamp(value) if isinstance(value, str) else None
    except ValueError:
        return None
