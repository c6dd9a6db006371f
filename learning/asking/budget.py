"""How often a toast may come: the budget over all processes, and quiet."""

from __future__ import annotations

import contextlib
from datetime import datetime, timedelta

from learnchat.learning.clock import Clock, local, parse_timestamp, timestamp
from learnchat.learning.disk.files import (
    PRIVATE_FILE,
    append_json_lines,
    make_private_directory,
    read_json_lines,
    replace_file,
)
from learnchat.learning.disk.files import render_json as render
from learnchat.learning.disk.locks import lock
from learnchat.learning.disk.notes import Notes, change_notes, read_notes
from learnchat.learning.disk.user_data import ProfileData, UserData

HOUR = timedelta(hours=1)
# The records of one hour are all that counts; the file is rewritten when it has this many.
KEPT_RECORDS = 200


class Budget:
    """How many toasts a project may show, over all windows of this user.

    Args:
        data: the user's side of the project.
        user: the user's data, for the first toast of all.
        clock: the time. Wall time: monotonic clocks of two processes can't be compared.
        per_hour: toasts in any 60 minutes; 0 shows none.
        pause: seconds between two.
    """

    def __init__(
        self, data: ProfileData, user: UserData, clock: Clock, per_hour: int = 5, pause: float = 120.0
    ) -> None:
        self._data = data
        self._user = user
        self._clock = clock
        self._per_hour = per_hour
        self._pause = timedelta(seconds=pause)

    def _recent(self) -> list[datetime]:
        now, recent = self._clock.now(), []
        for record in read_json_lines(self._data.asks)[0]:
            with contextlib.suppress(KeyError, TypeError, ValueError):
                at = parse_timestamp(record["at"])
                # A time ahead of ours (the clock was set back) must not keep toasts away for ever.
                if now - HOUR < at <= now:
                    recent.append(at)
        return recent

    def objection(self) -> str | None:
        """Why no toast may come now, in words; None when one may.

        Raises:
            OSError: the records can't be read.
        """
        if self._per_hour <= 0:
            return "no toasts are allowed"
        recent = self._recent()
        if len(recent) >= self._per_hour:
            return f"{self._per_hour} toasts in the last hour"
        if recent and self._clock.now() - max(recent) < self._pause:
            return f"the last toast is less than {self._pause.total_seconds():.0f} seconds old"
        return None

    def take(self) -> bool:
        """Take one toast from the budget; False when there is none. Two processes never take the same one.

        Raises:
            OSError: it can't be noted; then none may be shown.
        """
        with lock(self._data.lock):
            if self.objection() is not None:
                return False
            now = timestamp(self._clock.now())
            if len(read_json_lines(self._data.asks)[0]) >= KEPT_RECORDS:
                kept = [*(timestamp(at) for at in self._recent()), now]
                replace_file(self._data.asks, "".join(render({"at": at}) + "\n" for at in kept).encode())
            else:
                append_json_lines(self._data.asks, [{"at": now}])
        return True

    def first_ever(self) -> bool:
        """Whether no toast was ever shown to this user; from then on one was."""
        marker = self._user.asked_before
        if marker.exists():
            return False
        make_private_directory(marker.parent)
        try:
            marker.touch(mode=PRIVATE_FILE, exist_ok=False)
        except FileExistsError:
            return False
        return True


class Quiet:
    """`/quiet`: no toasts for this session, for an hour, or in this project until it is taken back.

    Args:
        data: the user's side of the project.
        clock: the time.
    """

    def __init__(self, data: ProfileData, clock: Clock) -> None:
        self._data = data
        self._clock = clock
        self._session = False

    def state(self) -> str | None:
        """Until when nothing is asked, in words; None while toasts may come."""
        quiet = read_notes(self._data).get("quiet")
        if quiet == "project":
            return "quiet in this project"
        if self._session:
            return "quiet in this session"
        if isinstance(quiet, str):
            with contextlib.suppress(ValueError):
                until = parse_timestamp(quiet)
                # Never for longer than was asked, should the clock have been set back since.
                if self._clock.now() < until <= self._clock.now() + HOUR:
                    return f"quiet until {local(until):%H:%M}"
        return None

    def set(self, how_long: str) -> str:
        """Be quiet, or no longer.

        Args:
            how_long: "session", "1h", "project" or "off".

        Returns:
            What people read.

        Raises:
            ValueError: it is none of these.
            OSError: it can't be noted.
        """
        if how_long not in ("session", "1h", "project", "off"):
            raise ValueError(f"{how_long!r} is none of session, 1h, project, off")
        if how_long == "session":
            self._session = True
            return "Quiet for this session: what is heard waits in the inbox."
        if how_long == "off":
            self._session = False
            self._note(None)
            return "Toasts may come again."
        self._note("project" if how_long == "project" else timestamp(self._clock.now() + HOUR))
        return (
            f"Quiet {'in this project' if how_long == 'project' else 'for an hour'}: what is heard waits in the inbox."
        )

    def _note(self, quiet: str | None) -> None:
        def change(notes: Notes) -> None:
            if quiet is None:
                notes.pop("quiet", None)
            else:
                notes["quiet"] = quiet

        change_notes(self._data, change)
