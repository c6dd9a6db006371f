"""What is done with a session as a whole: called by another name, deleted and restored, copied up to a message."""

from __future__ import annotations

import contextlib
from datetime import timedelta
from pathlib import Path
from typing import Any

from learnchat.learning.clock import Clock, timestamp
from learnchat.learning.disk.files import Record, append_json_lines
from learnchat.learning.disk.locks import lock
from learnchat.learning.identifiers import new_identifier
from learnchat.learning.text import shorten
from learnchat.learning.transcripts.attached import copy_attached, remove_session
from learnchat.learning.transcripts.saved import TITLE_LENGTH, SavedSession, read_saved
from learnchat.learning.transcripts.session import VERSION, SessionFile, Utterance, file_name, list_sessions

# As long as an act on memory can be undone.
RESTORE_WINDOW = timedelta(days=1)


def rename(file: SessionFile, title: str, clock: Clock, **facts: Any) -> None:
    """Call a session by a title; an empty one gives it back the beginning of its first message.

    Args:
        file: the session.
        title: by which it is listed.
        clock: the time.
        facts: what else is kept of it: `usage`, what it took to find it.

    Raises:
        OSError: it could not be written.
    """
    _note(file, clock, title=kept_title(title), **facts)


def kept_title(title: str) -> str:
    """A title as it is written down: short, and without the secrets in it."""
    from learnchat.learning.secrets.finding import find_secrets, masked

    return shorten(masked(title, find_secrets(title)), TITLE_LENGTH)


def delete(file: SessionFile, clock: Clock) -> None:
    """Delete a session: it is in no list any more, and its file goes when `RESTORE_WINDOW` is over.

    Raises:
        OSError: it could not be written.
    """
    _note(file, clock, deleted=True)


def restore(file: SessionFile, clock: Clock) -> None:
    """Take back that a session was deleted.

    Raises:
        OSError: it could not be written.
    """
    _note(file, clock, deleted=False)


def drop_deleted(folder: Path, clock: Clock) -> int:
    """Remove the files of the sessions that can't be restored any more; returns how many."""
    dropped = 0
    before = clock.now() - RESTORE_WINDOW
    for file in list_sessions(folder, deleted=True):
        # Held open elsewhere, or gone already: the next opening tries again.
        with contextlib.suppress(OSError):
            deleted = read_saved(file).deleted
            if deleted is not None and deleted < before:
                remove_session(file.path)
                dropped += 1
    return dropped


def fork(saved: SavedSession, at: str, folder: Path, project: Path, clock: Clock) -> SessionFile:
    """A new session that begins with what was said up to a message, and goes its own way from there.

    Messages keep their ids, so that what was learned from one still finds where it was said.

    Args:
        saved: the session.
        at: the id of the last message that is copied.
        folder: where the new one is to lie.
        project: the project's root, for the header.
        clock: the time of the new session.

    Raises:
        OSError: it could not be written.
    """
    session, started = new_identifier(), clock.now()
    file = SessionFile(folder / file_name(session, started), session, started)
    records: list[Record] = [header(file, project, forked={"session": saved.id, "at": at})]
    copied = saved.branches.path(at)
    records += [record_of(message) for message in copied]
    ids = {message.id for message in copied}
    records += [{"at": timestamp(started), **each.record()} for each in saved.compactions if each.until in ids]
    if saved.title:
        records.append({"at": timestamp(started), "title": shorten(f"{saved.title} (fork)", TITLE_LENGTH)})
    copy_attached(saved.file.path, file.path, ids)
    with lock(folder.parent / "lock"):
        append_json_lines(file.path, records)
    return file


def header(file: SessionFile, project: Path, **facts: Any) -> Record:
    """The first record of a session's file."""
    return {
        "learnchat": VERSION,
        "session": file.session,
        "project": str(project),
        "started": timestamp(file.started),
        **facts,
    }


def record_of(message: Utterance) -> Record:
    """A message as its line has it, alone on its branch: below the message of the line before. What a reply took is
    not taken again by its copy."""
    left_out = ("parent", "after", "continues", "usage")
    kept = {name: value for name, value in message.facts.items() if name not in left_out}
    at = {"at": timestamp(message.at)} if message.at is not None else {}
    return {"id": message.id, **at, "role": message.role, "text": message.text, **kept}


def _note(file: SessionFile, clock: Clock, **facts: Any) -> None:
    with lock(file.path.parent.parent / "lock"):
        if not file.path.is_file():
            # Deleted for good in another window: it must not come back as a file without messages.
            raise FileNotFoundError(2, "It is gone", str(file.path))
        append_json_lines(file.path, [{"at": timestamp(clock.now()), **facts}])
