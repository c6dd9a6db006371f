"""What stands around the prompt: completion, search, the editor, what goes along with a message, what waits."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from learnchat.app.attachments.path_completion import PathCompletions
from learnchat.app.screens.argument_values import ArgumentValues
from learnchat.app.screens.attaching import Attaching
from learnchat.app.screens.queue import Queue
from learnchat.app.screens.revising import entry_of
from learnchat.app.slash_completion import complete_command
from learnchat.widgets.completing import Completing
from learnchat.widgets.completion_list import CompletionList
from learnchat.widgets.completions import Completions
from learnchat.widgets.history import Entry
from learnchat.widgets.key_act import KeyAct
from learnchat.widgets.prompt_helper import Place
from learnchat.widgets.searching import Searching
from learnchat.widgets.waiting import Waiting

if TYPE_CHECKING:
    from learnchat.app.parts import Parts
    from learnchat.app.screens.chat import ChatScreen

# Of a project that is talked about every day, about two years.
MOST_SEARCHED = 10_000


def _whole_past(parts: Parts) -> list[Entry]:
    """In the engine's thread: what was said in this project, oldest first."""
    from learnchat.learning.transcripts.session import prompt_history

    return [entry_of(said) for said in prompt_history(parts.data.sessions, MOST_SEARCHED)]


class Prompting:
    """The prompt's helpers. Made after the first paint.

    Args:
        screen: the chat.
    """

    def __init__(self, screen: ChatScreen) -> None:
        self._screen = screen
        self._prompt = screen.prompt
        waiting = Waiting()
        self.attaching = Attaching(screen)
        self.queue = Queue(screen, waiting)
        keys_of = screen.learnchat.keys_of
        self._rows = CompletionList(self._pick)
        self._searching = Searching(self._prompt, self._rows, keys_of("prompt.search"), self._search_all)
        self._searched_all = False
        self._completing = Completing(self._prompt, self._rows, self._complete)
        self._paths = self._new_paths()
        self._values = ArgumentValues(screen, self._completing.look).by_command
        screen.mount(waiting, self._rows, before=self._prompt)
        self._prompt.helpers += [
            self._searching,
            self._completing,
            KeyAct(("up",), self.queue.take_back_last),
            KeyAct(keys_of("prompt.editor"), self.edit),
            KeyAct(keys_of("prompt.leave"), self._leave),
            KeyAct(keys_of("prompt.paste"), self.paste),
        ]

    async def open(self) -> None:
        """Learn from the engine where the project is; then what can be completed, and what was piped in."""
        await self.attaching.open()
        self._paths = self._new_paths()
        # So that the first `@`, however fast it is typed on, finds the names at hand.
        self._paths.keep_listed()

    @property
    def takes_escape(self) -> bool:
        """Whether Esc closes something of the prompt's."""
        return self._completing.open or self._searching.open

    # -- completion

    def begin(self, text: str) -> None:
        """Put the beginning of a command into the prompt, before what stands there."""
        entry = self._prompt.entry()
        self._prompt.call_back(Entry(text + entry.text, pasted=entry.pasted))

    def _new_paths(self) -> PathCompletions:
        paths = PathCompletions(self.attaching.workplace.root, self._screen.clock, self._learn)
        paths.changed = self._completing.look
        return paths

    def _complete(self, place: Place) -> Completions | None:
        return complete_command(place, self._values, self._paths.complete_name) or self._paths.complete(place)

    def _pick(self, number: int) -> None:
        if self._searching.open:
            self._searching.pick(number)
        else:
            self._completing.pick(number)

    def _learn(self, ask: Callable[[], Any], tell: Callable[[Any], None]) -> None:
        async def work() -> None:
            tell(await asyncio.to_thread(ask))

        self._screen.start(work())

    # -- the search

    def search(self) -> None:
        """Search what was sent."""
        self._prompt.focus()
        self._searching.begin()

    def _search_all(self) -> None:
        """The first time something is searched: read more of the past than Up goes back to."""
        if not self._searched_all:
            self._searched_all = True
            self._screen.start(self._load_past())

    async def _load_past(self) -> None:
        self._searching.load(await self._screen.engine.call(_whole_past))

    # -- the clipboard

    def paste(self) -> bool:
        """Paste the picture on the clipboard, else what was copied here."""
        self._screen.start(self._paste())
        return True

    async def _paste(self) -> None:
        if await self.attaching.attach_picture():
            self._prompt.action_paste()

    def _leave(self) -> bool:
        """In an empty prompt Ctrl+D ends what is typed, as in a shell; else it deletes a character."""
        if self._prompt.text:
            return False
        self._screen.leaving.end_of_input()
        return True

    # -- the editor

    def edit(self) -> bool:
        """Write the message in the user's own editor."""
        self._screen.start(self._edit_outside())
        return True

    async def _edit_outside(self) -> None:
        from textual.app import SuspendNotSupported

        from learnchat.app.editor import edit

        app, entry = self._screen.app, self._prompt.entry()
        try:
            # Nothing is painted over the editor; what comes meanwhile is painted when it has gone.
            with app.batch_update(), app.suspend():
                self._screen.leaving.terminal_is_lent = True
                edited = await asyncio.to_thread(edit, entry.text, dict(os.environ))
                # A Ctrl+C that was the editor's may not have been heeded yet: on a busy machine it would end the chat.
                # The loop reads of a signal in one round and heeds it in the next; this task is first in each.
                for _ in range(3):
                    await asyncio.sleep(0)
        except SuspendNotSupported:
            self._screen.say("An editor can't be opened here: this terminal can't be handed over.")
            return
        finally:
            self._screen.leaving.terminal_is_lent = False
        app.refresh(layout=True)
        if edited.trouble:
            self._screen.say(edited.trouble, "Your message still stands in the prompt.")
        if edited.text is not None and edited.text != entry.text:
            self._prompt.call_back(Entry(edited.text, entry.typed, pasted=entry.pasted))
