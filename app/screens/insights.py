"""What is known here, as a list: read, search, forget."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from learnchat.app.screens.bindings import binding, keys_shown
from learnchat.app.screens.described import describe
from learnchat.app.screens.dialog import Dialog
from learnchat.learning.text import one_line

if TYPE_CHECKING:
    from learnchat.learning.profile.insight import Insight


class InsightsScreen(Dialog[str | None]):
    """Lists insights; comes back with the id of one to forget, or None."""

    BINDINGS = [
        binding("dialog.cancel", "close", priority=False),
        binding("insights.forget", "forget"),
        binding("insights.later", "move('cursor_down')", priority=False),
        binding("insights.earlier", "move('cursor_up')", priority=False),
        binding("insights.page_down", "move('page_down')", priority=False),
        binding("insights.page_up", "move('page_up')", priority=False),
    ]

    def __init__(self, insights: Sequence[Insight]) -> None:
        super().__init__()
        self._insights = {insight.id: insight for insight in insights}

    def compose(self) -> ComposeResult:
        with Vertical(id="insights") as box:
            box.border_title = "What is known here"
            keys = (keys_shown(self, key) for key in ("insights.forget", "dialog.cancel"))
            box.border_subtitle = self.line_of_keys("type to search", *keys)
            yield Input(placeholder="search", id="insights-search", compact=True)
            yield OptionList(id="insights-list", markup=False)
            yield Static("", id="insights-detail", markup=False)

    def on_mount(self) -> None:
        # The list is driven from the search field, which keeps the focus.
        self.query_one(OptionList).can_focus = False
        self.query_one(Input).focus()
        self._show("")

    def on_input_changed(self, event: Input.Changed) -> None:
        self._show(event.value)

    def _show(self, search: str) -> None:
        words = search.casefold().split()
        listed = self.query_one(OptionList)
        listed.clear_options()
        found = [insight for insight in self._insights.values() if self._matches(insight, words)]
        listed.add_options(
            Option(
                Content(f"{insight.kind.label:<18}{one_line(insight.statement)}"),
                id=insight.id,
            )
            for insight in found
        )
        if found:
            listed.highlighted = 0
        else:
            nothing = "Nothing matches." if self._insights else "Nothing yet. What you confirm will stand here."
            self.query_one("#insights-detail", Static).update(Content(nothing))

    @staticmethod
    def _matches(insight: Insight, words: Sequence[str]) -> bool:
        entry = insight.entry
        text = " ".join((entry.statement, entry.quote, entry.kind.label, *entry.tags)).casefold()
        return all(word in text for word in words)

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        if event.option_id is not None:
            self.query_one("#insights-detail", Static).update(describe(self._insights[event.option_id]))

    def action_move(self, action: str) -> None:
        getattr(self.query_one(OptionList), f"action_{action}")()

    def action_forget(self) -> None:
        listed = self.query_one(OptionList)
        if listed.highlighted is not None:
            self.dismiss(listed.get_option_at_index(listed.highlighted).id)

    def action_close(self) -> None:
        self.dismiss(None)
