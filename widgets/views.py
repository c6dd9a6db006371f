"""How a message is looked at: in full or by its beginning, with what was thought before it or without.

A message that can be looked at in more than one way says so in words that can be clicked on.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from textual.content import Content
from textual.style import Style
from textual.widget import Widget

from learnchat.widgets.lines import Line, Row, rows_of

if TYPE_CHECKING:
    from textual.events import Click

# From so much on a message can be folded: it fills the screen. As many lines as a paste that is a chip in the prompt.
LONG_LINES = 40
LONG_CHARACTERS = 4_000
# What of a folded one is shown: enough to know which it is.
SHOWN_LINES = 12
SHOWN_CHARACTERS = 1_000

FOLD = "fold"
THINK = "think"
_ASKS = "view"


class View(NamedTuple):
    """One way to look at a message."""

    folded: bool = False
    """Only its beginning is shown."""
    thinking: bool = False
    """What the model thought before it replied is shown too."""

    def after(self, asked: str) -> View:
        """The view after a click on what asks for `FOLD` or `THINK`."""
        if asked == THINK:
            return self._replace(thinking=not self.thinking)
        return self._replace(folded=not self.folded)


AS_IT_CAME = View()


@dataclass(slots=True)
class Entry:
    """A message out of view.

    Attributes:
        make: sets its lines anew from its source, for a view; may run in a thread.
        mark: what stands in the margin of its first row.
        kind: whose style it has: the name of its widget's class.
        height: rows that it takes, with the empty one below; 0 before it was measured or guessed.
        width: the width at which the height was measured; 0 for a guess.
        view: how it is looked at.
        long: whether it can be folded.
        thoughtful: whether it is known what was thought before it.
    """

    make: Callable[[View], list[Line]]
    mark: str
    kind: str
    height: int = 0
    width: int = 0
    view: View = AS_IT_CAME
    long: bool = False
    thoughtful: bool = False

    def lines(self) -> list[Line]:
        """What is drawn of it."""
        return self.make(self.view)

    def rows(self, width: int) -> list[Row]:
        """Its rows at a width of text."""
        return [row for number, line in enumerate(self.lines()) for row in rows_of(line, number, width)]

    def measure(self, width: int) -> None:
        """Find out how many rows it takes."""
        self.height, self.width = len(self.rows(width)) + 1, width

    def look(self, view: View, width: int) -> None:
        """Look at it in another way.

        Args:
            view: the way.
            width: of text; 0 where its height is to be measured later.
        """
        self.view = view
        if width:
            self.measure(width)
        else:
            # A guess. What is in view is measured when it is drawn.
            self.height, self.width = SHOWN_LINES, 0


def is_long(text: str) -> bool:
    """Whether a message can be folded."""
    return len(text) > LONG_CHARACTERS or text.count("\n") >= LONG_LINES


def beginning(lines: Sequence[Line]) -> list[Line]:
    """The first lines of a long message, the last of them cut where it is long itself."""
    shown: list[Line] = []
    room = SHOWN_CHARACTERS
    for line in lines[:SHOWN_LINES]:
        length = len(line.content.plain)
        if length > room and line.row_of is None:
            return [*shown, replace(line, content=Content.assemble(line.content[:room], "…"))]
        shown.append(line)
        room -= length
        if room <= 0:
            break
    return shown


def fold_words(text: str, folded: bool) -> Content:
    """What is said of a long message: whether it is folded, how long it is, and what a click does."""
    if not folded:
        return clickable("fold", FOLD)
    lines = text.count("\n") + 1
    size = f"{lines:,} lines" if lines > SHOWN_LINES else f"{len(text):,} characters"
    return Content.assemble(f"folded, {size} in all ", clickable("show all", FOLD))


def clickable(words: str, asks: str) -> Content:
    """Words that change the view when they are clicked on. The brackets say where they end, also without colours."""
    return Content.assemble("‹", Content(words).stylize(Style.from_meta({_ASKS: asks})), "›")


def asked(click: Click, message: Widget) -> str:
    """What was clicked on in a message asks for: `FOLD`, `THINK`, or nothing.

    Where it asks for something the conversation stays where it is, also if it followed its end: whoever unfolds a
    message wants to read on from there.
    """
    found = str(click.style.meta.get(_ASKS, ""))
    if found and isinstance(message.parent, Widget):
        message.parent.release_anchor()
    return found
