"""A model that is made when it is first needed: the chat opens with its name alone."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from learnchat.app.models.model import ChatModel, Event, Request


class OnDemandModel:
    """Stands for a model until something is asked of it.

    Args:
        name: the model's.
        make: makes it; 7 ms of imports that the first paint need not wait for.
    """

    def __init__(self, name: str, make: Callable[[str], ChatModel]) -> None:
        self.name = name
        self._make = make

    @cached_property
    def _model(self) -> ChatModel:
        return self._make(self.name)

    def warm(self) -> None:
        """Load what the first reply needs: for a thread."""
        self._model.warm()

    async def stream(self, request: Request) -> AsyncGenerator[Event, None]:
        """Reply piece by piece, as the model itself does.

        Raises:
            ModelError: as the model itself.
        """
        # In a thread: what it is made of is read from the configuration.
        model = await asyncio.to_thread(lambda: self._model)
        async with aclosing(model.stream(request)) as events:
            async for event in events:
                yield event
