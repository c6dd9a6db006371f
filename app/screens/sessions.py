"""The conversations of this project: filter, resume, rename, delete with undo, export."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from learnchat.app.screens.bindings import binding, key_shown, keys_shown
from learnchat.app.screens.dialog import Dialog
from learnchat.app.sessions.exporting import ExportFormat, export, free_name
from learnchat.app.sessions.listing import Listed, listed_sessions
from learnchat.learning.clock import local
from learnchat.learning.text import one_line
from learnchat.learning.transcripts.saved import read_saved
from learnchat.learning.transcripts.session import SessionFile
from learnchat.learning.transcripts.shelf import delete, rename, restore

if TYPE_CHECKING:
    from learnchat.app.engine import Engine
    from learnchat.app.parts import Parts


class SessionsScreen(Dialog[SessionFile | None]):
    """Lists conversations; comes back with the one to go on with, or None.

    Args:
        engine: whose thread reads and writes them.
        current: the id of the one that is open, which can't be deleted.
        folder: where exports go.
    """

    BINDINGS = [
        binding("sessions.rename", "rename"),
        binding("sessions.delete", "delete"),
        binding("sessions.undo", "undo"),
        binding("sessions.export", "export"),
        binding("sessions.earlier", "move('cursor_up')"),
        binding("sessions.later", "move('cursor_down')"),
        binding("sessions.page_up", "move('page_up')"),
        binding("sessions.page_down", "move('page_down')"),
        binding("dialog.cancel", "close"),
    ]

    def __init__(self, engine: Engine, current: str, folder: Path) -> None:
        super().__init__()
        self._engine = engine
        self._current = current
        self._folder = folder
        self._sessions: list[Listed] = []
        self._shown: list[Listed] = []
        self._deleted: list[Listed] = []
        self._notice = ""

    def compose(self) -> ComposeResult:
        with Vertical(id="sessions") as box:
            box.border_title = "Conversations"
            keys = (keys_shown(self, f"sessions.{name}") for name in ("rename", "delete", "export", "undo"))
            box.border_subtitle = self.line_of_keys("enter resume", *keys, keys_shown(self, "dialog.cancel"))
            yield Input(placeholder="filter", id="sessions-filter", compact=True)
            yield OptionList(id="sessions-list", markup=False)
            yield Static("", id="sessions-detail", markup=False)

    def on_mount(self) -> None:
        # The list is driven from the field above it, which keeps the focus.
        self.query_one(OptionList).can_focus = False
        self.query_one(Input).focus()
        self._work(self._load())

    def _work(self, work: Coroutine[Any, Any, None]) -> None:
        self.run_worker(work, exit_on_error=False)

    async def _load(self) -> None:
        folder = await self._engine.call(lambda parts: parts.data.sessions)
        # Not in the engine's thread: a thousand conversations take a second, and messages must not wait for that.
        self._sessions = await asyncio.to_thread(listed_sessions, folder)
        self._show()

    def on_input_changed(self, event: Input.Changed) -> None:
        self._notice = ""
        self._show()

    def _show(self) -> None:
        words = self.query_one(Input).value.casefold().split()
        matching = [each for each in self._sessions if each.matches(words)]
        # A script may ask more in a day than is said in the chat in a year.
        chats = [each for each in matching if not each.asked]
        folded = 0 if words or not chats else len(matching) - len(chats)
        self._shown = chats if folded else matching
        listed = self.query_one(OptionList)
        before = listed.highlighted or 0
        listed.clear_options()
        listed.add_options(Option(self._row(each), id=each.id) for each in self._shown)
        if folded:
            asked = "1 question" if folded == 1 else f"{folded:,} questions"
            row = Content.styled(f"{asked} of `learnchat ask`: type “asked” to list them", "$text-muted")
            listed.add_option(Option(row, disabled=True))
        if self._shown:
            listed.highlighted = min(before, len(self._shown) - 1)
        else:
            self._say("Nothing matches." if self._sessions else "There are no conversations here yet.")

    def _row(self, listed: Listed) -> Content:
        here = "  (open)" if listed.id == self._current else ""
        head = f"{local(listed.last):%Y-%m-%d %H:%M}  {listed.messages:>5}  "
        mark = f"({listed.mark}) " if listed.mark else ""
        title = one_line(listed.title) or "(nothing was said)"
        return Content.assemble((head, "$text-muted"), (mark, "$text-muted"), title, here)

    def _say(self, sentence: str) -> None:
        """Say what was done, until something else is looked at."""
        self._notice = sentence
        self._describe()

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        self._describe()

    def _describe(self) -> None:
        about = self._notice
        if not about and (listed := self._chosen) is not None:
            messages = f"{listed.messages:,} message{'' if listed.messages == 1 else 's'}"
            origin = f" · imported from {one_line(listed.origin)}" if listed.origin else ""
            began = f"{local(listed.file.started):%Y-%m-%d %H:%M}"
            took = f" · {words}" if (words := listed.spent.words()) else ""
            about = f"{one_line(listed.title)}\n{messages} · begun {began}{origin} · {listed.id}{took}"
        self.query_one("#sessions-detail", Static).update(Content(about))

    @property
    def _chosen(self) -> Listed | None:
        place = self.query_one(OptionList).highlighted
        return self._shown[place] if place is not None and place < len(self._shown) else None

    # -- what is done with one

    def on_input_submitted(self) -> None:
        self._resume()

    def on_option_list_option_selected(self) -> None:
        self._resume()

    def _resume(self) -> None:
        if (listed := self._chosen) is not None:
            self.dismiss(listed.file)

    def action_rename(self) -> None:
        if (listed := self._chosen) is not None:
            self._work(self._rename(listed))

    async def _rename(self, listed: Listed) -> None:
        from learnchat.app.screens.one_line import OneLineScreen

        about = "An empty title is the beginning of the first message."
        title = await self.app.push_screen_wait(OneLineScreen("Call it", about, value=listed.title))
        if title is not None:
            await self._do(lambda parts: rename(listed.file, title, parts.clock))

    def action_delete(self) -> None:
        listed = self._chosen
        if listed is not None and listed.id == self._current:
            self._say("This one is open: /new first, then it can be deleted.")
        elif listed is not None:
            self._work(self._delete(listed))

    async def _delete(self, listed: Listed) -> None:
        if await self._do(lambda parts: delete(listed.file, parts.clock)):
            self._deleted.append(listed)
            self._say(
                f"Deleted. {key_shown(self, 'sessions.undo')} brings it back; for a day `learnchat sessions restore`."
            )

    def action_undo(self) -> None:
        if self._deleted:
            self._work(self._undo())
        else:
            self._say("Nothing was deleted here. `learnchat sessions restore` lists what was deleted before.")

    async def _undo(self) -> None:
        listed = self._deleted.pop()
        if await self._do(lambda parts: restore(listed.file, parts.clock)):
            self._say(f"Brought back: {one_line(listed.title)}")

    def action_export(self) -> None:
        if (listed := self._chosen) is not None:
            self._work(self._export(listed))

    async def _export(self, listed: Listed) -> None:
        path = free_name(self._folder, listed.title, ".md")
        try:
            secrets = await asyncio.to_thread(_write, listed, path)
        except OSError as error:
            self._say(f"{path} can't be written: {error.strerror or error}.")
            return
        left_out = f" Left out, for they are secrets: {', '.join(secrets)}." if secrets else ""
        self._say(f"Written: {path}.{left_out}")

    async def _do(self, act: Callable[[Parts], None]) -> bool:
        try:
            await self._engine.call(act)
        except OSError as error:
            self._say(f"That could not be written: {error.strerror or error}.")
            return False
        await self._load()
        return True

    def action_move(self, action: str) -> None:
        self._notice = ""
        getattr(self.query_one(OptionList), f"action_{action}")()

    def action_close(self) -> None:
        self.dismiss(None)


def _write(listed: Listed, path: Path) -> tuple[str, ...]:
    exported = export(read_saved(listed.file), ExportFormat.MARKDOWN)
    # Never over a file that is there.
    with path.open("x", encoding="utf-8", newline="\n") as file:
        file.write(exported.text)
    return exported.secrets
