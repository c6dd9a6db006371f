"""The first row: where one is, with whom one talks, and how much is known."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from learnchat.learning.text import one_line
from learnchat.widgets.rows import two_ends


class Header(Static):
    """Project at the left; model and number of insights at the right. Shortens from the project's end."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, markup=False)
        self._left = Content("learnchat")
        self._right = Content()

    def set(self, project: str, model: str, insights: int, unaccepted: int = 0) -> None:
        """Say what the row shows.

        Args:
            project: the project's name; empty where there is none.
            model: the model's full name, `anthropic/claude-…`; the provider is left out of the row.
            insights: how many are recalled here.
            unaccepted: how many stand in the folder and wait to be accepted.
        """
        counts = f"{insights} insight" if insights == 1 else f"{insights} insights"
        if unaccepted:
            counts += f" (+{unaccepted} unaccepted)"
        self._left = Content.assemble(("learnchat", "$text-muted"), "  ", (one_line(project), "bold"))
        self._right = Content.assemble((one_line(model).rpartition("/")[2], "$text-muted"), " · ", counts)
        self.refresh()

    def render(self) -> Content:
        return two_ends(self._left, self._right, self.size.width)
