"""The first and the last row of the chat: what they say of project, model and memory."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from learnchat.app.screens.hints import Hints
from learnchat.widgets.header import Header
from learnchat.widgets.status import StatusLine

if TYPE_CHECKING:
    from learnchat.app.overview import Overview
    from learnchat.app.screens.chat import ChatScreen


# A pull, a git switch or an edit in another window is seen within this time, when nobody asks the engine for anything.
LOOK_SECONDS = 5.0


class OverviewRows:
    """Header and status line, kept up to date, and the one line that says what was changed outside."""

    def __init__(self, screen: ChatScreen) -> None:
        self.missed = False
        """Whether a proposal went to the inbox unseen in this run."""
        self._screen = screen
        self._overview: Overview | None = None
        self.hints = Hints(screen)

    def show(self, overview: Overview) -> None:
        """Show the memory as it is now."""
        before, self._overview = self._overview, overview
        for sentence in overview.notices:
            self._screen.say(sentence)
        if before is None:
            self._screen.set_interval(LOOK_SECONDS, lambda: self._screen.start(self._look()))
            self._screen.start(self._begin())
        known = (before.review.changed, before.review.missing) if before is not None else (0, 0)
        if overview.announcement and (overview.review.changed > known[0] or overview.review.missing > known[1]):
            self._screen.say(overview.announcement)
            if overview.review.untold:
                self._screen.start(self._note_told())
        self.show_header()
        self.show_waiting()

    def show_header(self) -> None:
        """Show project, model and count; before the engine is open, what is known of them."""
        overview = self._overview
        self._screen.query_one(Header).set(
            project=(overview.project if overview else self._screen.learnchat.directory.name)
            + (" · temporary" if self._screen.learnchat.temporary else ""),
            model=self._screen.session.model.name,
            insights=overview.insights if overview else None,
            unaccepted=overview.review.new if overview else 0,
        )

    def show_waiting(self) -> None:
        """Show what waits, less what stands on the screen as a toast."""
        if self._overview is not None:
            right = self._overview.status(shown=self._screen.asker.proposals, missed=self.missed)
            self._screen.query_one(StatusLine).set(right=right)

    async def _note_told(self) -> None:
        from learnchat.app.overview import note_told

        await self._screen.engine.call(note_told)

    async def _look(self) -> None:
        """Look whether somebody else changed something. Where that fails, the next look says the same again."""
        with contextlib.suppress(OSError):
            await self.refresh()
            await self._recheck()

    async def _begin(self) -> None:
        """Say once how the memory is, and ask about what has come to its date meanwhile."""
        from learnchat.app.panel import read_panel

        if self._screen.learnchat.temporary:
            # Nothing can be decided in it.
            return
        with contextlib.suppress(OSError):
            if text := (await self._screen.engine.call(read_panel)).text():
                self._screen.say(text)
            await self._recheck()

    async def _recheck(self) -> None:
        """Ask about what has come to its best-before date, once."""
        from learnchat.app.screens.rechecks import find_rechecks

        if self._screen.learnchat.temporary:
            return
        if found := await self._screen.engine.call(find_rechecks):
            self._screen.asking.propose(found)
            await self.refresh()

    async def refresh(self) -> None:
        """Count again."""
        from learnchat.app.overview import read_overview

        self.show(await self._screen.engine.call(read_overview))
