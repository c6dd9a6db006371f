"""The journal: every act of this user on memory, with its full text, appended and never changed.

It is written first, so that what it has is acknowledged: whatever happens to the files afterwards can be made good
from it. An event carries what it does as results (the documents as they are to stand), not as steps; so applying it
twice is applying it once, and a crash between two files is mended by applying it again.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from learnchat.learning.disk.files import Record, parse_json_line
from learnchat.learning.disk.record_log import RecordLog
from learnchat.learning.profile.event import Event, event_record, read_event, without_decided
from learnchat.learning.profile.event_head import Head, read_head

WRITTEN = "written"


class Journal:
    """`journal.jsonl`.

    Events whose effects have reached the files are read when somebody asks for them: of ten thousand nobody asks, and
    reading them would take most of the time that a profile takes to open.
    """

    def __init__(self, path: Path) -> None:
        self._log = RecordLog(path)
        self._beginnings = 0
        self._forget_all()

    def _forget_all(self) -> None:
        self._beginnings += 1
        self._lines: dict[str, bytes] = {}
        self._events: dict[str, Event] = {}
        self._unwritten: dict[str, Event] = {}
        self._order: dict[str, None] = {}
        self._written: set[str] = set()
        self._undone: set[str] = set()
        self._numbers: dict[str, int] = {}
        self._deciding: dict[str, list[Head]] = {}
        self._named: dict[str, list[str]] = {}
        self._not_events = 0

    @property
    def unreadable(self) -> int:
        """Lines that could not be read or understood. To know it, all are read."""
        self.events()
        return self.torn

    @property
    def torn(self) -> int:
        """The same of the lines that were read so far."""
        return self._log.unreadable + self._not_events

    def refresh(self) -> None:
        """Read what was appended since the last time, by this process or another.

        Raises:
            OSError: it is there and can't be read.
        """
        anew, lines = self._log.new_lines()
        if anew:
            self._forget_all()
        acts: list[bytes] = []
        for line in lines:
            if line.startswith(b'{"event":"written"') and (record := parse_json_line(line)) is not None:
                self._note_written(record)
            else:
                acts.append(line)
        for line in acts:
            head = read_head(line)
            # A line is taken at its head's word only when it was read in full before its effects reached the files.
            if head is not None and head.id in self._written:
                self._lines[head.id] = line
                self._note(head)
                continue
            event = self._read(line)
            if event is not None:
                self._events[event.id] = event
                self._note(Head(event.id, event.name, event.place, event.number, event.proposal, event.undoes))
                if event.has_effects and event.id not in self._written:
                    self._unwritten[event.id] = event
        if acts:
            self._leave_to_later_acts()

    def _leave_to_later_acts(self) -> None:
        """Take out of what is to be written what a later act, written already, decided anew.

        Acts are written in their order. One that was not, and stands before one that was, lost its note with a damaged
        line: it must not bring back what was changed since.
        """
        left = len(self._unwritten)
        later: list[Event] = []
        for name in reversed(self._order):
            if not left:
                return
            if name in self._unwritten:
                left -= 1
                self._unwritten[name] = without_decided(self._unwritten[name], later)
            elif name in self._written and (event := self.find(name)) is not None:
                later.append(event)

    def _note_written(self, record: Record) -> None:
        for name in map(str, record.get("events", [])):
            self._written.add(name)
            self._unwritten.pop(name, None)

    def _read(self, line: bytes) -> Event | None:
        record = parse_json_line(line)
        if record is None:
            self._log.unreadable += 1
            return None
        if record.get("event") == WRITTEN:
            self._note_written(record)
            return None
        event = read_event(record)
        if event is None:
            self._not_events += 1
        return event

    def _note(self, head: Head) -> None:
        self._order[head.id] = None
        self._named.setdefault(head.name, []).append(head.id)
        if head.number > self._numbers.get(head.place, 0):
            self._numbers[head.place] = head.number
        if head.undoes:
            self._undone.add(head.undoes)
        if head.proposal:
            self._deciding.setdefault(head.proposal, []).append(head)

    def append(self, event: Event) -> None:
        """Acknowledge: when it returns, the event is on the disk.

        Raises:
            OSError: it can't be written; then nothing happened.
        """
        self.extend([event])

    def extend(self, events: Iterable[Event]) -> None:
        """The same for several, in one write.

        Raises:
            OSError: they can't be written; then nothing happened.
        """
        self._log.append([event_record(event) for event in events])
        self.refresh()

    def mark_written(self, events: Iterable[Event]) -> None:
        """Note that all that came of some events has reached the files."""
        self._log.append([{"event": WRITTEN, "events": [event.id for event in events]}])
        self.refresh()

    @property
    def stand(self) -> tuple[int, int]:
        """How often it was read from its beginning, and how many events it has: the same where `events` are."""
        return self._beginnings, len(self._order)

    def events(self) -> list[Event]:
        """All events, oldest first."""
        return [event for name in list(self._order) if (event := self.find(name)) is not None]

    def unwritten(self) -> list[Event]:
        """Events whose effects have not all reached the files, oldest first."""
        return list(self._unwritten.values())

    def is_undone(self, event: Event) -> bool:
        return event.id in self._undone

    def was_undone(self, event_id: str) -> bool:
        """The same, for an id."""
        return event_id in self._undone

    def highest_number(self, place: str) -> int:
        """The number of the last act of a place; 0 where there is none."""
        return self._numbers.get(place, 0)

    def deciding(self, proposal_id: str) -> list[Head]:
        """The events about a proposal, oldest first."""
        return self._deciding.get(proposal_id, [])

    def standing(self, name: str) -> list[Event]:
        """The events of a name that were not taken back, oldest first."""
        ids = [event_id for event_id in self._named.get(name, ()) if event_id not in self._undone]
        return [event for event_id in dict.fromkeys(ids) if (event := self.find(event_id)) is not None]

    def unread(self, event_id: str) -> bytes | None:
        """The line of an event that nobody has asked for yet."""
        return self._lines.get(event_id)

    def has(self, event_id: str) -> bool:
        """Whether there is an event with this id; where nobody asked for it, it is not read."""
        return event_id in self._order

    def find(self, event_id: str) -> Event | None:
        line = self._lines.pop(event_id, None)
        if line is not None:
            event = self._read(line)
            if event is not None:
                self._events[event_id] = event
        return self._events.get(event_id)
