"""What goes along with a message of the chat: read when it is sent, and objected to before."""

from __future__ import annotations

import asyncio
import contextlib
import os
from typing import TYPE_CHECKING

from learnchat.app.attachments.gathering import Attached, Workplace, gather
from learnchat.app.attachments.reading import Item, Unfit
from learnchat.app.attachments.workplace import workplace
from learnchat.app.keymap import shown_key

if TYPE_CHECKING:
    from learnchat.app.screens.chat import ChatScreen


class Attaching:
    """Files that a message mentions, and what was piped in.

    Args:
        screen: the chat.
    """

    def __init__(self, screen: ChatScreen) -> None:
        self._screen = screen
        self.workplace = Workplace(screen.learnchat.directory, screen.learnchat.directory)
        """Where files are looked up; before the engine is open, where learnchat was started."""
        self.order = asyncio.Lock()
        """Held while a message is made ready, so that the next one does not overtake it."""
        self._given: dict[str, Item] = {}
        self._pictures = 0
        """How many pictures were pasted."""
        self._objected = ""

    async def open(self) -> None:
        """Learn from the engine where the project is and how much may go along; read what is piped in."""
        app = self._screen.learnchat
        self.workplace = await self._screen.engine.call(workplace, app.directory)
        if app.piped is not None:
            pipe, app.piped = app.piped, None
            self._take_piped(pipe)

    async def attached(self, text: str) -> Attached | None:
        """What goes along with a message; None when something can't, and the message is back in the prompt.

        Sent once more as it is, it goes without.
        """
        if "@" not in text and not self._given:
            return Attached()
        # What was pasted as a chip is not searched for names: code is full of decorators and scopes.
        shown = self._screen.prompt.sent(text).shown or text
        attached = await asyncio.to_thread(gather, shown, self.workplace, self._given)
        if attached.images and (blind := await asyncio.to_thread(self._blind)):
            attached = attached.without_images(f"{blind} can't see pictures: /model shows others.")
        if attached.problems and self._objected != text:
            self._objected = text
            key = shown_key(self._screen.learnchat.key_of("prompt.send"))
            self._screen.tell(" ".join(attached.problems), f"Not sent: {key} again sends it without.")
            self._screen.prompt.put_back(text)
            return None
        self._objected = ""
        return attached

    def attach(self, label: str, item: Item) -> None:
        """Put something that is at hand into the prompt, as a chip that stands for it."""
        self._given[label] = item
        self._screen.prompt.put_chip(label)

    async def attach_picture(self) -> str:
        """Put the picture on the clipboard into the prompt; returns why that can't be, empty where it was done."""
        from learnchat.app.clipboard_picture import label, read_picture

        try:
            picture = await asyncio.to_thread(read_picture, os.environ, self.workplace.limits)
        except Unfit as unfit:
            return str(unfit)
        self._pictures += 1
        self.attach(label(picture, self._pictures), picture)
        return ""

    def _blind(self) -> str:
        from learnchat.app.attachments.seeing import blind_models

        return ", ".join(blind_models(self._screen.session.model.name, os.environ))

    def _take_piped(self, pipe: int) -> None:
        from learnchat.app.piped_input import label, read_in_background

        here = asyncio.get_running_loop()

        def take(item: Item | Unfit | None) -> None:
            self._screen.show_state("")
            if isinstance(item, Unfit):
                self._screen.say(str(item))
            elif item is not None:
                self.attach(label(item), item)

        def done(item: Item | Unfit | None) -> None:
            # The program may have been left before the pipe ended.
            with contextlib.suppress(RuntimeError):
                here.call_soon_threadsafe(take, item)

        self._screen.show_state("Reading what is piped in…")
        read_in_background(pipe, self.workplace.limits, done)
