"""Messages that stand complete: the user's, and learnchat's own words."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from textual.content import Content
from textual.geometry import Region
from textual.strip import Strip

from learnchat.learning.text import neutralise
from learnchat.widgets.lines import Line, lines_of
from learnchat.widgets.page import Page
from learnchat.widgets.rows import with_mark
from learnchat.widgets.views import Entry, View, asked, beginning, fold_words, is_long

if TYPE_CHECKING:
    from textual import events

# In a list of messages one beyond either is shown by its beginning: nobody reads a log there.
MOST_LINES = 200
MOST_CHARACTERS = 20_000
SHOWN_LINES = 40
SHOWN_CHARACTERS = 4_000


class Marked(Page):
    """Plain text with a mark in the margin of its first row, so that colour is never the only sign of who speaks."""

    MARK = " "

    def __init__(self, make: Callable[[View], list[Line]], view: View | None = None) -> None:
        self.view = view or View()
        super().__init__(make(self.view))
        self._make = make

    def entry(self) -> Entry:
        """The same, to be drawn among what was said earlier."""
        width, height = self.wrapped
        return Entry(self._make, self.MARK, type(self).__name__, height + 1 if width else 0, width, self.view)

    def render_lines(self, crop: Region) -> list[Strip]:
        style = self.get_component_rich_style("message--mark")
        return with_mark(super().render_lines(crop), crop, self.gutter.top, self.MARK, style)


class UserMessage(Marked):
    """What the user said: drawn as it is, without markup; a long one folded, because whoever pasted it knows it."""

    COMPONENT_CLASSES = {"message--mark"}
    MARK = " › "

    def __init__(self, text: str, attached: str = "") -> None:
        """Args:
        text: what the user said.
        attached: what went along with it, in a line.
        """
        self.long = is_long(text)
        self.thoughtful = False
        super().__init__(partial(user_lines, text, attached), View(folded=self.long))
        self._keep_whole()

    def entry(self) -> Entry:
        entry = super().entry()
        entry.long = self.long
        return entry

    def look(self, view: View) -> None:
        """Show a long message in full, or by its beginning again."""
        self.view = view
        self.show(self._make(view))
        self._keep_whole()

    def _keep_whole(self) -> None:
        self.whole = self._make(View()) if self.view.folded else None

    def on_click(self, event: events.Click) -> None:
        if found := asked(event, self):
            self.look(self.view.after(found))


class Note(Marked):
    """learnchat's own words in the conversation: help, lists, errors."""

    COMPONENT_CLASSES = {"message--mark"}
    MARK = " · "

    def __init__(self, text: str, title: str = "", markdown: bool = False) -> None:
        super().__init__(partial(note_lines, text, title, markdown))
        self.placed: Callable[[Note], None] | None = None
        """Called once, when it has its place in the conversation."""

    def on_resize(self) -> None:
        placed, self.placed = self.placed, None
        if placed is not None:
            placed(self)


def user_lines(text: str, attached: str, view: View) -> list[Line]:
    """What is drawn of a message of the user's, and of what went along with it."""
    lines = lines_of(Content(neutralise(text)))
    if is_long(text):
        words = fold_words(text, view.folded).stylize_before("$text-muted")
        lines = [*(beginning(lines) if view.folded else lines), *lines_of(words)]
    return [*lines, *lines_of(Content.styled(f"with {neutralise(attached)}", "$text-muted"))] if attached else lines


def note_lines(text: str, title: str, markdown: bool, view: View) -> list[Line]:
    """What is drawn of learnchat's own words."""
    head = lines_of(Content.styled(neutralise(title), "bold")) if title else []
    if not markdown:
        return head + lines_of(Content(neutralise(text)))
    from learnchat.widgets.typeset import parser, typeset_lines  # the parser: 30 ms

    return head + typeset_lines(parser().parse(neutralise(text)))


def shortened(text: str) -> Content:
    """A text as it is, or its beginning and a line that says how much follows."""
    lines = text.split("\n")
    if len(text) <= MOST_CHARACTERS and len(lines) <= MOST_LINES:
        return Content(text)
    shown = "\n".join(lines[:SHOWN_LINES])[:SHOWN_CHARACTERS].rstrip()
    rest = len(text) - len(shown)
    return Content.assemble(
        shown, "\n", (f"… {rest:,} more characters, {len(lines):,} lines in all; they were sent in full", "$text-muted")
    )
