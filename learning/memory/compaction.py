"""Forgetting for good: a day after something was forgotten, its words leave every file of the user's data.

Until then they stay, for undo. What is left is what keeps it forgotten: ids, revisions, dates and the tombstone's
hashes. Conversations are not memory: transcripts keep what was said in them, until `sessions.keep_days` or
`learnchat purge` takes them.

Each file is replaced in one step under the lock, the journal last: it alone says what was forgotten, so that whatever
a crash left undone is done the next time.
"""

from __future__ import annotations

import contextlib
import json
import stat
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from learnchat.learning.asking.inbox import Inbox
from learnchat.learning.asking.putting_away import put_away
from learnchat.learning.clock import Clock, parse_timestamp, timestamp
from learnchat.learning.disk.directory import Directory
from learnchat.learning.disk.files import Record, read_json_lines, render_json, replace_file
from learnchat.learning.disk.locks import lock
from learnchat.learning.disk.mending import kept_aside
from learnchat.learning.disk.notes import Notes, change_notes, read_notes
from learnchat.learning.memory.acts import UNDO_WINDOW
from learnchat.learning.memory.gone import (
    Gone,
    act_without_words,
    find_gone,
    lines_without,
    mark_without_hash,
    proposal_without_words,
)
from learnchat.learning.memory.holdings import Holdings
from learnchat.learning.profile.markdown import escape
from learnchat.learning.profile.profile import Profile
from learnchat.learning.proposal import ProposalState
from learnchat.learning.transcripts.attached import remove_session

# Reading a journal of ten thousand acts takes a quarter of a second; what is a day old may be a day older.
INTERVAL = timedelta(days=1)
# A text this short stands in other sentences too: of a set-aside file it would take lines that are not about it.
SHORTEST_TEXT = 8


def compact(profiles: Holdings, clock: Clock) -> int:
    """Take the words of what was forgotten or refused for good more than a day ago out of the user's data.

    It does so once a day at most in each place; where nothing was ever decided nothing is read or written.

    Returns:
        How many files were changed.

    Raises:
        OSError: a file can't be read or written; what was not done is done the next time.
    """
    held = [profile for profile in (profiles.project, profiles.personal) if profile is not None]
    data = held[0].data
    decided = any(profile.data.journal.exists() for profile in held)
    if not decided or not _is_due(read_notes(data), clock.now()):
        return 0
    with lock(data.lock):
        # Another window may have been quicker.
        if not _is_due(read_notes(data), clock.now()):
            return 0
        now = clock.now()
        changed = sum(_compact(profile, profiles.inbox, (data.inbox, data.older_inbox), now) for profile in held)
        changed += 2 if put_away(profiles.inbox, data, now) else 0

        def note(notes: Notes) -> None:
            notes["compacted"] = timestamp(clock.now())

        change_notes(data, note)
    return changed


def _is_due(notes: Notes, now: datetime) -> bool:
    try:
        last = parse_timestamp(notes["compacted"])
    except (KeyError, TypeError, ValueError):
        return True
    # A clock that was set back must not put it off for years.
    return not last <= now < last + INTERVAL


def _compact(profile: Profile, inbox: Inbox, inbox_files: Sequence[Path], now: datetime) -> int:
    data = profile.data
    with lock(data.lock):
        gone = find_gone(read_json_lines(data.journal)[0], now - UNDO_WINDOW)
        if not gone:
            return 0
        changed = sum(
            _clear_set_aside(Directory(file.parent), kept_aside(file), gone) for file in (data.journal, *inbox_files)
        )
        folder, aside = profile.folder.directory, profile.folder.aside
        if profile.folder.link() is None and (kept := [*aside.damaged(), *aside.older()]):
            with folder.locked(profile.folder.lock.name):
                changed += _clear_set_aside(folder, kept, gone)
        waiting = {each.id for each in inbox.all() if each.state is ProposalState.PENDING}
        for file in inbox_files:
            changed += _rewrite(file, lambda record: proposal_without_words(record, gone, waiting))
        changed += _rewrite(data.trust, lambda record: mark_without_hash(record, gone))
        if _rewritten(data.journal, lambda record: act_without_words(record, gone)) is not None:
            # 10 ms, most of it SQLite: every command asks whether anything is due, and hardly ever it is.
            from learnchat.learning.recall.index_file import discard_index

            # It may not have been opened since: the words go with the file, which is made again from what is left.
            discard_index(data.search)
        return changed + _rewrite(data.journal, lambda record: act_without_words(record, gone))


def _rewrite(path: Path, change: Callable[[Record], Record]) -> int:
    """Replace a file of records by one with each record changed. Lines that can't be read stay as they are.

    Returns:
        1 when anything changed, else 0.
    """
    data = _rewritten(path, change)
    if data is None:
        return 0
    replace_file(path, data)
    return 1


def _rewritten(path: Path, change: Callable[[Record], Record]) -> bytes | None:
    """What a file of records is with each changed; None where nothing changes, or there is no file."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return None
    lines = data.split(b"\n")
    changed = [_changed(line, change) for line in lines]
    return b"\n".join(changed) if changed != lines else None


def _changed(line: bytes, change: Callable[[Record], Record]) -> bytes:
    try:
        record = json.loads(line) if line.strip() else None
    except (ValueError, RecursionError):
        record = None
    if not isinstance(record, dict):
        return line
    after = change(record)
    return line if after == record else render_json(after).encode("utf-8", "replace")


def _clear_set_aside(folder: Directory, files: Iterable[Path], gone: Gone) -> int:
    """Take the lines about what is gone out of files that were set aside. Returns how many were changed."""
    texts = [text for text in gone.texts if len(text) >= SHORTEST_TEXT]
    shapes = {*texts, *map(escape, texts), *(json.dumps(text, ensure_ascii=False)[1:-1] for text in texts)}
    words = [each.encode("utf-8", "replace") for each in (*gone.entries, *shapes)]
    changed = 0
    for path in files:
        status = folder.status(path.name)
        if status is None or not stat.S_ISREG(status.st_mode):
            continue
        lines = folder.read(path.name).splitlines(keepends=True)
        kept = lines_without(lines, words)
        if kept != lines:
            folder.replace(path.name, b"".join(kept))
            changed += 1
    return changed


def drop_old_sessions(folder: Path, keep_days: int, clock: Clock) -> int:
    """Delete the transcripts that nothing was written to for so many days.

    Args:
        folder: where they are.
        keep_days: how many days they are kept; 0 keeps them all.
        clock: the time.

    Returns:
        How many were deleted.
    """
    if keep_days <= 0:
        return 0
    dropped = 0
    before = clock.now() - timedelta(days=keep_days)
    for path in folder.glob("*.jsonl"):
        # Held open elsewhere, or gone already: the next opening tries again.
        with contextlib.suppress(OSError):
            if datetime.fromtimestamp(path.stat().st_mtime, UTC) < before:
                remove_session(path)
                dropped += 1
    return dropped
