"""Reads learnchat's own sessions, line by line. `session.py` has their form."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from learnchat.learning.transcripts.lines import Line, Lines, record_in, records
from learnchat.learning.transcripts.session import Utterance, utterance


def recognises(head: Sequence[Line]) -> bool:
    """Whether a file that begins like this is a session: its first readable line is the header."""
    first = next((record for _, text in head if (record := record_in(text)) is not None), {})
    return isinstance(first.get("learnchat"), int) and "session" in first


def read(lines: Lines) -> Iterator[Utterance]:
    """The messages, in order."""
    session = ""
    for number, record in records(lines):
        if "learnchat" in record:
            session = str(record.get("session") or "")
        elif found := utterance(record):
            yield replace(found, facts={**found.facts, "line": number, "session": session})
