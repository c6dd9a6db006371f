"""The decision in a line of the journal, without the rest of it: ten thousand insights carry ten thousand of them."""

from __future__ import annotations

from learnchat.learning.clock import parse_timestamp
from learnchat.learning.disk.files import scan_json
from learnchat.learning.profile.event import read_source
from learnchat.learning.profile.event_head import split_head
from learnchat.learning.profile.insight import Decision, Means
from learnchat.learning.profile.journal import Journal
from learnchat.learning.proposal import Source

# A look-up takes a fifth of the time that an enum's own call does.
_MEANS = {means.value: means for means in Means}
# How `event_record` and `render_json` go on after the head.
_STATEMENT = '"statement":'
_SOURCE = ',"source":'


def find_decision(journal: Journal, event_id: str) -> tuple[Decision, bool] | None:
    """The decision that an event is, and whether it names the words that were decided about; None if it is lost."""
    line = journal.unread(event_id)
    found = _read(line, event_id) if line is not None else None
    if found is not None:
        return found
    event = journal.find(event_id)
    return (event.decision, event.source is not None) if event is not None else None


def _read(line: bytes, event_id: str) -> tuple[Decision, bool] | None:
    """The same from an event's line, where it is laid out as learnchat does."""
    head = split_head(line)
    if head is None:
        return None
    at, means, rest = head
    try:
        statement, source = _words(rest.decode())
        read = read_source(source)
        return Decision(event_id, parse_timestamp(at), _MEANS[means], read or Source(quote=statement)), read is not None
    except (KeyError, TypeError, ValueError, OverflowError, RecursionError):
        return None


def _words(rest: str) -> tuple[str, object]:
    """The statement and the source, which come first. What the act did to documents and trust is three times as long.

    Raises:
        ValueError: they do not.
    """
    if not rest.startswith(_STATEMENT):
        raise ValueError("not as learnchat writes it")
    statement, end = scan_json(rest, len(_STATEMENT))
    source = scan_json(rest, end + len(_SOURCE))[0] if rest.startswith(_SOURCE, end) else None
    return str(statement), source
