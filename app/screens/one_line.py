"""A dialog for one line of text."""

from __future__ import annotations

from collections.abc import Callable

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from learnchat.app.screens.bindings import binding, keys_shown
from learnchat.app.screens.dialog import Dialog
from learnchat.learning.errors import LearnchatError
from learnchat.learning.text import neutralise


class OneLineScreen(Dialog[str | None]):
    """Comes back with the text, or None when it was cancelled.

    Args:
        title: what is asked.
        about: what it is asked about.
        value: what stands there at first.
        placeholder: what stands there while it is empty.
        check: raises a `LearnchatError` for a text that can't be; it is said in place.
    """

    BINDINGS = [binding("dialog.cancel", "cancel")]

    def __init__(
        self,
        title: str,
        about: str,
        *,
        value: str = "",
        placeholder: str = "",
        check: Callable[[str], object] = lambda text: None,
    ) -> None:
        super().__init__()
        self._title = title
        self._about = about
        self._value = value
        self._placeholder = placeholder
        self._check = check

    def compose(self) -> ComposeResult:
        with Vertical(id="one-line") as box:
            box.border_title = Content(self._title)
            box.border_subtitle = Content(f"enter save · {keys_shown(self, 'dialog.cancel')}")
            yield Static(Content(neutralise(self._about)), id="one-line-about", markup=False)
            yield Input(
                self._value, placeholder=self._placeholder, id="one-line-text", compact=True, select_on_focus=False
            )
            yield Static("", id="one-line-problem", markup=False)

    def on_mount(self) -> None:
        self.query_one(Input).focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        text = event.value.strip()
        try:
            self._check(text)
        except LearnchatError as error:
            self.query_one("#one-line-problem", Static).update(Content(neutralise(str(error))))
        else:
            self.dismiss(text)

    def action_cancel(self) -> None:
        self.dismiss(None)
