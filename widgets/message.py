"""Messages that stand complete: the user's, and learnchat's own words."""

from __future__ import annotations

from textual.content import Content
from textual.geometry import Region
from textual.strip import Strip
from textual.widgets import Static

from learnchat.learning.text import neutralise
from learnchat.widgets.rows import with_mark

# A message beyond either is shown by its beginning: laying out 20 KB takes about 20 ms, and nobody reads a log in the
# conversation that they pasted themselves.
MOST_LINES = 200
MOST_CHARACTERS = 20_000
SHOWN_LINES = 40
SHOWN_CHARACTERS = 4_000


class Marked(Static):
    """Plain text with a mark in the margin of its first row, so that colour is never the only sign of who speaks."""

    MARK = " "

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
        content = shortened(neutralise(text))
        if attached:
            content = Content.assemble(content, (f"\nwith {neutralise(attached)}", "$text-muted"))
        super().__init__(content, markup=False)


class Note(Marked):
    """learnchat's own words in the conversation: help, lists, errors."""

    COMPONENT_CLASSES = {"message--mark"}
    MARK = " · "

    def __init__(self, text: str, title: str = "", markdown: bool = False) -> None:
        body = Content(neutralise(text))
        if markdown:
            from learnchat.widgets.typeset import typeset  # the parser: 30 ms

            body = typeset(body.plain)
        head = Content.styled(neutralise(title) + "\n", "bold") if title else Content()
        super().__init__(head + body, markup=False)


class Earlier(Static):
    """The line above the oldest message that is still shown."""

    def count(self, messages: int) -> None:
        """Say how many messages are no longer shown."""
        plural = "" if messages == 1 else "s"
        self.update(Content(f"… {messages:,} earlier message{plural}, kept in the transcript of this session"))


def shortened(text: str) -> Content:
    """A text as it is, or its beginning and a line that says how much follows."""
    lines = text.split("\n")
    if len(lines) <= MOST_LINES and len(text) <= MOST_CHARACTERS:
        return Content(text)
    shown = "\n".join(lines[:SHOWN_LINES])[:SHOWN_CHARACTERS].rstrip()
    rest = len(text) - len(shown)
    return Content.assemble(
        shown, "\n", (f"… {rest:,} more characters, {len(lines):,} lines in all; they were sent in full", "$text-muted")
    )
