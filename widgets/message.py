"""Messages that stand complete: the user's, and learnchat's own words."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from textual.content import Content
from textual.geometry import Region
from textual.strip import Strip

from learnchat.learning.text import neutralise
from learnchat.widgets.earlier import Entry
from learnchat.widgets.lines import Line, lines_of
from learnchat.widgets.page import Page
from learnchat.widgets.rows import with_mark

# A message beyond either is shown by its beginning: laying out 20 KB takes about 20 ms, and nobody reads a log in the
# conversation that they pasted themselves.
MOST_LINES = 200
MOST_CHARACTERS = 20_000
SHOWN_LINES = 40
SHOWN_CHARACTERS = 4_000


class Marked(Page):
    """Plain text with a mark in the margin of its first row, so that colour is never the only sign of who speaks."""

    MARK = " "

    def __init__(self, make: Callable[[], list[Line]]) -> None:
        super().__init__(make())
        self._make = make

    def entry(self) -> Entry:
        """The same, to be drawn among what was said earlier."""
        width, height = self.wrapped
        return Entry(self._make, self.MARK, type(self).__name__, height + 1 if width else 0, width)

    def render_lines(self, crop: Region) -> list[Strip]:
        style = self.get_component_rich_style("message--mark")
        return with_mark(super().render_lines(crop), crop, self.gutter.top, self.MARK, style)


class UserMessage(Marked):
    """What the user said: drawn as it is, without markup; a long one by its beginning."""

    COMPONENT_CLASSES = {"message--mark"}
    MARK = " › "

    def __init__(self, text: str, attached: str = "") -> None:
        """Args:
        text: what the user said.
        attached: what went along with it, in a line.
        """
        super().__init__(partial(user_lines, text, attached))
        self._other = partial(user_lines, text, attached, whole=True) if is_long(text) else None

    def entry(self) -> Entry:
        entry = super().entry()
        entry.other = self._other
        return entry

    def fold(self) -> bool:
        """Show a long message in full, or by its beginning again; returns whether it is one."""
        if self._other is None:
            return False
        self._make, self._other = self._other, self._make
        self.show(self._make())
        return True


class Note(Marked):
    """learnchat's own words in the conversation: help, lists, errors."""

    COMPONENT_CLASSES = {"message--mark"}
    MARK = " · "

    def __init__(self, text: str, title: str = "", markdown: bool = False) -> None:
        super().__init__(partial(note_lines, text, title, markdown))


def user_lines(text: str, attached: str = "", *, whole: bool = False) -> list[Line]:
    """What is drawn of a message of the user's, and of what went along with it."""
    lines = lines_of(Content(neutralise(text)) if whole else shortened(neutralise(text)))
    return [*lines, *lines_of(Content.styled(f"with {neutralise(attached)}", "$text-muted"))] if attached else lines


def note_lines(text: str, title: str = "", markdown: bool = False) -> list[Line]:
    """What is drawn of learnchat's own words."""
    head = lines_of(Content.styled(neutralise(title), "bold")) if title else []
    if not markdown:
        return head + lines_of(Content(neutralise(text)))
    from learnchat.widgets.typeset import parser, typeset_lines  # the parser: 30 ms

    return head + typeset_lines(parser().parse(neutralise(text)))


def is_long(text: str) -> bool:
    """Whether a message is shown by its beginning."""
    return len(text) > MOST_CHARACTERS or text.count("\n") >= MOST_LINES


def shortened(text: str) -> Content:
    """A text as it is, or its beginning and a line that says how much follows."""
    lines = text.split("\n")
    if not is_long(text):
        return Content(text)
    shown = "\n".join(lines[:SHOWN_LINES])[:SHOWN_CHARACTERS].rstrip()
    rest = len(text) - len(shown)
    return Content.assemble(
        shown, "\n", (f"… {rest:,} more characters, {len(lines):,} lines in all; they were sent in full", "$text-muted")
    )
