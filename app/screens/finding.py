"""`/recall` and `/search`: a box for the query, what was found below it, and the conversation behind each."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from learnchat.app.screens.bindings import binding, keys_shown
from learnchat.app.screens.described import describe
from learnchat.app.screens.dialog import Dialog
from learnchat.app.screens.session import Spot, find_session, session_at, show_session
from learnchat.learning.clock import local
from learnchat.learning.errors import LearnchatError
from learnchat.learning.recall.found import Excerpt, FoundInsight, FoundMessage
from learnchat.learning.recall.query import HELP, Query, parse_query
from learnchat.learning.text import neutralise, one_line

if TYPE_CHECKING:
    from learnchat.app.engine import Engine
    from learnchat.app.parts import Parts

# Searching while somebody types: they see each word's result, and not each letter's.
PAUSE_SECONDS = 0.12
NO_CONVERSATION = "Its conversation is not here: said on the command line, in another project, or deleted."

Found = TypeVar("Found", FoundInsight, FoundMessage)


class FindScreen(Dialog[Spot | None], Generic[Found]):
    """What both searches have in common. The box keeps the focus, the list is driven from it. Comes back with the
    message at which a conversation is to be gone on with, or None.

    Args:
        engine: searches, in its thread.
        query: what is searched for at first.
    """

    TITLE = ""
    NOTHING = ""
    HINT = HELP
    KEYS: tuple[str, ...] = ("find.open", "dialog.cancel")
    BINDINGS = [
        binding("dialog.cancel", "close", priority=False),
        binding("find.open", "open"),
        binding("insights.later", "move('cursor_down')", priority=False),
        binding("insights.earlier", "move('cursor_up')", priority=False),
        binding("insights.page_down", "move('page_down')", priority=False),
        binding("insights.page_up", "move('page_up')", priority=False),
    ]

    def __init__(self, engine: Engine, query: str = "") -> None:
        super().__init__()
        self._engine = engine
        self._query = query
        self._found: list[Found] = []

    def compose(self) -> ComposeResult:
        with Vertical(id="find") as box:
            box.border_title = self.TITLE
            box.border_subtitle = self.line_of_keys(*(keys_shown(self, key) for key in self.KEYS))
            yield Input(self._query, placeholder="search", id="find-query", compact=True, select_on_focus=False)
            yield Static(Content(self.HINT), id="find-hint", markup=False)
            yield OptionList(id="find-list", markup=False)
            with VerticalScroll(id="find-detail", can_focus=False):
                yield Static("", id="find-text", markup=False)

    def on_mount(self) -> None:
        self.query_one(OptionList).can_focus = False
        self.query_one(Input).focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        # Also when it is mounted, with what is searched for at first.
        self._search_for(event.value)

    def _search_for(self, text: str) -> None:
        self.run_worker(self._search(text), exclusive=True, group="search", exit_on_error=False)

    async def _search(self, text: str) -> None:
        await asyncio.sleep(PAUSE_SECONDS)
        try:
            found = await self._engine.call(self._look, text)
        except (LearnchatError, OSError) as error:
            self._hint(str(error))
            return
        self._hint(self.HINT)
        self._found = list(found)
        listed = self.query_one(OptionList)
        listed.clear_options()
        listed.add_options(Option(self._line(each)) for each in self._found)
        if found:
            listed.highlighted = 0
        else:
            self._say(Content(self.NOTHING))

    def _look(self, parts: Parts, text: str) -> Sequence[Found]:
        """In the engine's thread: what a query finds.

        Raises:
            QueryError: a filter in it can't be understood.
        """
        return self._find(parts, parse_query(text, parts.clock.now()))

    def _find(self, parts: Parts, query: Query) -> Sequence[Found]:
        raise NotImplementedError

    def _line(self, found: Found) -> Content:
        """How it stands in the list."""
        raise NotImplementedError

    def _details(self, found: Found) -> Content:
        """What is said of it below the list."""
        raise NotImplementedError

    async def _place(self, found: Found) -> tuple[Path, str] | None:
        """The file and the message that it was said in; None where there is none."""
        raise NotImplementedError

    def _hint(self, text: str) -> None:
        self.query_one("#find-hint", Static).update(Content(neutralise(text)))

    def _say(self, text: Content) -> None:
        self.query_one("#find-text", Static).update(text)

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        if event.option_index < len(self._found):
            self._say(self._details(self._found[event.option_index]))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        self.action_open()

    def action_move(self, action: str) -> None:
        getattr(self.query_one(OptionList), f"action_{action}")()

    def action_open(self) -> None:
        place = self.query_one(OptionList).highlighted
        if place is not None and place < len(self._found):
            self.run_worker(self._open(self._found[place]), exit_on_error=False)

    async def _open(self, found: Found) -> None:
        place = await self._place(found)
        try:
            if place is None:
                raise FileNotFoundError
            path, message = place
            # That of another project belongs to its folder.
            file = await self._engine.call(session_at, path)
            chosen = await show_session(self, path, message, resumable=file is not None)
        except OSError:
            self._say(Content(f"{NO_CONVERSATION}\n\n").append(self._details(found)))
            return
        if file is not None and chosen is not None:
            self.dismiss(Spot(file, chosen))

    def action_close(self) -> None:
        self.dismiss(None)


class RecallScreen(FindScreen[FoundInsight]):
    """Insights, with how well they match."""

    TITLE = "What is known about"
    NOTHING = "Nothing is known about that."

    def _find(self, parts: Parts, query: Query) -> Sequence[FoundInsight]:
        return parts.finder.insights(query)

    def _line(self, found: FoundInsight) -> Content:
        insight = found.insight
        return Content(f"{found.confidence:>4.0%}  {insight.kind.label:<18}{one_line(insight.statement)}")

    def _details(self, found: FoundInsight) -> Content:
        return describe(found.insight)

    async def _place(self, found: FoundInsight) -> tuple[Path, str] | None:
        source = found.insight.decision.source
        path = await self._engine.call(find_session, source.session) if source.session else None
        return (path, source.message) if path is not None else None


class SearchScreen(FindScreen[FoundMessage]):
    """Messages of this project's conversations, or of all projects."""

    TITLE = "What was said about"
    NOTHING = "Nothing like that was said."
    HINT = "Best first, without words newest first. since:2w (or since:2026-11-01) narrows a search."
    KEYS = ("find.open", "find.all_projects", "dialog.cancel")
    BINDINGS = [binding("find.all_projects", "all_projects")]

    def __init__(self, engine: Engine, query: str = "") -> None:
        super().__init__(engine, query)
        self._everywhere = False
        self._ranked = False

    def _find(self, parts: Parts, query: Query) -> Sequence[FoundMessage]:
        self._ranked = bool(query.text)
        return parts.finder.messages(query, all_projects=self._everywhere)

    def _line(self, found: FoundMessage) -> Content:
        return Content("\n").join([Content.styled(self._heading(found), "$text-muted"), _marked(found.excerpt)])

    def _heading(self, found: FoundMessage) -> str:
        at = f"{local(found.at):%Y-%m-%d %H:%M}" if found.at is not None else ""
        # Where nothing was ever remembered the path is not known; the folder of its data is named after it.
        project = (Path(found.project).name or found.path.parent.parent.name) if self._everywhere else ""
        # The order is that of the match, so it is said: dates alone would seem to be in none.
        match = f"{found.confidence:>4.0%}" if self._ranked else ""
        return " · ".join(filter(None, (match, at, "you" if found.role == "user" else "model", one_line(project))))

    def _details(self, found: FoundMessage) -> Content:
        where = f" in {one_line(found.project)}" if self._everywhere and found.project else ""
        return Content(f"match {found.confidence:.0%} · conversation {one_line(found.session)}{where}")

    async def _place(self, found: FoundMessage) -> tuple[Path, str] | None:
        return found.path, found.message

    def action_all_projects(self) -> None:
        """Look in all projects, or in this one again."""
        self._everywhere = not self._everywhere
        where = " in all projects" if self._everywhere else ""
        self.query_one("#find").border_title = f"{self.TITLE}{where}"
        self._search_for(self.query_one(Input).value)


def _marked(excerpt: Excerpt) -> Content:
    """An excerpt, with what was searched for underlined: not by colour alone."""
    content = Content(excerpt.text)
    for start, end in excerpt.marks:
        content = content.stylize("bold underline", start, end)
    return content
