"""`LEARNED_INSIGHTS.md` in its folder: read again only when it is another file."""

from __future__ import annotations

from collections.abc import Iterable

from learnchat.learning.disk.directory import Directory
from learnchat.learning.disk.files import Identity, identity
from learnchat.learning.profile.insights_file import SIZE_LIMIT
from learnchat.learning.profile.markdown_reader import CONFLICT_MARKS, MarkdownContent, parse
from learnchat.learning.profile.rendered import digest


class MarkdownFile:
    """The file.

    Args:
        directory: where it lies.
        name: the file's.
    """

    def __init__(self, directory: Directory, name: str) -> None:
        self._directory = directory
        self._name = name
        self._path = directory.path / name
        self.digest = ""
        """Of the file, as it was read last."""
        self._identity: Identity | None = None
        self._content: MarkdownContent | None = None
        self._looked_for_conflict: Identity | None = None
        self._has_conflict = False

    def content(self) -> MarkdownContent | None:
        """What it holds now; None where there is none, or it is beyond all measure.

        Raises:
            OSError: it is there and can't be read.
        """
        now = identity(self._path)
        if now is None or now[1] > SIZE_LIMIT:
            self._identity, self._content = None, None
        elif now != self._identity:
            data = self._directory.read(self._name, SIZE_LIMIT)
            self._content, self.digest = parse(data), digest(data)
            self._identity = now
        return self._content

    def has_conflict(self) -> bool:
        """Whether git's conflict marks are in it. Without parsing: this is asked at every opening.

        Raises:
            OSError: it is there and can't be read.
        """
        now = identity(self._path)
        if now is None or now[1] > SIZE_LIMIT:
            return False
        if now != self._looked_for_conflict:
            data = b"\n" + self._directory.read(self._name, SIZE_LIMIT)
            self._looked_for_conflict, self._has_conflict = now, any(mark in data for mark in CONFLICT_MARKS)
        return self._has_conflict

    def has(self, data: bytes) -> bool:
        """Whether it has exactly these bytes."""
        try:
            return self._directory.read(self._name, SIZE_LIMIT) == data
        except OSError:
            return False

    def keep_aside(self, unread: Iterable[str], data: bytes, name: str) -> None:
        """Keep it under another name before other bytes take its place, if it has lines that would be lost.

        Args:
            unread: its lines that are no insights.
            data: what takes its place.
            name: the other name.
        """
        kept = set(data.decode().splitlines())
        if any(line.strip() and line not in kept for line in unread):
            self._directory.rename(self._name, name)
