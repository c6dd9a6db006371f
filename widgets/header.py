"""The first row: where one is, with whom one talks, and how much is known."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from learnchat.learning.text import one_line
from learnchat.widgets.rows import GAP, two_ends


class Header(Static):
    """Project at the left; model and number of insights at the right. In a narrow window our own name goes first."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, markup=False)
        self._brand = Content.styled("learnchat", "$text-muted")
        self._project = Content()
        self._model = Content()
        self._counts = Content()

    def set(self, project: str, model: str, insights: int | None, unaccepted: int = 0) -> None:
        """Say what the row shows.

        Args:
            project: the project's name; empty where there is none.
            model: the model's full name, `anthropic/claude-…`; the provider is left out of the row.
            insights: how many are recalled here; None where that is not known yet.
            unaccepted: how many stand in the folder and wait to be accepted.
        """
        counts = "" if insights is None else f"{insights} insight" if insights == 1 else f"{insights} insights"
        if unaccepted:
            counts += f" (+{unaccepted} unaccepted)"
        self._project = Content.styled(one_line(project), "bold")
        self._model = Content.styled(one_line(model).rpartition("/")[2], "$text-muted")
        self._counts = Content(counts)
        self.refresh()

    def render(self) -> Content:
        width = self.size.width
        left = Content("  ").join([self._brand, self._project])
        right = Content(" · ").join(filter(None, [self._model, self._counts]))
        if self._project and left.cell_length + GAP + right.cell_length > width:
            left = self._project
        if left.cell_length + GAP + right.cell_length > width:
            right = self._counts
        return two_ends(left, right, width)
