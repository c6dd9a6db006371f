"""A session's transcript: JSON lines in the user's data directory, one file a session.

The first line is a header, `{"learnchat": 1, "session": …, "project": …, "started": …}`; each further line is a
message, `{"id": …, "at": …, "role": "user" | "assistant", "text": …}` and what else is known of it (`model`, `stopped`,
`recalled`; `asked`, on a question that came by the command line; `parent`, the message above it where that is not the
one before). Records of further facts may stand between
them (`saved.py`). A file is only ever appended to, under the lock of the user's data about the project: several windows
may have one session open. Its name begins with the time at which the session started, so that a listing is in order
without opening anything.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any, Literal, Self

from learnchat.learning.clock import Clock, parse_timestamp, timestamp
from learnchat.learning.disk.files import Record, append_json_lines, parse_json_line, read_json_lines
from learnchat.learning.disk.locks import lock
from learnchat.learning.identifiers import is_identifier, new_identifier
from learnchat.learning.transcripts.unfinished import take_left_over

Role = Literal["user", "assistant"]
ROLES: tuple[Role, ...] = ("user", "assistant")

# Of the format of the header and the lines.
VERSION = 1
# In file names: no colons, which Windows does not allow.
_NAME_TIME = "%Y%m%dT%H%M%SZ"
# Longer than any record that says what became of a session as a whole.
_TAIL_BYTES = 512


@dataclass(frozen=True, slots=True)
class Utterance:
    """One message of a session."""

    id: str
    role: Role
    text: str
    at: datetime | None = None
    """None where a line does not say it."""
    facts: Mapping[str, Any] = field(default_factory=dict)
    """What else the line holds: `model`, `stopped`, `recalled`."""


@dataclass(frozen=True, slots=True)
class SessionFile:
    """A session, as its file name tells it."""

    path: Path
    session: str
    started: datetime


class Transcript:
    """Where the messages of one session are written. The file is made with the first of them.

    Any number of writers and readers, in any number of windows.
    """

    def __init__(self, path: Path, session: str, project: Path, started: datetime, clock: Clock) -> None:
        self.path = path
        self.session = session
        self._project = project
        self._started = started
        self._clock = clock
        self.asked = False
        """Whether what the user says are single questions of the command line; each is marked so."""
        self._noted: list[Record] = []
        self._own: set[str] = set()
        self._looked_at = 0

    @classmethod
    def create(cls, folder: Path, project: Path, clock: Clock) -> Self:
        """A new session's transcript; nothing is written yet.

        Args:
            folder: where the sessions of this project lie.
            project: the project's root, for the header.
            clock: the time of the session and of its messages.
        """
        session, started = new_identifier(), clock.now()
        return cls(folder / file_name(session, started), session, project, started, clock)

    @classmethod
    def reopen(cls, file: SessionFile, project: Path, clock: Clock) -> Self:
        """The transcript of a session that is there, to go on with."""
        transcript = cls(file.path, file.session, project, file.started, clock)
        with contextlib.suppress(OSError):
            transcript._looked_at = file.path.stat().st_size
        return transcript

    def append(self, role: Role, text: str, *, id: str = "", **facts: Any) -> str:
        """Write a message; it is on the disk when this returns.

        Args:
            role: whose words.
            text: verbatim.
            id: the message's, where it has one already.
            facts: what else is to be kept, as JSON values: `model="offline"`, `stopped=True`, `recalled=[ids]`.

        Returns:
            The message's id.

        Raises:
            OSError: it could not be written.
        """
        message = id or new_identifier()
        self._own.add(message)
        if self.asked and role == "user":
            facts["asked"] = True
        self._write([{"id": message, "at": timestamp(self._clock.now()), "role": role, "text": text, **facts}])
        return message

    def has_company(self) -> bool:
        """Whether another window has said something in this session since that was asked last, or it was reopened.

        Raises:
            OSError: the file can't be read.
        """
        if not self._is_begun():
            return False
        with self.path.open("rb") as file:
            file.seek(self._looked_at)
            came = file.read()
        # A line that is still being written is looked at the next time.
        whole = came.rpartition(b"\n")[0]
        self._looked_at += len(whole)
        records = (parse_json_line(line) for line in whole.splitlines())
        return any(record.get("role") in ROLES and record.get("id") not in self._own for record in records if record)

    def note(self, **facts: Any) -> None:
        """Write a fact about the session as a whole, such as its title. Before the first message it waits for that.

        Raises:
            OSError: it could not be written.
        """
        record = {"at": timestamp(self._clock.now()), **facts}
        if self._is_begun():
            self._write([record])
        else:
            self._noted.append(record)

    def _write(self, records: list[Record]) -> None:
        with lock(self.path.parent.parent / "lock"):
            if not self._is_begun():
                header = {
                    "learnchat": VERSION,
                    "session": self.session,
                    "project": str(self._project),
                    "started": timestamp(self._started),
                }
                records = [header, *self._noted, *records]
            append_json_lines(self.path, records)
        self._noted.clear()

    def _is_begun(self) -> bool:
        # Asked anew each time: another window may have deleted the file for good.
        try:
            return self.path.stat().st_size > 0
        except OSError:
            return False


def file_name(session: str, started: datetime) -> str:
    """The name of a session's file."""
    return f"{started.astimezone(UTC).strftime(_NAME_TIME)}-{session}.jsonl"


