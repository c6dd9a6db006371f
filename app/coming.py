"""What has come of a reply, and what it took: as the service counted, or estimated where it did not get to say so."""

from __future__ import annotations

import time
from typing import Any

from learnchat.app.models.model import Done, Event, ReasoningPiece, Request, TextPiece, Usage
from learnchat.app.models.providers import OFFLINE
from learnchat.learning.recall.giving import estimate_tokens


class Coming:
    """What has come of one reply until now.

    Args:
        request: what it answers.
        name: whose it is.
    """

    def __init__(self, request: Request, name: str) -> None:
        self._request = request
        self._costs = name != OFFLINE
        self._pieces: list[str] = []
        self._thoughts: list[str] = []
        self._usage: Usage | None = None
        self._began = time.monotonic()
        self._thought_seconds = 0
        self.whole = False
        """Whether its end has come."""

    def take(self, event: Event) -> None:
        """Take up what came next."""
        if isinstance(event, TextPiece):
            self._thought_seconds = self._thought_seconds or round(time.monotonic() - self._began)
            self._pieces.append(event.text)
        elif isinstance(event, ReasoningPiece):
            self._thoughts.append(event.text)
        elif isinstance(event, Usage):
            self._usage = event
        self.whole = self.whole or isinstance(event, Done)

    @property
    def text(self) -> str:
        """The reply."""
        return "".join(self._pieces)

    def took(self) -> Usage | None:
        """What it took; None where it came whole and the service counted nothing, or where nothing came."""
        if self._usage is not None or self.whole or not (self._pieces and self._costs):
            return self._usage
        sent = [self._request.system, self._request.stable]
        sent += [part for turn in self._request.turns for part in (turn.text, turn.memory, turn.attached)]
        came = "".join((*self._thoughts, *self._pieces))
        return Usage(sum(map(estimate_tokens, sent)), estimate_tokens(came), estimated=True)

    def thoughts(self) -> dict[str, Any]:
        """What the model thought aloud, as the facts of its reply; empty where nothing."""
        thought = "".join(self._thoughts).strip()
        return {"thought": thought, "thought_seconds": self._thought_seconds} if thought else {}
