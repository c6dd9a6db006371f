"""Pictures of earlier messages, where the model of now can't see: they stay behind, and that is said once."""

from __future__ import annotations

import asyncio
import os
from dataclasses import replace

from learnchat.app.models.model import Request


class Sight:
    """What of the pictures in a conversation its models get to see."""

    def __init__(self) -> None:
        self._blind: dict[str, bool] = {}
        self._notice = ""

    async def fit(self, request: Request, name: str) -> Request:
        """The request as a model can take it.

        Args:
            request: the conversation.
            name: the model's, or several with commas between them.
        """
        if not any(turn.images for turn in request.turns):
            return request
        if name not in self._blind:
            from learnchat.app.attachments.seeing import blind_models

            blind = await asyncio.to_thread(blind_models, name, os.environ)
            self._blind[name] = bool(blind)
            if blind:
                self._notice = f"The pictures of earlier messages stay behind: {', '.join(blind)} can't see."
        if not self._blind[name]:
            return request
        return replace(request, turns=tuple(replace(turn, images=()) for turn in request.turns))

    def take_notice(self) -> str:
        """What is to be said, once; empty where nothing is."""
        notice, self._notice = self._notice, ""
        return notice
