"""The floor of the start-up bench: the least a Textual program with an input can be."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.widgets import TextArea


class Floor(App[None]):
    def compose(self) -> ComposeResult:
        yield TextArea()

    def on_mount(self) -> None:
        self.query_one(TextArea).focus()


if __name__ == "__main__":
    Floor().run()
