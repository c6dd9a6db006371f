"""The conversation: all messages of a session, the newest at the end."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual import events
from textual._spatial_map import SpatialMap
from textual.app import ComposeResult
from textual.await_remove import AwaitRemove
from textual.containers import VerticalScroll
from textual.geometry import Size
from textual.layout import DockArrangeResult
from textual.widget import Widget
from textual.widgets import Static

from learnchat.learning.clock import Clock, SystemClock
from learnchat.widgets.earlier import Earlier
from learnchat.widgets.message import Note, UserMessage
from learnchat.widgets.page import Page
from learnchat.widgets.reply import Reply

if TYPE_CHECKING:
    from learnchat.widgets.past import PastMessage

# Messages that are widgets of their own. A change of focus restyles them all, at a millisecond for each reply.
MOST_MESSAGES = 24
# Of these, so many stay when there are too many: tidying costs some 10 ms, so not at every message.
LEFT_MESSAGES = 16
# After so many that became part of the one widget, what they leave behind is collected, in some 20 ms.
MOST_LEFT = 40
# Cells. Longer lines are hard to read; and what is left free on a wide screen is where the toast stands.
MEASURE = 110
# Cells, of a square of the map that says which messages are in view. Textual's own are 20 rows high, and the one widget
# of all that was said earlier may lie in a thousand of them: a millisecond for each layout.
SQUARE = (1_000, 100_000)
# Columns of a terminal from which on the toast stands beside the text; on a narrower one the text makes room above it.
BESIDE = MEASURE + 63


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
        self._tidying = asyncio.Lock()
        self._left = 0

    def arrange(self, size: Size, optimal: bool = False) -> DockArrangeResult:
        found = super().arrange(size, optimal)
        if found._spatial_map is None:
            found._spatial_map = SpatialMap(*SQUARE)
            found._spatial_map.insert(
                (place.region.grow(place.margin), place.offset, place.fixed, place.overlay, place)
                for place in found.placements
            )
        return found

    def _size_updated(self, size: Size, virtual_size: Size, container_size: Size, layout: bool = True) -> bool:
        """Textual 8.2.8 looks whether the place is within the text only where a size has changed, and moves a
        conversation that follows its end whenever somebody asks where a message is, laid out or not. So it could stand
        below the end of a text that became short again before it was laid out: blank, and not to be scrolled.
        """
        changed = super()._size_updated(size, virtual_size, container_size, layout)
        if self._anchor_released and self.scroll_y > self.max_scroll_y:
            self.scroll_y = self.max_scroll_y
        return changed

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

    async def add_note(self, text: str, title: str = "", *, markdown: bool = False, seen: bool = False) -> None:
        """Show learnchat's own words; what is longer than the view, from its beginning.

        Args:
            text: the words.
            title: stands above them.
            markdown: whether they are Markdown.
            seen: whoever reads further up is taken to them, as to what they said themselves.
        """
        note = Note(text, title, markdown)
        if seen:
            self.anchor()
        if seen or self.following:
            note.placed = self._show_beginning
        await self._add(note)

    def _show_beginning(self, note: Note) -> None:
        if note.region.height > self.scrollable_content_region.height:
            self.scroll_to(y=note.virtual_region.y, animate=False)

    def clear(self) -> AwaitRemove:
        """Show nothing: for a new session. What is added after this call stays, awaited or not."""
        return self.remove_children()

    async def show_earlier(self, messages: Sequence[PastMessage]) -> None:
        """Show messages above all others: those of a session that is gone on with. What is in view stays where it is.

        A thousand cost some milliseconds: each is set when it comes into view.

        Args:
            messages: in the order they were said.
        """
        from learnchat.widgets.past import past_entry

        async with self._tidying:
            await self.query_children("#welcome").remove()
            earlier = await self._earlier()
            earlier.take([past_entry(message) for message in messages], above=True)
        asyncio.get_running_loop().run_in_executor(None, _import_markdown)

    async def _add(self, *messages: Widget) -> None:
        await self.query_children("#welcome").remove()
        await self.mount(*messages)
        # Messages may be added while others are: each is tidied away once.
        async with self._tidying:
            await self._tidy()

    async def _tidy(self) -> None:
        """Put the oldest messages together into one widget. They take the same place there: nothing moves."""
        messages = [child for child in self.children if isinstance(child, UserMessage | Note | Reply)]
        # What is selected stays so.
        if len(messages) <= MOST_MESSAGES or self.screen.selections:
            return
        old: list[UserMessage | Note | Reply] = []
        for message in messages[:-LEFT_MESSAGES]:
            if isinstance(message, Reply) and not message.ended:
                break
            old.append(message)
        with self.app.batch_update():
            earlier = await self._earlier()
            earlier.take([message.entry() for message in old])
            pages = [page for message in old for page in message.walk_children(Page, with_self=True)]
            await self.remove_children(old)
            for page in pages:
                page.forget()
        # What is gone refers to itself in circles, 0.1 MB an exchange. The chat collects it in the user's pauses; where
        # there are none, this does.
        self._left += len(old)
        if self._left >= MOST_LEFT:
            self._left = 0
            self.call_later(gc.collect)

    async def _earlier(self) -> Earlier:
        found = self.query_children(Earlier)
        if found:
            return found.first()
        earlier = Earlier()
        await self.mount(earlier, before=0)
        return earlier


def _import_markdown() -> None:
    import learnchat.widgets.typeset  # noqa: F401
