"""Files of a profile folder that were kept under another name before others took their place. None is ever deleted."""

from __future__ import annotations

import fnmatch
from datetime import datetime
from pathlib import Path

from learnchat.learning.disk.directory import Directory
from learnchat.learning.disk.mending import aside


class SetAside:
    """What was set aside of `insights.json` and of the Markdown beside it.

    Args:
        directory: the profile folder.
        insights: the path of `insights.json`.
        mode: of a copy.
    """

    def __init__(self, directory: Directory, insights: Path, mode: int) -> None:
        self._directory = directory
        self._insights = insights
        self._mode = mode

    def keep_damaged(self, now: datetime) -> Path:
        """Keep an unreadable `insights.json` under another name, before it is replaced, under the folder's lock.

        A copy and not a renaming, so that a crash between the two leaves no moment without the file.

        Raises:
            OSError: it can't be read or written.
        """
        name = aside(self._insights, "corrupt", now)
        self._directory.replace(name.name, self._directory.read(self._insights.name), self._mode)
        return name

    def keep_older(self, schema: int, now: datetime) -> None:
        """Keep an `insights.json` of an earlier schema under another name; once, whatever crashes came after it.

        Raises:
            OSError: it can't be read or written.
        """
        data = self._directory.read(self._insights.name)
        if not any(self._is(kept.name, data) for kept in self.older()):
            self._directory.replace(aside(self._insights, f"schema-{schema}", now).name, data, self._mode)

    def _is(self, name: str, data: bytes) -> bool:
        try:
            return self._directory.read(name, len(data)) == data
        except OSError:
            return False

    def older(self) -> list[Path]:
        """Files as they were before they were brought to the present schema, oldest first."""
        return self._named(f"{self._insights.name}.schema-*")

    def damaged(self) -> list[Path]:
        """What could not be read, or would have been lost, oldest first."""
        return sorted([*self._named("*.corrupt-*"), *self._named("*.edited-*")])

    def _named(self, pattern: str) -> list[Path]:
        return [self._directory.path / name for name in fnmatch.filter(self._directory.names(), pattern)]
