"""The decision in a line of the journal, without the rest of it: ten thousand insights carry ten thousand of them."""

from __future__ import annotations

from learnchat.learning.clock import parse_timestamp
from learnchat.learning.disk.files import parse_json_line
from learnchat.learning.profile.insight import Decision, Means
from learnchat.learning.profile.journal import Event, Journal, read_source
from learnchat.learning.proposal import Source


def find_decision(journal: Journal, event_id: str) -> tuple[Decision, bool] | None:
    """The decision that an event is, and whether it names the words that were decided about; None if it is lost."""
    line = journal.unread(event_id)
    if line is not None:
        return _read(line, event_id)
    event: Event | None = journal.find(event_id)
    return (event.decision, event.source is not None) if event is not None else None


def _read(line: bytes, event_id: str) -> tuple[Decision, bool] | None:
    record = parse_json_line(line)
    if record is None:
        return None
    try:
        source = read_source(record.get("source"))
        words = source or Source(quote=str(record.get("statement", "")))
        return Decision(event_id, parse_timestamp(record["at"]), Means(record["means"]), words), source is not None
    except (KeyError, TypeError, ValueError):
        return None
