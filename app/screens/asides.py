"""Work beside the conversation that Esc stops, as a title that is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from textual.worker import Worker, get_current_worker

if TYPE_CHECKING:
    from learnchat.app.screens.chat import ChatScreen


class Asides:
    """What is done beside the conversation now.

    Args:
        screen: the chat.
    """

    def __init__(self, screen: ChatScreen) -> None:
        self._screen = screen
        self._workers: list[Worker[Any]] = []

    @property
    def active(self) -> bool:
        """Whether there is anything to stop."""
        return bool(self._workers)

    @contextmanager
    def shown(self, state: str) -> Iterator[None]:
        """The worker this runs in is stopped by Esc meanwhile, and the last row says what it does."""
        worker = get_current_worker()
        self._workers.append(worker)
        self._screen.show_state(state)
        self._screen.refresh_bindings()
        try:
            yield
        finally:
            self._workers.remove(worker)
            self._screen.show_state("")
            self._screen.refresh_bindings()

    def stop(self) -> None:
        """Stop all of it."""
        for worker in self._workers:
            worker.cancel()
