"""A file of appended records, read as it grows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from learnchat.learning.files import Identity, Record, append_json_lines, identity, parse_json_lines


class RecordLog:
    """JSON lines that this process and others append to. What was read once is not read again.

    Args:
        path: the file; it need not be there.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.unreadable = 0
        """Lines that could not be read: damaged, or torn by a crash."""
        self._identity: Identity | None = None
        self._read_to = 0

    def news(self) -> tuple[bool, list[Record]]:
        """What came since the last time.

        Returns:
            Whether it is another file now, so that all that was read before is to be dropped; and the records.

        Raises:
            OSError: it is there and can't be read.
        """
        now = identity(self.path)
        if now == self._identity:
            return False, []
        before = self._identity
        anew = now is None or before is None or now[2] != before[2] or now[1] <= before[1]
        self._identity = now
        if anew:
            self._read_to = self.unreadable = 0
        if now is None:
            return True, []
        try:
            with self.path.open("rb") as file:
                file.seek(self._read_to)
                data = file.read()
        except OSError:
            self._identity = before
            raise
        # What has no line end yet is being written, or was left by a crash: then the next append ends it.
        whole = data[: data.rfind(b"\n") + 1]
        self._read_to += len(whole)
        records, unreadable = parse_json_lines(whole)
        self.unreadable += unreadable
        return anew, records

    def append(self, records: Iterable[Mapping[str, Any]]) -> None:
        """Append records, durably. Whoever calls it holds the lock.

        Raises:
            OSError: they can't be written.
        """
        append_json_lines(self.path, records)