def read_session(path: Path) -> list[Utterance]:
    """The messages of a session, in order; lines that are none (torn, foreign) are left out.

    Raises:
        OSError: the file can't be read.
    """
    records, _ = read_json_lines(path)
    return [found for record in records if (found := utterance(record))]


def list_sessions(folder: Path, *, deleted: bool = False) -> list[SessionFile]:
    """The sessions of a project, newest first; a missing folder has none. Reads the end of each file.

    What a killed program left of a reply is put into its session first.

    Args:
        folder: where they lie.
        deleted: those that were deleted and can be restored, instead of all others.
    """
    take_left_over(folder)
    try:
        found = [session for path in folder.iterdir() if (session := session_file(path))]
    except OSError:
        return []
    kept = [session for session in found if is_deleted(last_record(session.path)) is deleted]
    return sorted(kept, key=lambda session: (session.started, session.session), reverse=True)


def is_deleted(last: Record) -> bool:
    """Whether a session whose last record is this was deleted. Whatever is written behind that brings it back."""
    return last.get("deleted") is True


def last_record(path: Path) -> Record:
    """The last record of a session, where that is a short one; else nothing."""
    try:
        with path.open("rb") as file:
            file.seek(max(path.stat().st_size - _TAIL_BYTES, 0))
            tail = file.read()
    except OSError:
        return {}
    return parse_json_line(tail.rstrip(b"\n").rpartition(b"\n")[2]) or {}


def only_asked(path: Path) -> bool:
    """Whether a session has nothing but single questions of the command line. Reads it up to the first other message.

    Raises:
        OSError: it can't be read.
    """
    found = False
    with path.open("rb") as file:
        for line in file:
            record = parse_json_line(line)
            if record and record.get("role") == "user":
                found = record.get("asked") is True
                if not found:
                    return False
    return found


def prompt_history(folder: Path, limit: int = 200) -> list[Utterance]:
    """The user's last messages of a project over all its sessions, oldest first, for the prompt's history."""
    return list(islice(_own_words(folder), limit))[::-1]


def _own_words(folder: Path) -> Iterator[Utterance]:
    """What the user said, newest first; opens a session only when the newer ones are used up."""
    for session in list_sessions(folder):
        try:
            utterances = read_session(session.path)
        except OSError:
            continue
        yield from (utterance for utterance in reversed(utterances) if utterance.role == "user")


def session_file(path: Path) -> SessionFile | None:
    """A session by its file; None where the name is no session's."""
    time, dash, session = path.stem.partition("-")
    if path.suffix != ".jsonl" or not dash or not is_identifier(session):
        return None
    try:
        started = datetime.strptime(time, _NAME_TIME).replace(tzinfo=UTC)
    except ValueError:
        return None
    return SessionFile(path, session, started)


def utterance(record: Mapping[str, Any]) -> Utterance | None:
    """The message in a line; None where there is none: the header, or foreign."""
    role, text = record.get("role"), record.get("text")
    if role not in ROLES or not isinstance(text, str):
        return None
    facts = {name: value for name, value in record.items() if name not in ("id", "at", "role", "text")}
    return Utterance(str(record.get("id", "")), role, text, _moment(record.get("at")), facts)


def _moment(value: object) -> datetime | None:
    try:
        return parse_timestamp(value) if isinstance(value, str) else None
    except ValueError:
        return None
