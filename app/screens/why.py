"""What a reply was given, and why: each insight with the words and the decision behind it, and what to say of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Button, OptionList, Static
from textual.widgets.option_list import Option

from learnchat.app import given
from learnchat.app.screens.bindings import binding, keys_shown
from learnchat.app.screens.described import describe
from learnchat.app.screens.dialog import Dialog
from learnchat.app.screens.one_line import OneLineScreen
from learnchat.app.screens.session import find_session, show_session
from learnchat.learning.errors import LearnchatError
from learnchat.learning.text import one_line

if TYPE_CHECKING:
    from learnchat.app.engine import Engine
    from learnchat.app.parts import Parts
    from learnchat.app.screens.asking import Asking
    from learnchat.app.went_along import Given
    from learnchat.learning.memory.profiles import Act
    from learnchat.learning.profile.insight import Insight

# What can be said of an insight: the actions; keys and words are in the table of keys.
ANSWERS = ("useful", "wrong", "outdated", "not_here", "forget", "session")
GONE = "None of what went with this reply is there any more."


class WhyScreen(Dialog[None]):
    """Lists the insights that went with a reply; one key or click says what one thinks of one.

    Args:
        engine, asking: carry out what is decided.
        reply: what went with it.
        chosen: the place of the one to open at.
    """

    BINDINGS = [
        *(binding(f"why.{action}", action) for action in ANSWERS),
        binding("why.undo", "undo"),
        binding("list.close", "close"),
    ]

    def __init__(
        self,
        engine: Engine,
        asking: Asking,
        reply: Given,
        chosen: int = 0,
    ) -> None:
        super().__init__()
        self._engine = engine
        self._asking = asking
        self._reply = reply
        self._chosen_at_first = chosen
        self._insights: dict[str, Insight] = {}

    def compose(self) -> ComposeResult:
        with Vertical(id="why") as box:
            box.border_title = "What this reply was given"
            box.border_subtitle = Content(keys_shown(self, "why.undo", "list.close"))
            yield OptionList(id="why-list", markup=False)
            with VerticalScroll(id="why-detail", can_focus=False):
                yield Static("", id="why-text", markup=False)
            with Horizontal(id="why-answers"):
                for action in ANSWERS:
                    # The list keeps the focus: letters are answers.
                    button = Button(Content(keys_shown(self, f"why.{action}")), id=f"answer-{action}", compact=True)
                    button.can_focus = False
                    yield button

    async def on_mount(self) -> None:
        self.query_one(OptionList).focus()
        self._start(self._load(self._chosen_at_first))

    def _start(self, work: object) -> None:
        self.run_worker(work, exit_on_error=False)  # type: ignore[arg-type]

    async def _load(self, place: int | None = None) -> None:
        insights = await self._engine.call(given.find_given, self._reply.listed)
        self._insights = {insight.id: insight for insight in insights}
        listed = self.query_one(OptionList)
        before = place if place is not None else listed.highlighted or 0
        listed.clear_options()
        listed.add_options(
            Option(Content(f"{self._reply.mark(each.id)} {each.kind.label:<18}{one_line(each.statement)}"), id=each.id)
            for each in insights
        )
        if insights:
            listed.highlighted = min(before, len(insights) - 1)
        else:
            self._say(Content(GONE))

    def _say(self, text: Content) -> None:
        self.query_one("#why-text", Static).update(text)

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        if event.option_id in self._insights:
            self._say(describe(self._insights[event.option_id], self._reply.why(event.option_id)))

    def on_button_pressed(self, event: Button.Pressed) -> None:
        getattr(self, f"action_{(event.button.id or '').removeprefix('answer-')}")()

    @property
    def _chosen(self) -> Insight | None:
        listed = self.query_one(OptionList)
        if listed.highlighted is None:
            return None
        return self._insights.get(listed.get_option_at_index(listed.highlighted).id or "")

    # What can be said

    def action_useful(self) -> None:
        if insight := self._chosen:
            words = given.said_useful(self._reply, insight.id)
            self._start(self._note(insight, lambda parts: given.useful(parts, insight.id, self._reply), words))

    def action_not_here(self) -> None:
        if insight := self._chosen:
            self._start(self._note(insight, lambda parts: given.not_here(parts, insight.id, self._reply)))

    async def _note(self, insight: Insight, act: Callable[[Parts], Act | None], words: str = "") -> None:
        """Carry out what changes no insight, and say so beside it; the list stays."""
        try:
            await self._engine.call(lambda parts: parts.decide(act))
            words = words or await self._engine.call(given.said_not_here, insight.id)
        except LearnchatError as error:
            words = str(error)
        except OSError as error:
            words = f"Not saved: {error.strerror or error}."
        self._say(Content(f"{words}\n\n").append(describe(insight, self._reply.why(insight.id))))

    def action_forget(self) -> None:
        if insight := self._chosen:
            self._start(self._decide(lambda parts: given.forget(parts, insight.id)))

    def action_wrong(self) -> None:
        if insight := self._chosen:
            self._start(self._correct(insight))

    async def _correct(self, insight: Insight) -> None:
        text = await self._ask("What is right? Empty forgets it", insight, empty=True)
        if text is not None:
            await self._decide(lambda parts: given.correct(parts, insight.id, text))

    def action_outdated(self) -> None:
        if insight := self._chosen:
            self._start(self._replace(insight))

    async def _replace(self, insight: Insight) -> None:
        text = await self._ask("What holds now?", insight, empty=False)
        if text is not None:
            await self._decide(lambda parts: given.replace_outdated(parts, insight, text))

    async def _ask(self, title: str, insight: Insight, *, empty: bool) -> str | None:
        def check(text: str) -> None:
            given.check_statement(insight, text, empty=empty)

        value = one_line(insight.statement)
        return await self.app.push_screen_wait(OneLineScreen(title, insight.statement, value=value, check=check))

    async def _decide(self, act: Callable[[Parts], Act | None]) -> None:
        await self._asking.decide(act)
        await self._load()

    def action_undo(self) -> None:
        self._start(self._decide(lambda parts: parts.profiles.undo()))

    def action_session(self) -> None:
        if insight := self._chosen:
            self._start(self._show_session(insight))

    async def _show_session(self, insight: Insight) -> None:
        source = insight.decision.source
        path = await self._engine.call(find_session, source.session) if source.session else None
        if path is None:
            words = "Its conversation is not here: said on the command line, in another project, or deleted."
            self._say(Content(f"{words}\n\n").append(describe(insight, self._reply.why(insight.id))))
        else:
            await show_session(self, path, source.message)

    def action_close(self) -> None:
        self.dismiss(None)
