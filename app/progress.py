"""A progress bar on standard error, for commands that read much."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

# What is done sooner needs no bar.
PATIENCE_SECONDS = 1.0


class ProgressBar:
    """A bar that appears once the work has taken a second, on a terminal only, and leaves nothing behind.

    Args:
        what: what is done, for people: "Reading".
        total: how many bytes there are to read; None where that is not known.
        counts: what is done is counted in steps, not in bytes.
    """

    def __init__(self, what: str, total: int | None, *, counts: bool = False) -> None:
        self._counts = counts
        self._what = what
        self._total = total
        self._done = 0
        self._begun = time.monotonic()
        self._wanted = sys.stderr.isatty()
        self._shown: tuple[Progress, TaskID] | None = None

    def __enter__(self) -> ProgressBar:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._shown is not None:
            self._shown[0].stop()

    def advance(self, size: int) -> None:
        """So many bytes more were read, or steps done."""
        self._done += size
        if self._shown is not None:
            progress, task = self._shown
            progress.update(task, completed=self._done)
        elif self._wanted and time.monotonic() - self._begun >= PATIENCE_SECONDS:
            self._shown = self._show()

    def _show(self) -> tuple[Progress, TaskID]:
        # 40 ms, and only for who waits.
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            DownloadColumn,
            MofNCompleteColumn,
            Progress,
            TextColumn,
            TimeRemainingColumn,
        )

        progress = Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            MofNCompleteColumn() if self._counts else DownloadColumn(),
            TimeRemainingColumn(),
            console=Console(file=sys.stderr),
            transient=True,
        )
        task = progress.add_task(self._what, total=self._total, completed=self._done)
        progress.start()
        return progress, task
