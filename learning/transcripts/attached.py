"""What went along with the messages of a session: a file beside its transcript, so that lists need not read it.

JSON lines, `{"message": id, "items": […]}`; what an item holds is known to whoever wrote it. Only appended to, under
the lock of the transcript; deleted with it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

from learnchat.learning.disk.files import Record, append_json_lines, read_json_lines, render_json
from learnchat.learning.disk.locks import lock
from learnchat.learning.transcripts.unfinished import left_over

SUFFIX = ".attached"
# Bytes of a session, pictures in Base64 among them. Reading as many takes a tenth of a second, when it is resumed.
MOST_KEPT = 32_000_000


def attached_file(transcript: Path) -> Path:
    """Where it lies, by the path of the transcript."""
    return transcript.with_suffix(SUFFIX)


def keep_attached(transcript: Path, message: str, items: Sequence[Record]) -> bool:
    """Keep what goes along with a message; False where the session has no room for it.

    Raises:
        OSError: it could not be written.
    """
    record = {"message": message, "items": list(items)}
    file = attached_file(transcript)
    with lock(transcript.parent.parent / "lock"):
        size = file.stat().st_size if file.exists() else 0
        if size + len(render_json(record)) > MOST_KEPT:
            return False
        append_json_lines(file, [record])
    return True


def read_attached(transcript: Path) -> dict[str, list[Record]]:
    """What went along, by the ids of the messages; a missing file has nothing, what is damaged is left out.

    Raises:
        OSError: it is there and can't be read.
    """
    records, _ = read_json_lines(attached_file(transcript))
    return {
        message: [item for item in items if isinstance(item, dict)]
        for record in records
        if isinstance(message := record.get("message"), str) and isinstance(items := record.get("items"), list)
    }


def copy_attached(transcript: Path, copy: Path, messages: Collection[str]) -> None:
    """Give the copy of a session what went along with the messages that were copied.

    Raises:
        OSError: it can't be read or written.
    """
    for message, items in read_attached(transcript).items():
        if message in messages:
            keep_attached(copy, message, items)


def remove_session(transcript: Path) -> None:
    """Delete a session for good, with what went along, and with what came of replies to it.

    Raises:
        OSError: it is held open elsewhere; the transcript is still there, so that it can be tried again.
    """
    attached_file(transcript).unlink(missing_ok=True)
    for path in left_over(transcript):
        path.unlink(missing_ok=True)
    transcript.unlink()
