"""The toast: a question at the bottom right that takes no focus, blocks nothing, and goes away by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from learnchat.learning.text import neutralise, one_line, shorten

# The bar's length in cells: it leaves room for the seconds and for "and 12 more" in the narrowest toast.
BAR_CELLS = 24


# Four rows of the toast at its usual width.
SHOWN_CHARACTERS = 200


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to answer a toast."""

    answer: str
    """What is reported when it is chosen."""
    label: str
    key: str
    """How its chord is shown."""


@dataclass(frozen=True, slots=True)
class Question:
    """All that a toast shows. Plain text throughout: nothing in it is markup."""

    title: str
    heading: str
    """The line of kind and scope."""
    statement: str
    choices: Sequence[Choice]
    quote: str = ""
    """The user's own words, where they differ from the statement."""
    replaces: str = ""
    best_before: str = ""
    """Until when it would hold, and why."""
    more: int = 0
    """How many more of the same message wait in the inbox."""
    footnote: str = ""


def _shown(statement: str) -> str:
    """A statement as far as it fits, and how much more there is: nobody is to consent to what they have not seen."""
    statement = neutralise(statement)
    if len(statement) <= SHOWN_CHARACTERS:
        return statement
    shown = shorten(statement, SHOWN_CHARACTERS)
    return f"{shown} ({len(statement) - len(shown):,} more characters: reword shows all)"


class ToastChoice(Static, can_focus=False):
    """A chord and its label; a click on it is the same answer."""

    def __init__(self, choice: Choice) -> None:
        super().__init__(
            Content.assemble((one_line(choice.key), "bold $toast-key"), " ", one_line(choice.label)),
            classes="toast-choice",
            markup=False,
        )
        self._answer = choice.answer

    def on_click(self, event: events.Click) -> None:
        event.stop()
        self.post_message(Toast.Answered(self._answer))


class Toast(Vertical, can_focus=False, can_focus_children=False):
    """The toast's drawing. What it waits for, and for how long, its owner decides."""

    class Answered(Message):
        """A choice was clicked."""

        def __init__(self, answer: str) -> None:
            super().__init__()
            self.answer = answer

    def __init__(self) -> None:
        super().__init__(id="toast")
        self.display = False
        self._countdown: Static | None = None
        self._drawn: tuple[int, int] | None = None
        self._more = 0

    def compose(self) -> ComposeResult:
        # Empty until the first question: the chat opens before there is anything to ask.
        return iter(())

    async def ask(self, question: Question, seconds: float) -> None:
        """Show a question, with its whole countdown to go."""
        self._more = question.more
        self._drawn = None
        self._countdown = Static("", id="toast-countdown", markup=False)
        parts: list[Static | Horizontal] = [
            Static(Content(one_line(question.heading)), id="toast-heading", markup=False),
            Static(Content(_shown(question.statement)), id="toast-statement", markup=False),
        ]
        if question.quote:
            parts.append(Static(Content(f"“{one_line(question.quote)}”"), id="toast-quote", markup=False))
        if question.replaces:
            parts.append(Static(Content(f"replaces: {one_line(question.replaces)}"), id="toast-replaces", markup=False))
        if question.best_before:
            parts.append(Static(Content(one_line(question.best_before)), id="toast-best-before", markup=False))
        if question.footnote:
            parts.append(Static(Content(one_line(question.footnote)), id="toast-footnote", markup=False))
        parts += [
            self._countdown,
            Horizontal(
                *(ToastChoice(choice) for choice in question.choices),
                id="toast-choices",
                classes="many" if len(question.choices) > 3 else "",
            ),
        ]
        self.remove_class("flash")
        self.border_title = Content(one_line(question.title)).markup
        await self._fill(parts)
        self.count(seconds, seconds)

    async def flash(self, sentence: str, hint: str) -> None:
        """Say in its place what came of an answer; its owner takes it away again."""
        self._countdown = None
        self.add_class("flash")
        self.border_title = None
        await self._fill(
            [
                Static(Content(one_line(sentence)), id="toast-statement", markup=False),
                Static(Content(one_line(hint)), id="toast-footnote", markup=False),
            ]
        )

    async def _fill(self, parts: Sequence[Static | Horizontal]) -> None:
        await self.remove_children()
        await self.mount(*parts)
        self.display = True

    def count(self, left: float, seconds: float, standing: bool = False) -> None:
        """Draw the countdown: `left` of `seconds` to go. Costs nothing while what it shows is the same."""
        if self._countdown is None:
            return
        whole = round(left + 0.499)
        filled = round(BAR_CELLS * left / seconds)
        if (whole, filled if not standing else -1) == self._drawn:
            return
        self._drawn = (whole, filled if not standing else -1)
        bar = Content.assemble(
            ("━" * filled, "$toast-bar"),
            ("─" * (BAR_CELLS - filled), "$toast-bar-spent"),
            f" {whole} s",
            " · paused" if standing else "",
            f" · and {self._more} more in the inbox" if self._more else "",
        )
        # Never a new layout: ten times a second over a long conversation it would cost half a core.
        self._countdown.update(bar, layout=False)

    def leave(self) -> None:
        """Go away."""
        self.display = False
        self._countdown = None
