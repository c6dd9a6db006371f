"""A text area for people who come from a shell: its keys, its Ctrl+C, and every letter that a keyboard can send."""

from __future__ import annotations

from textual import events
from textual.actions import SkipAction
from textual.binding import Binding
from textual.widgets import TextArea

# Persian and the languages of India are written with them. Textual takes them for keys without a character.
JOINERS = ("\u200c", "\u200d")


class Writing(TextArea):
    """A text area with what the fingers know from readline, and TextArea has under other keys."""

    BINDINGS = [
        Binding("alt+d", "delete_word_right", show=False),
        Binding("ctrl+underscore", "undo", show=False),
    ]

    _copied: object = None

    def action_copy(self) -> None:
        """Copy what is marked; a second time there is nothing to copy, and the key is the screen's."""
        if self._copied == self._marked:
            raise SkipAction
        super().action_copy()
        self._copied = self._marked

    def mark_all(self) -> None:
        """Mark the text for the next letter to replace. The user did not: there is nothing to copy."""
        self.select_all()
        self._copied = self._marked

    @property
    def _marked(self) -> object:
        return self.text, self.selection

    def _on_key(self, event: events.Key) -> None:  # type: ignore[override]
        # TextArea's own handler runs after this one, unless it is prevented: Textual calls each class's.
        if event.character in JOINERS:
            event.prevent_default()
            event.stop()
            self._replace_via_keyboard(event.character, *self.selection)
        elif event.key.startswith("alt+"):
            # It would write the letter.
            event.prevent_default()
