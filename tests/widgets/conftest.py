from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.app import App, ComposeResult

from learnchat.themes.loader import STYLE_SHEETS, VARIABLE_DEFAULTS, load_theme
from learnchat.widgets.conversation import Conversation
from learnchat.widgets.header import Header
from learnchat.widgets.prompt import Prompt
from learnchat.widgets.status import StatusLine
from support.clock import FakeClock


class ChatApp(App[None]):
    """The widgets of the chat without the program behind them; the clock stands still until a test moves it."""

    CSS_PATH = STYLE_SHEETS[:1]
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, theme: str = "night") -> None:
        super().__init__()
        loaded = load_theme(theme)
        self.register_theme(loaded)
        self.theme = loaded.name
        self.clock = FakeClock()
        self.submitted: list[tuple[str, bool]] = []
        self.active = 0

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return VARIABLE_DEFAULTS

    def compose(self) -> ComposeResult:
        yield Header()
        yield Conversation(clock=self.clock)
        yield Prompt()
        yield StatusLine()

    def on_mount(self) -> None:
        self.prompt.cursor_blink = False
        self.prompt.focus()
        self.query_one(Header).set("shop", "anthropic/claude-sonnet-4-5", 12, 3)
        self.query_one(StatusLine).set("Enter sends", "2 waiting")

    @property
    def prompt(self) -> Prompt:
        return self.query_one(Prompt)

    @property
    def conversation(self) -> Conversation:
        return self.query_one(Conversation)

    def on_prompt_submitted(self, event: Prompt.Submitted) -> None:
        self.submitted.append((event.text, event.typed))

    def on_prompt_active(self) -> None:
        self.active += 1

    def rows(self) -> list[str]:
        """What stands on the screen, row by row."""
        return [
            "".join(segment.text for segment in strip).rstrip() for strip in self.screen._compositor.render_strips()
        ]


@pytest.fixture
def chat_app() -> Callable[..., ChatApp]:
    return ChatApp


@pytest.fixture(scope="session")
def snapshot_folder() -> str:
    """Where pytest-textual-snapshot keeps what its report needs; read before a test's environment is emptied."""
    return os.environ["TEXTUAL_SNAPSHOT_TEMPDIR"]


@pytest.fixture
def snap_compare(
    snapshot_folder: str, isolation: Path, snap_compare: Callable[..., bool], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Any]:
    monkeypatch.setenv("TEXTUAL_SNAPSHOT_TEMPDIR", snapshot_folder)
    return snap_compare
