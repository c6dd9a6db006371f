"""The conversation: all messages of a session, the newest at the end."""

from __future__ import annotations

import asyncio

from textual import events
from textual.app import ComposeResult
from textual.await_remove import AwaitRemove
from textual.containers import VerticalScroll
from textual.widget import Widget
from textual.widgets import Static

from learnchat.learning.clock import Clock, SystemClock
from learnchat.widgets.message import Earlier, Note, UserMessage
from learnchat.widgets.reply import Reply

# Every layout walks all widgets: 200 of one each cost 2 ms, 100 replies of a dozen each cost 100 ms.
MOST_MESSAGES = 200
# So many replies keep their tables and code blocks as widgets; older ones become one text each.
LIVE_REPLIES = 8
# Cells. Longer lines are hard to read; and what is left free on a wide screen is where the toast stands.
MEASURE = 110


WELCOME = "Say what you are working on. What will still matter next month, learnchat asks to remember."


class Conversation(VerticalScroll):
    """Messages in the order they were said. It follows the end while one is at the end, and stays put otherwise."""

    # Nothing of its own is drawn: the screen's background shows.
    BLANK = True

    def __init__(self, *, id: str | None = None, welcome: str = WELCOME, clock: Clock | None = None) -> None:
        """Args:
        welcome: what stands there before the first message.
        clock: paces the drawing of replies; the machine's by default.
        """
        super().__init__(id=id, can_focus=False)
        self._welcome = welcome
        self._clock = clock or SystemClock()
        self._left_out = 0
        self._tidying = asyncio.Lock()

    def compose(self) -> ComposeResult:
        if self._welcome:
            yield Static(self._welcome, markup=False, id="welcome")

    def on_mount(self) -> None:
        self.anchor()

    def on_resize(self, event: events.Resize) -> None:
        top, right, bottom, left = self.styles.padding
        if right != (right := max(event.size.width - MEASURE, 0)):
            self.styles.padding = (top, right, bottom, left)

    @property
    def following(self) -> bool:
        """Whether the end is in view and stays in view."""
        return self.is_vertical_scroll_end

    async def add_user(self, text: str) -> None:
        """Show what the user said, and go to the end: whoever sends wants to see the answer."""
        await self._add(UserMessage(text))
        self.anchor()

    async def start_reply(self, name: str) -> Reply:
        """Begin a reply of the model `name`, which waits for its first words."""
        reply = Reply(name, self._clock)
        await self._add(reply)
        # While the model thinks, so that the first words need not wait for it. Nothing waits for the thread.
        asyncio.get_running_loop().run_in_executor(None, _import_markdown)
        return reply

    async def add_exchange(self, text: str, name: str, attached: str = "") -> Reply:
        """Show what the user said and, right below it, the reply of the model `name`, which may have to wait: so that
        each answer stands with its question, however fast the questions come.

        Args:
            text: what the user said.
            name: the model's.
            attached: what goes along with it, in a line.
        """
        reply = Reply(name, self._clock)
        await self._add(UserMessage(text, attached), reply)
        self.anchor()
        asyncio.get_running_loop().run_in_executor(None, _import_markdown)
        return reply

    async def add_note(self, text: str, title: str = "", *, markdown: bool = False) -> None:
        """Show learnchat's own words."""
        await self._add(Note(text, title, markdown))

    def clear(self) -> AwaitRemove:
        """Show nothing: for a new session. What is added after this call stays, awaited or not."""
        self._left_out = 0
        return self.remove_children()

    async def _add(self, *messages: Widget) -> None:
        await self.query_children("#welcome").remove()
        await self.mount(*messages)
        # Messages may be added while others are: each is tidied away once.
        async with self._tidying:
            await self._freeze_old()
            await self._leave_out_oldest()

    async def _freeze_old(self) -> None:
        replies = list(self.query_children(Reply))
        young = replies[-LIVE_REPLIES:]
        for reply in replies:
            if reply.ended and (reply.costly or reply not in young):
                frozen = await reply.frozen()
                with self.app.batch_update():
                    if reply.parent is self:
                        await self.mount(frozen, before=reply)
                        await reply.remove()

    async def _leave_out_oldest(self) -> None:
        messages = [child for child in self.children if not isinstance(child, Earlier)]
        # Somebody who reads further up must not have the text move under their eyes.
        if len(messages) <= MOST_MESSAGES or not self.following:
            return
        excess = messages[:-MOST_MESSAGES]
        self._left_out += len(excess)
        earlier = self.query_children(Earlier)
        line = earlier.first() if earlier else Earlier()
        with self.app.batch_update():
            await self.remove_children(excess)
            if not earlier:
                await self.mount(line, before=0)
            line.count(self._left_out)


def _import_markdown() -> None:
    import learnchat.widgets.markdown_body  # noqa: F401
