"""The inbox: what waits for a decision, one key for each."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from learnchat.app.remembering import confirm
from learnchat.app.screens.asking import Item, item_of
from learnchat.app.screens.bindings import binding
from learnchat.app.screens.dialog import Dialog
from learnchat.app.screens.rechecks import date_that_came
from learnchat.learning.profile.insight import Means
from learnchat.learning.proposal import RECHECK
from learnchat.learning.text import one_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from learnchat.app.engine import Engine
    from learnchat.app.parts import Parts
    from learnchat.app.screens.asking import Asking
    from learnchat.learning.memory.profiles import Act
    from learnchat.learning.proposal import Proposal


TITLE = "Waiting for your decision"


def _read_items(parts: Parts) -> list[Item]:
    return [item_of(parts, proposal) for proposal in parts.profiles.inbox.pending()]


def _label(proposal: Proposal) -> str:
    return "Still true?" if proposal.detector == RECHECK else proposal.kind.label


class InboxScreen(Dialog[None]):
    """Lists the pending proposals, and decides them one by one."""

    BINDINGS: ClassVar[list[Binding]] = [  # type: ignore[assignment]
        binding(id, action)
        for id, action in (
            ("inbox.remember", "confirm"),
            ("inbox.skip", "skip"),
            ("inbox.reword", "reword"),
            ("inbox.never", "never"),
            ("inbox.undo", "undo"),
            ("inbox.skip_all", "skip_all"),
            ("list.close", "close"),
        )
    ]

    def __init__(self, engine: Engine, asking: Asking) -> None:
        super().__init__()
        self._engine = engine
        self._asking = asking
        self._items: dict[str, Item] = {}
        self._remark = ""
        """What there is to know of the last answer: why it was not carried out, or what it may replace."""

    def compose(self) -> ComposeResult:
        with Vertical(id="inbox") as box:
            box.border_title = TITLE
            box.border_subtitle = self.line_of_keys(*map(self._shown, self.BINDINGS))
            yield OptionList(id="inbox-list", markup=False)
            yield Static("", id="inbox-detail", markup=False)

    def _shown(self, binding: Binding) -> str:
        """A binding as the border has it, by the user's own key: "y remember"."""
        key = self._asking.shown(binding.id or "")
        return f"{'esc' if key == 'escape' else key} {binding.description}"

    async def on_mount(self) -> None:
        self.query_one(OptionList).focus()
        self.run_worker(self._load(), exit_on_error=False)

    def _title(self) -> str:
        if len(self._items) < 2:
            return TITLE
        # At 80 columns the border below has no room for it.
        return f"{TITLE} ({len(self._items)}) · {self._asking.shown('inbox.skip_all')} skips all"

    async def _load(self) -> None:
        items = await self._engine.call(_read_items)
        self._items = {item.proposal.id: item for item in items}
        self.query_one("#inbox", Vertical).border_title = self._title()
        listed = self.query_one(OptionList)
        before = listed.highlighted or 0
        listed.clear_options()
        listed.add_options(
            Option(
                Content(f"{_label(item.proposal):<18}{one_line(item.proposal.statement)}"),
                id=item.proposal.id,
            )
            for item in items
        )
        if items:
            listed.highlighted = min(before, len(items) - 1)
        else:
            self._show(Content("Nothing waits."))

    def _show(self, text: Content) -> None:
        said = Content(f"{self._remark}\n\n") if self._remark else Content("")
        self.query_one("#inbox-detail", Static).update(said + text)

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        if event.option_id in self._items:
            self._show(self._describe(self._items[event.option_id]))

    @staticmethod
    def _describe(item: Item) -> Content:
        proposal = item.proposal
        if proposal.detector == RECHECK:
            return Content(
                f"{one_line(proposal.statement)}\n\nStill true? Best before {date_that_came(proposal)} has come.\n"
                "remember keeps it without a date · reword gives it a new one · skip lets it go"
            )
        asked = f"asked {proposal.asked:%Y-%m-%d %H:%M} UTC" if proposal.asked else "not asked yet"
        where = "everywhere" if proposal.scope == "personal" else "this project"
        return Content(
            f"{one_line(proposal.statement)}\n\nyou said  “{one_line(proposal.source.quote)}”\n"
            f"{proposal.kind.label} · {where} · {proposal.origin} · {asked}"
            + (f"\nreplaces: {one_line(item.replaces)}" if item.replaces else "")
            + (f"\n{one_line(why)}" if (why := proposal.judged_because) else "")
            + (f"\n{item.best_before}" if item.best_before else "")
        )

    @property
    def _chosen(self) -> Proposal | None:
        listed = self.query_one(OptionList)
        if listed.highlighted is None:
            return None
        item = self._items.get(listed.get_option_at_index(listed.highlighted).id or "")
        return item.proposal if item is not None else None

    def _decide(self, act: Callable[[Parts, Proposal], Act]) -> None:
        if proposal := self._chosen:
            self.run_worker(self._carry_out(lambda parts: act(parts, proposal)), exit_on_error=False)

    async def _carry_out(self, act: Callable[[Parts], Act | None]) -> None:
        self._remark = await self._asking.decided(act)
        await self._load()

    def action_confirm(self) -> None:
        self._decide(lambda parts, proposal: confirm(parts, proposal, Means.INBOX))

    def action_skip(self) -> None:
        self._decide(lambda parts, proposal: parts.profiles.skip(proposal, Means.INBOX))

    def action_never(self) -> None:
        self._decide(lambda parts, proposal: parts.profiles.never(proposal, Means.INBOX))

    def action_reword(self) -> None:
        if proposal := self._chosen:
            self.run_worker(self._reword(proposal), exit_on_error=False)

    async def _reword(self, proposal: Proposal) -> None:
        self._remark = await self._asking.reword(proposal, Means.INBOX)
        await self._load()

    def action_skip_all(self) -> None:
        def skip(parts: Parts) -> Act | None:
            from learnchat.learning.memory.clearing import as_one, skip_all

            return as_one(skip_all(parts.profiles, Means.INBOX))

        if any(item.proposal.detector != RECHECK for item in self._items.values()):
            self.run_worker(self._carry_out(skip), exit_on_error=False)

    def action_undo(self) -> None:
        from learnchat.learning.memory.clearing import undo_last

        self.run_worker(self._carry_out(lambda parts: undo_last(parts.profiles)), exit_on_error=False)

    def action_close(self) -> None:
        self.dismiss(None)
