"""The reword dialog: what would be remembered, in the words and with the details that the user wants."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Button, Input, Label, Select, Static, TextArea

from learnchat.app.commands.dates import read_date
from learnchat.app.screens.bindings import binding, key_shown
from learnchat.app.screens.dialog import Dialog
from learnchat.learning.clock import Clock, local
from learnchat.learning.errors import LearnchatError
from learnchat.learning.kinds import Kind, Scope
from learnchat.learning.memory.acts import Rewording
from learnchat.learning.text import one_line

if TYPE_CHECKING:
    from learnchat.learning.proposal import Proposal

# What its buttons are called, the longest form that fits; and the cells between and around them, as in the style sheet.
LABELS = (
    ("Remember  {save}", "Never ask this again", "Cancel  {cancel}"),
    ("Remember {save}", "Never again", "Cancel {cancel}"),
    ("Save {save}", "Never", "Cancel"),
)
BETWEEN, AROUND_A_LABEL = 2, 2

# Answers of the dialog besides a rewording.
NEVER = "never"


class RewordScreen(Dialog[Rewording | str | None]):
    """Opens on a proposal; comes back with a rewording, `NEVER`, or None when it was cancelled."""

    BINDINGS = [
        binding("reword.save", "save"),
        binding("dialog.cancel", "cancel"),
    ]

    def __init__(self, proposal: Proposal, clock: Clock, replaces: str = "") -> None:
        """
        Args:
            proposal: what is reworded.
            clock: the time; a best-before date lies ahead of it.
            replaces: the statement it would replace; empty where it replaces none.
        """
        super().__init__()
        self._clock = clock
        self._proposal = proposal
        self._replaces = replaces

    def compose(self) -> ComposeResult:
        proposal = self._proposal
        expires = local(proposal.expires).date().isoformat() if proposal.expires else ""
        with Vertical(id="reword") as box:
            box.border_title = "Remember this, in these words"
            yield TextArea(proposal.statement, id="reword-statement", tab_behavior="focus")
            yield Static(Content(f"you said: “{one_line(proposal.source.quote)}”"), id="reword-quote", markup=False)
            if self._replaces:
                with Horizontal(classes="field"):
                    yield Label("Replaces")
                    yield Select(
                        [(Content(one_line(self._replaces)), False), (Content("nothing: keep both"), True)],
                        value=False,
                        allow_blank=False,
                        id="reword-replaces",
                        compact=True,
                    )
            with Horizontal(classes="field"):
                yield Label("Kind")
                yield Select(
                    [(Content(kind.label), kind) for kind in Kind],
                    value=proposal.kind,
                    allow_blank=False,
                    id="reword-kind",
                    compact=True,
                )
            with Horizontal(classes="field"):
                yield Label("Holds")
                yield Select(
                    [(Content("in this project"), Scope.PROJECT), (Content("everywhere I work"), Scope.PERSONAL)],
                    value=proposal.scope,
                    allow_blank=False,
                    id="reword-scope",
                    compact=True,
                )
            with Horizontal(classes="field"):
                yield Label("Tags")
                yield Input(
                    " ".join(proposal.tags),
                    placeholder="css frontend",
                    id="reword-tags",
                    compact=True,
                    # Whoever tabs in to add one must not wipe the others.
                    select_on_focus=False,
                )
            with Horizontal(classes="field"):
                yield Label("Because")
                yield Input(proposal.because, placeholder="why, if it helps", id="reword-because", compact=True)
            with Horizontal(classes="field"):
                yield Label("Best before")
                yield Input(expires, placeholder="YYYY-MM-DD, or empty", id="reword-expires", compact=True)
            yield Static("", id="reword-problem", markup=False)
            with Horizontal(id="reword-buttons"):
                save, never, cancel = self._labels()
                yield Button(save, variant="primary", id="save", compact=True)
                yield Button(never, id="never", compact=True)
                yield Button(cancel, id="cancel", compact=True)

    def on_mount(self) -> None:
        statement = self.query_one("#reword-statement", TextArea)
        statement.focus()
        statement.move_cursor(statement.document.end)

    def _labels(self) -> list[str]:
        """What the buttons are called: at length where that fits, else in fewer words."""
        keys = {"save": key_shown(self, "reword.save"), "cancel": key_shown(self, "dialog.cancel")}
        labels: list[str] = []
        for form in LABELS:
            labels = [label.format(**keys) for label in form]
            if sum(cell_len(label) + AROUND_A_LABEL + BETWEEN for label in labels) - BETWEEN <= self.room:
                break
        return labels

    def on_resize(self) -> None:
        for button, label in zip(self.query("#reword-buttons Button").results(Button), self._labels(), strict=True):
            button.label = Content(label)

    def on_button_pressed(self, event: Button.Pressed) -> None:
        if event.button.id == "save":
            self.action_save()
        else:
            self.dismiss(NEVER if event.button.id == "never" else None)

    def action_save(self) -> None:
        """Check what was entered, and come back with it; what is wrong is said in place."""
        statement = self.query_one("#reword-statement", TextArea).text.strip()
        if not statement:
            self._refuse("The statement is empty.", "#reword-statement")
            return
        entered = self.query_one("#reword-expires", Input).value.strip()
        expires = None
        if entered:
            try:
                expires = read_date(entered, self._clock.now())
            except LearnchatError as error:
                self._refuse(str(error), "#reword-expires")
                return
        kind = self.query_one("#reword-kind", Select).value
        scope = self.query_one("#reword-scope", Select).value
        assert isinstance(kind, Kind)
        assert isinstance(scope, Scope)
        self.dismiss(
            Rewording(
                statement=statement,
                kind=kind,
                tags=tuple(self.query_one("#reword-tags", Input).value.replace(",", " ").split()),
                scope=scope,
                because=self.query_one("#reword-because", Input).value.strip(),
                expires=expires,
                keep=any(each.value is True for each in self.query("#reword-replaces").results(Select)),
            )
        )

    def action_cancel(self) -> None:
        self.dismiss(None)

    def _refuse(self, sentence: str, field: str) -> None:
        self.query_one("#reword-problem", Static).update(Content(sentence))
        self.query_one(field).focus()
