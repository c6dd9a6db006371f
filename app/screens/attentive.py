"""A screen that knows whether somebody is at the terminal: the toast's countdown runs only then."""

from __future__ import annotations

from textual.screen import Screen

from learnchat.app.screens.frames import FrameTimer
from learnchat.app.screens.standing import StandingCompositor
from learnchat.learning.clock import Clock
from learnchat.widgets.countdown import Attention
from learnchat.widgets.prompt import Prompt


class AttentiveScreen(Screen[None]):
    """Notes keys, mouse, focus reports and dialogs in its `attention`.

    Args:
        clock: the time.
    """

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self._frames = FrameTimer(self)
        self._compositor = StandingCompositor()
        self.clock = clock
        self.attention = Attention()

    @property
    def _update_timer(self) -> FrameTimer:  # type: ignore[override]
        return self._frames

    def focus_report(self, focused: bool) -> None:
        """The terminal gained or lost the focus."""
        self.attention.focus_report(focused, self.clock.monotonic())

    def on_prompt_active(self, event: Prompt.Active) -> None:
        self.attention.key(self.clock.monotonic())

    def on_key(self) -> None:
        self.attention.key(self.clock.monotonic())

    def on_mouse_move(self) -> None:
        self.attention.pointer(self.clock.monotonic())

    def on_mouse_down(self) -> None:
        self.attention.pointer(self.clock.monotonic())

    def on_mouse_scroll_up(self) -> None:
        self.attention.pointer(self.clock.monotonic())

    def on_mouse_scroll_down(self) -> None:
        self.attention.pointer(self.clock.monotonic())

    # A dialog or the command palette covers this screen, and uncovers it again.

    def on_screen_suspend(self) -> None:
        self.attention.dialog_open = True

    def on_screen_resume(self) -> None:
        self.attention.dialog_open = False
