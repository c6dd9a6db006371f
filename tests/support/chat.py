"""The chat in a test: its app, its keys, a clock that the test moves."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

from textual.pilot import Pilot
from textual.widgets import Static

from learnchat.app.application import Learnchat
from learnchat.widgets.conversation import Conversation
from learnchat.widgets.earlier import Earlier
from learnchat.widgets.page import Page
from learnchat.widgets.prompt import Prompt
from learnchat.widgets.status import StatusLine
from learnchat.widgets.toast import Toast
from support.clock import FakeClock
from support.waiting import wait_until

SWITCH = "We're switching from Bootstrap to Tailwind CSS for the dashboard"


class Chat:
    """The chat of a test: its app, its pilot, a clock that the test moves, and what stands on the screen."""

    def __init__(self, app: Learnchat, pilot: Pilot[Any], clock: FakeClock, project: Path) -> None:
        self.app = app
        self.pilot = pilot
        self.clock = clock
        self.project = project

    @property
    def toast(self) -> Toast:
        return self.app.chat.query_one(Toast)

    @property
    def prompt(self) -> Prompt:
        return self.app.chat.query_one(Prompt)

    @property
    def toast_text(self) -> str:
        return " ".join(str(part.content) for part in self.toast.query(Static)) if self.toast.display else ""

    @property
    def said(self) -> str:
        """All that stands in the conversation."""
        conversation = self.app.chat.query_one(Conversation)
        return "\n".join(part.text for part in conversation.query("Page, Earlier") if isinstance(part, Page | Earlier))

    @property
    def status(self) -> str:
        return str(self.app.chat.query_one(StatusLine).render())

    async def until(self, condition: Any, what: str = "") -> None:
        await wait_until(self.pilot, condition, what)

    async def type(self, text: str) -> None:
        for character in text:
            await self.pilot.press(character if character not in " '" else {" ": "space", "'": "apostrophe"}[character])

    async def send(self, text: str) -> None:
        self.prompt.load_text(text)
        await self.pilot.press("enter")

    async def be_asked(self, text: str = SWITCH) -> None:
        """Send a message that is asked about, and let the typing pause and the arming time go by."""
        await self.send(text)
        await self.until(lambda: self.app.chat.asker.busy, "something to ask")
        self.clock.advance(0.7)
        await self.until(lambda: self.app.chat.asker.shown, "the toast")
        self.clock.advance(0.5)

    def insights(self) -> list[dict[str, Any]]:
        """The insights in the project's folder, once all that is acknowledged is written there."""
        # After the program has closed there is no thread any more to ask, and all is written.
        with suppress(RuntimeError):
            self.app.engine.call_now(lambda parts: parts.profiles.settle())
        file = self.project / ".learnchat" / "insights.json"
        if not file.exists():
            return []
        return [
            document for document in json.loads(file.read_text())["documents"] if document and "statement" in document
        ]


@asynccontextmanager
async def open_chat(project: Path, size: tuple[int, int] = (80, 24), **arguments: Any) -> AsyncIterator[Chat]:
    clock = FakeClock()
    app = Learnchat(project, clock=clock, **arguments)
    async with app.run_test(size=size) as pilot:
        chat = Chat(app, pilot, clock, project)
        await chat.until(lambda: app.chat.opened, "the opening")
        yield chat
