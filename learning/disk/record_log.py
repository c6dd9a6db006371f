"""A file of appended records, read as it grows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from learnchat.learning.disk.files import Identity, Record, append_json_lines, identity, parse_json_line


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
        anew, lines = self.new_lines()
        records: list[Record] = []
        for line in lines:
            record = parse_json_line(line)
            if record is None:
                self.unreadable += 1
            else:
                records.append(record)
        return anew, records

    def new_lines(self) -> tuple[bool, list[bytes]]:
        """The same, as bytes, for who can do without reading each: without the empty ones and without line ends.

        Lines that turn out to be unreadable are counted by whoever reads them.

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
                lines = list(file)
        except OSError:
            self._identity = before
            raise
        # What has no line end yet is being written, or was left by a crash: then the next append ends it.
        if lines and not lines[-1].endswith(b"\n"):
            lines.pop()
        self._read_to += sum(map(len, lines))
        return anew, [line for line in lines if not line.isspace()]

    def changed(self) -> bool:
        """Whether there is anything that was not read yet. One look at the file's status."""
        return identity(self.path) != self._identity

    def append(self, records: Iterable[Mapping[str, Any]], *, durable: bool = True) -> None:
        """Append records. Whoever calls it holds the lock.

        Args:
            records: in their order.
            durable: wait until they are on the disk.

        Raises:
            OSError: they can't be written.
        """
        append_json_lines(self.path, records, durable=durable)
