"""What a chat model is to the rest of the program: a request goes in, events come out."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import Literal, Protocol

from learnchat.learning.errors import LearnchatError


@dataclass(frozen=True, slots=True)
class Image:
    """A picture, as it stands in its file."""

    media_type: str
    """"image/png" and the like."""
    data: bytes


@dataclass(frozen=True, slots=True)
class Turn:
    """One utterance of the conversation, as it is sent."""

    role: Literal["user", "assistant"]
    text: str
    memory: str = ""
    """What learnchat puts before the text of this turn: recalled insights, quoted as data. Never system content."""
    attached: str = ""
    """The files that the user attached to this turn, quoted as data."""
    images: tuple[Image, ...] = ()
    """The pictures among them."""


@dataclass(frozen=True, slots=True)
class Request:
    """A conversation up to and including the message that wants a reply."""

    turns: tuple[Turn, ...]
    system: str = ""
    stable: str = ""
    """The session's frozen block of insights: the first user-role content of the request, the same in every one."""


@dataclass(frozen=True, slots=True)
class TextPiece:
    """The next part of the reply."""

    text: str


@dataclass(frozen=True, slots=True)
class ReasoningPiece:
    """The next part of what the model thinks aloud before it replies. Not part of the reply."""

    text: str


@dataclass(frozen=True, slots=True)
class Usage:
    """What the service counted, in tokens."""

    input_tokens: int
    """All of the request, the cached part too."""
    output_tokens: int
    cached_tokens: int = 0
    """The part of the request that was read from the service's cache."""
    model: str = ""
    """Who replied, where several could have; empty where there was only one."""
    estimated: bool = False
    """Nobody counted: the reply was stopped, or broke off, before the service said what it took."""


@dataclass(frozen=True, slots=True)
class Notice:
    """Something learnchat itself has to say about this reply: that another model takes over."""

    sentence: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """The reply did not come, and is asked for again in a while. Comes once a second; a cancelled reply ends it."""

    sentence: str
    """What went wrong."""
    seconds: int
    """Until it is asked for again."""
    begins: bool = False
    """It is the first of this wait: for whoever prints lines."""


@dataclass(frozen=True, slots=True)
class Done:
    """The reply is complete; always the last event of a stream that did not fail."""

    stop_reason: str = "stop"
    """"stop": the model had said all. "length": it reached its limit. "refusal": it or its service declined. Anything
    else is the service's own word."""


Event = TextPiece | ReasoningPiece | Usage | Notice | Waiting | Done

ErrorKind = Literal[
    "no_key", "refused_key", "limit", "overloaded", "no_network", "dropped", "not_found", "bad_request", "other"
]


class ModelError(LearnchatError):
    """A reply that did not come, or not to its end. What came before it stays valid.

    Attributes:
        kind: what went wrong.
        retry: whether the same request may succeed when it is sent again.
        retry_after: seconds to wait before that, where the service said so.
        provider: whose service it was, as models are named; empty where that is not known.
    """

    def __init__(
        self,
        title: str,
        hint: str = "",
        *,
        kind: ErrorKind,
        retry: bool = False,
        retry_after: float | None = None,
        provider: str = "",
    ) -> None:
        super().__init__(title, hint)
        self.kind = kind
        self.retry = retry
        self.retry_after = retry_after
        self.provider = provider


class ChatModel(Protocol):
    """Something that replies."""

    @property
    def name(self) -> str:
        """What the user chose it by, such as "anthropic/claude-sonnet-5-5" or "offline"."""
        ...

    def warm(self) -> None:
        """Load what the first reply needs, up to 2 s of imports: for a thread. May be left out."""
        ...

    def stream(self, request: Request) -> AsyncGenerator[Event, None]:
        """Reply piece by piece. Cancelling the task, or closing the generator, hangs up at once.

        Raises:
            ModelError: the reply did not come, or broke off.
        """
        ...
