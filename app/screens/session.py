"""A conversation of before, to be read: it opens at one message, and can be gone on with there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from learnchat.app.screens.bindings import binding, keys_shown
from learnchat.app.screens.dialog import Dialog
from learnchat.learning.clock import local
from learnchat.learning.text import neutralise, one_line
from learnchat.learning.transcripts.session import list_sessions, read_session
from learnchat.widgets.message import shortened

if TYPE_CHECKING:
    from learnchat.app.parts import Parts
    from learnchat.learning.transcripts.session import SessionFile, Utterance


@dataclass(frozen=True, slots=True)
class Spot:
    """A message of a conversation that is to be gone on with."""

    file: SessionFile
    message: str


def find_session(parts: Parts, session: str) -> Path | None:
    """In the engine's thread: the file of a conversation of this project."""
    return next((each.path for each in list_sessions(parts.data.sessions) if each.session == session), None)


def session_at(parts: Parts, path: Path) -> SessionFile | None:
    """In the engine's thread: the conversation of this project that lies in a file; None where it is another's."""
    return next((each for each in list_sessions(parts.data.sessions) if each.path == path), None)


class SessionScreen(Dialog[str | None]):
    """Shows the messages of a session, one of them highlighted; nothing in it can be changed. Comes back with the id of
    the message at which the session is to be gone on with, or None.

    Args:
        said: the messages, in their order.
        message: the id of the one to open at; the last one where there is none of it.
        resumable: it can be gone on with.
    """

    BINDINGS = [binding("list.close", "close")]

    def __init__(self, said: Sequence[Utterance], message: str = "", *, resumable: bool = False) -> None:
        super().__init__()
        self._resumable = resumable
        self._said = said
        self._message = message

    def compose(self) -> ComposeResult:
        with Vertical(id="session") as box:
            first = next((each.at for each in self._said if each.at is not None), None)
            box.border_title = f"Conversation of {local(first):%Y-%m-%d %H:%M}" if first else "Conversation"
            go_on = ["enter resume here"] if self._resumable else []
            box.border_subtitle = self.line_of_keys(*go_on, "up down one message", keys_shown(self, "list.close"))
            # Lines, not widgets: a conversation of a thousand messages opens at once.
            yield OptionList(*(Option(_drawn(each)) for each in self._said), id="session-list", markup=False)

    def on_mount(self) -> None:
        listed = self.query_one(OptionList)
        listed.focus()
        places = [place for place, each in enumerate(self._said) if each.id == self._message]
        listed.highlighted = places[0] if places else len(self._said) - 1
        # At the top, so that what was answered is in view below it.
        self.call_after_refresh(listed.scroll_to_highlight, top=True)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        if self._resumable:
            self.dismiss(self._said[event.option_index].id)

    def action_close(self) -> None:
        self.dismiss(None)


def _drawn(said: Utterance) -> Content:
    speaker = "you" if said.role == "user" else one_line(str(said.facts.get("model") or "model"))
    at = f" · {local(said.at):%Y-%m-%d %H:%M}" if said.at is not None else ""
    stopped = " · stopped" if said.facts.get("stopped") else ""
    head = Content.styled(f"{speaker}{at}{stopped}\n", "bold")
    return Content.assemble(head, shortened(neutralise(said.text)), "\n")


async def show_session(screen: Screen[Any], path: Path, message: str, *, resumable: bool = False) -> str | None:
    """Read a session in a thread and open it over a screen.

    Args:
        screen: over which.
        path: the session's file.
        message: the id of the one to open at.
        resumable: it can be gone on with.

    Returns:
        The id of the message at which it is to be gone on with, or None.

    Raises:
        OSError: its file can't be read.
    """
    import asyncio

    said = await asyncio.to_thread(read_session, path)
    return await screen.app.push_screen_wait(SessionScreen(said, message, resumable=resumable))
