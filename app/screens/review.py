"""The review: what was changed outside learnchat, or came with a clone, one key for each answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from learnchat.app.commands.review import HAPPENED, and_more, described, listed_first
from learnchat.app.screens.bindings import binding, key_shown, keys_shown
from learnchat.app.screens.dialog import Dialog
from learnchat.learning.memory.reviewing import all_but_missing, is_missing, missing, unmarked
from learnchat.learning.text import one_line

if TYPE_CHECKING:
    from learnchat.app.engine import Engine
    from learnchat.app.parts import Parts
    from learnchat.app.screens.asking import Asking
    from learnchat.learning.memory.profiles import Act
    from learnchat.learning.memory.reviewing import ReviewItem

# More than anybody decides one by one, and listed at once. The next come up as these are decided.
MOST_LISTED = 300
TITLE = "Changed outside, or come with the project"
NOTHING = "Nothing waits: all that stands here is yours."


class ReviewScreen(Dialog[None]):
    """Lists what waits, and decides about it one by one or all at once. Marked lines begin with an exclamation mark."""

    BINDINGS = [
        binding("list.close", "close"),
        binding("review.accept", "accept"),
        binding("review.reject", "reject"),
        binding("review.accept_all", "accept_all"),
        binding("review.accept_unmarked", "accept_unmarked"),
        binding("review.restore", "restore"),
        binding("review.undo", "undo"),
    ]

    def __init__(self, engine: Engine, asking: Asking) -> None:
        super().__init__()
        self._engine = engine
        self._asking = asking
        self._items: dict[str, ReviewItem] = {}
        self._remark = ""
        """Why the last answer was not carried out, or what else there is to know of it."""

    def compose(self) -> ComposeResult:
        with Vertical(id="review") as box:
            box.border_title = TITLE
            box.border_subtitle = self._keys()
            yield OptionList(id="review-list", markup=False)
            with VerticalScroll(id="review-detail", can_focus=False):
                yield Static("", id="review-text", markup=False)

    def _keys(self) -> Content:
        """What the keys do with the chosen one. A yes to what is missing would read as if it stayed."""
        if any(is_missing(item) for item in self._chosen):
            words = {"reject": "restore", "accept": "let it go", "restore": "restore all", "undo": "undo"}
            keys = [f"{key_shown(self, f'review.{name}')} {does}" for name, does in words.items()]
        else:
            names = ("accept", "reject", "accept_all", "accept_unmarked", "undo", "restore")
            keys = [keys_shown(self, f"review.{name}") for name in names]
        return self.line_of_keys(*keys, keys_shown(self, "list.close"))

    def on_mount(self) -> None:
        self.query_one(OptionList).focus()
        # Seconds, where tens of thousands wait.
        self._show("Looking at what waits…")
        self.run_worker(self._load(), exit_on_error=False)

    async def _load(self) -> None:
        items = await self._engine.call(lambda parts: parts.profiles.review())
        self._items = {item.name: item for item in items}
        shown = listed_first(items, MOST_LISTED)
        listed = self.query_one(OptionList)
        before = listed.highlighted or 0
        listed.clear_options()
        listed.add_options(
            Option(
                Content(
                    f"{'!' if item.marks else ' '} {HAPPENED[item.change.what.value]:<19}"
                    f"{one_line(item.change.entry.statement)}"
                ),
                id=item.name,
            )
            for item in shown
        )
        cut = len(items) > len(shown)
        self.query_one("#review").border_title = f"{TITLE} · {len(shown)} of {len(items):,}" if cut else TITLE
        if cut:
            listed.add_option(Option(Content.styled(and_more(items, MOST_LISTED), "$text-muted"), disabled=True))
        if items:
            listed.highlighted = min(before, len(shown) - 1)
        else:
            self._show(NOTHING)

    def _show(self, text: str) -> None:
        self.query_one("#review-text", Static).update(Content(text))

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        if event.option_id in self._items:
            self.query_one("#review").border_subtitle = self._keys()
            lines = described(self._items[event.option_id])
            self._show("\n".join([self._remark, "", *lines] if self._remark else lines))

    @property
    def _chosen(self) -> list[ReviewItem]:
        listed = next(iter(self.query(OptionList)), None)
        if listed is None or listed.highlighted is None:
            return []
        item = self._items.get(listed.get_option_at_index(listed.highlighted).id or "")
        return [item] if item is not None else []

    def _decide(self, items: Sequence[ReviewItem], act: Callable[[Parts, Sequence[ReviewItem]], Act]) -> None:
        # As they were shown: what has changed since is refused, and shown again.
        if items:
            self.run_worker(self._carry_out(lambda parts: act(parts, items)), exit_on_error=False)

    async def _carry_out(self, act: Callable[[Parts], Act | None]) -> None:
        self._remark = await self._asking.decided(act)
        await self._load()

    def action_accept(self) -> None:
        self._decide(self._chosen, lambda parts, items: parts.profiles.accept(items))

    def action_reject(self) -> None:
        self._decide(self._chosen, lambda parts, items: parts.profiles.reject(items))

    def action_accept_all(self) -> None:
        self._decide(all_but_missing(self._items.values()), lambda parts, items: parts.profiles.accept(items))

    def action_accept_unmarked(self) -> None:
        self._decide(unmarked(self._items.values()), lambda parts, items: parts.profiles.accept(items))

    def action_restore(self) -> None:
        self._decide(missing(self._items.values()), lambda parts, items: parts.profiles.reject(items))

    def action_undo(self) -> None:
        self.run_worker(self._carry_out(lambda parts: parts.profiles.undo()), exit_on_error=False)

    def action_close(self) -> None:
        self.dismiss(None)
