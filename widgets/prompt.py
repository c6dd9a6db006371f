"""The prompt: where the user writes. Enter sends, Shift+Enter and Ctrl+J begin a new line, Up brings back what was."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from textual import events
from textual.actions import SkipAction
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip

from learnchat.learning.text import neutralise
from learnchat.widgets.history import EMPTY, Entry, PromptHistory
from learnchat.widgets.pasted import Pasted
from learnchat.widgets.rows import with_mark
from learnchat.widgets.writing import Writing

if TYPE_CHECKING:
    from learnchat.widgets.prompt_helper import Place, PromptHelper

# The same that stands before what was sent.
MARK = "  › "
PLACEHOLDER = "Ask, or say what is so.  /help"
SEND = ("enter",)
NEW_LINE = ("shift+enter", "ctrl+j")


class Prompt(Writing):
    """A text area of 1 to 8 rows that sends what was written.

    A large paste stands there as a chip, `[pasted 812 lines, 40 KB]`, and is sent in full; deleting the chip deletes
    the paste. Text that comes in by paste loses its control and bidi characters, so that it reads as what it is.
    """

    COMPONENT_CLASSES = {"prompt--mark"}

    @dataclass
    class Submitted(Message):
        """The user sends a message.

        Attributes:
            text: what was written, without the white space at its end and blank lines before it; pastes in full. A
                space first stays: it tells a message from a command.
            typed: False if any part of it was pasted or came from an earlier session.
        """

        text: str
        typed: bool

    class Active(Message):
        """A key or a paste has just arrived: the user is writing."""

    def __init__(
        self, *, send: Collection[str] = SEND, new_line: Collection[str] = NEW_LINE, id: str | None = None
    ) -> None:
        """Args:
        send: the keys that send, in Textual's spelling.
        new_line: the keys that begin a new line.
        """
        super().__init__(id=id, placeholder=PLACEHOLDER, highlight_cursor_line=False)
        # Nothing is drawn while nothing happens: a blinking cursor is, twice a second, as long as the chat is open.
        self.cursor_blink = False
        # Not bindings: a priority binding acts while the letters before it still wait in this widget's queue, so that
        # a fast "yes⏎" would send nothing; any other binding acts after the letters that follow it.
        self._send_keys = frozenset(send)
        self._new_line_keys = frozenset(new_line)
        self._past = PromptHistory()
        self._pasted = Pasted()
        self._called_back: Entry | None = None
        self._put = ""
        self.helpers: list[PromptHelper] = []
        """Who is asked first about each key, in this order. Added after the first paint."""

    @property
    def place(self) -> Place:
        """Where the cursor stands."""
        from learnchat.widgets.prompt_helper import Place

        row, column = self.cursor_location
        line = self.document.get_line(row)
        return Place(line[:column], line[column:], row, self.document.line_count)

    @property
    def untouched(self) -> bool:
        """Whether the text stands there as it was called back or cleared, and nothing was written since."""
        return self.text == self._put

    @property
    def past(self) -> Sequence[Entry]:
        """What was sent before, oldest first."""
        return self._past.entries

    @property
    def draft(self) -> str:
        """What would be sent now: the text with its pastes in full."""
        return self._pasted.in_full(self.text)

    def load_history(self, entries: Iterable[Entry], *, draft: bool = False) -> None:
        """Give the prompt what was sent in earlier sessions, oldest first; the last may be a draft that never was."""
        self._past.load(entries, draft=draft)

    def put_back(self, text: str) -> None:
        """Put a message that could not be sent back into the prompt, unless something new stands there already.

        It stays within reach of Up in either case.
        """
        if not self.text:
            self._show(self._past.sent(text))

    def refuse(self, text: str, instead: str = "") -> None:
        """Show what nothing could be made of, or what was meant by it, for the next letter to replace; forget it."""
        entry = self._past.drop(text)
        if not self.text:
            self._show(Entry(instead, entry.typed, pasted=entry.pasted) if instead else entry)
            self.mark_all()

    def sent(self, text: str) -> Entry:
        """What was sent as this text, as it stood here."""
        return self._past.sent(text)

    def call_back(self, entry: Entry) -> None:
        """Put an earlier entry, or a text that was changed elsewhere, in the place of what stands there."""
        self._show(entry)

    def complete(self, start: int, text: str) -> None:
        """Put a text in the place of what stands between a column of the cursor's line and the cursor."""
        row, _ = self.cursor_location
        if result := self._replace_via_keyboard(text, (row, start), self.cursor_location):
            self.move_cursor(result.end_location)

    def put_chip(self, label: str) -> None:
        """Put a text at the cursor that is deleted whole, as a paste is, and stands for itself."""
        self._pasted.put_chip(label)
        if result := self._replace_via_keyboard(f"{label} ", *self.selection):
            self.move_cursor(result.end_location)

    def paste(self, text: str) -> None:
        """Put a text at the cursor as if it had been pasted."""
        self._paste(text)

    def clear_to_history(self) -> None:
        """Empty the prompt; what stood there comes back with Up."""
        self._past.add(replace(self.entry(), unsent=True))
        self._show(EMPTY)

    def action_send(self) -> None:
        """Send what was written, if there is anything but white space."""
        text = self.draft.rstrip().lstrip("\r\n")
        if not text:
            return
        self._past.add(entry := replace(self.entry(), text=text))
        self._show(EMPTY)
        self.post_message(self.Submitted(text, entry.typed))

    def action_new_line(self) -> None:
        """Begin a new line at the cursor."""
        self._replace_via_keyboard("\n", *self.selection)

    def undo(self) -> None:
        """Take the last change back. It may have been that a paste was deleted."""
        super().undo()
        self._pasted.may_be_back()

    def redo(self) -> None:
        """Make the change again that was taken back. It may have been a paste."""
        super().redo()
        self._pasted.may_be_back()

    def action_cursor_up(self, select: bool = False) -> None:
        """Move up; from the first wrapped line, back in the history."""
        _, row = self.wrapped_document.location_to_offset(self.cursor_location)
        leaves = not select and (row == 0 or self._as_called_back())
        if leaves and (entry := self._past.earlier(self.entry())):
            self._step_to(entry)
        else:
            super().action_cursor_up(select)

    def action_cursor_down(self, select: bool = False) -> None:
        """Move down; from the last wrapped line, forward in the history, at last to the draft."""
        _, row = self.wrapped_document.location_to_offset(self.cursor_location)
        leaves = not select and (row == self.wrapped_document.height - 1 or self._as_called_back())
        if leaves and (entry := self._past.later(self.entry())):
            self._step_to(entry)
        else:
            super().action_cursor_down(select)

    def action_cursor_page_up(self) -> None:
        """Leave the key to the conversation while the whole text is in view."""
        if self.wrapped_document.height <= self.content_size.height:
            raise SkipAction
        super().action_cursor_page_up()

    def action_cursor_page_down(self) -> None:
        """Leave the key to the conversation while the whole text is in view."""
        if self.wrapped_document.height <= self.content_size.height:
            raise SkipAction
        super().action_cursor_page_down()

    def render_lines(self, crop: Region) -> list[Strip]:
        strips = super().render_lines(crop)
        if self.scroll_offset.y:
            return strips
        return with_mark(strips, crop, self.gutter.top, MARK, self.get_component_rich_style("prompt--mark"))

    def action_delete_left(self) -> None:
        """Delete a character, or the whole chip before the cursor: half of one would send neither it nor the paste."""
        row, column = self.cursor_location
        before = self.document.get_line(row)[:column]
        self._delete_chip(row, column, (chip for chip in self._pasted.chips if before.endswith(chip)), -1)

    def action_delete_right(self) -> None:
        """Delete a character, or the whole chip behind the cursor."""
        row, column = self.cursor_location
        behind = self.document.get_line(row)[column:]
        self._delete_chip(row, column, (chip for chip in self._pasted.chips if behind.startswith(chip)), 1)

    def _delete_chip(self, row: int, column: int, chips: Iterator[str], direction: int) -> None:
        chip = next(chips, None) if self.selection.is_empty else None
        if chip is not None:
            self._delete_via_keyboard((row, column), (row, column + direction * len(chip)))
        elif direction < 0:
            super().action_delete_left()
        else:
            super().action_delete_right()

    def action_paste(self) -> None:
        """Paste from the program's own clipboard."""
        self._paste(self.app.clipboard)

    def _on_key(self, event: events.Key) -> None:  # type: ignore[override]
        # TextArea's own handler runs after this one, unless it is prevented: Textual calls each class's.
        self.post_message(self.Active())
        if any(helper.take(event) for helper in self.helpers):
            event.prevent_default()
            event.stop()
            return
        for keys, act in ((self._send_keys, self.action_send), (self._new_line_keys, self.action_new_line)):
            if not keys.isdisjoint(event.aliases):
                event.prevent_default()
                event.stop()
                act()
                return

    def _on_paste(self, event: events.Paste) -> None:  # type: ignore[override]
        event.prevent_default()
        event.stop()
        self._paste(event.text)
        self.post_message(self.Active())

    def _on_text_area_changed(self) -> None:
        if not self.text:
            self._pasted.is_gone()
        for helper in self.helpers:
            helper.changed()

    def _paste(self, pasted: str) -> None:
        text = neutralise(pasted)
        if not text or any(helper.take_paste(text) for helper in self.helpers):
            return
        if result := self._replace_via_keyboard(self._pasted.add(text), *self.selection):
            self.move_cursor(result.end_location)

    def entry(self) -> Entry:
        """What stands there now, as it could be called back."""
        return self._pasted.entry(self.text)

    def _as_called_back(self) -> bool:
        # So that a second Up goes on through the history, also from inside an entry of several lines.
        return self._called_back is not None and self._called_back.text == self.draft and self.cursor_at_end_of_text

    def _step_to(self, entry: Entry) -> None:
        self._show(entry)
        self._called_back = self.entry()

    def _show(self, entry: Entry) -> None:
        self._called_back = None
        self._put = self._pasted.take_up(entry)
        self.load_text(self._put)
        self.move_cursor(self.document.end)
