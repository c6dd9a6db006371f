"""Claude, by Anthropic's own SDK."""

from __future__ import annotations

import asyncio
import json
import logging
import os
from base64 import b64encode
from collections.abc import AsyncGenerator
from functools import cached_property
from typing import TYPE_CHECKING, Any

from learnchat.app.models import connections
from learnchat.app.models.connections import trusted
from learnchat.app.models.encoded import EncodedMessages, body, to_json
from learnchat.app.models.failures import StreamCutShort
from learnchat.app.models.model import Done, Event, Image, ReasoningPiece, Request, TextPiece, Usage
from learnchat.app.models.parameters import for_anthropic, form_for_anthropic
from learnchat.app.models.providers import PROVIDERS, first_set
from learnchat.app.models.service_model import ServiceModel
from learnchat.app.models.turns import Utterance

if TYPE_CHECKING:
    from anthropic import AsyncAnthropic, AsyncStream
    from anthropic.types import RawMessageStreamEvent

# Every model that the SDK lists takes 32,000; a reply that long is a small book, so it is no limit in practice.
MAX_TOKENS = 32_000
# Seconds. The service sends a ping every few seconds while a model thinks, so a minute of silence is a stall.
READ_TIMEOUT = 60.0
CONNECT_TIMEOUT = 10.0
# None: somebody is waiting at the screen. The SDK's retries are silent, obey a `retry-after` of up to a minute, and
# would delay the sentence that says what is wrong, and the next model of a fallback.
MAX_RETRIES = 0

_STOP_REASONS = {
    "end_turn": "stop",
    "stop_sequence": "stop",
    "max_tokens": "length",
    "model_context_window_exceeded": "length",
}


class AnthropicModel(ServiceModel):
    """One model of Anthropic's. Key and address come from the SDK's usual variables, read by the SDK itself."""

    provider = "anthropic"
    usual_timeout = READ_TIMEOUT

    @cached_property
    def _messages(self) -> EncodedMessages:
        return EncodedMessages(_message)

    def warm(self) -> None:
        connections.warm()
        # 0.8 s of imports: never on the event loop, and not before the first reply needs them.
        self._client()

    async def _events(self, request: Request) -> AsyncGenerator[Event, None]:
        async with (
            await asyncio.to_thread(self._client) as client,
            await _ask(client, await asyncio.to_thread(self._body, request)) as events,
        ):
            reading = _Reading()
            async for event in events:
                for found in reading.take(event):
                    yield found
            yield reading.end()

    def _has_key(self) -> bool:
        return first_set(PROVIDERS["anthropic"].keys, os.environ) is not None

    def _client(self) -> AsyncAnthropic:
        """A client for one request, in a thread: the import takes time.

        Nothing would be gained by keeping it: the connection is given up after 5 s without use.
        """
        import anthropic

        # It warns of doubly set keys through `logging`, whose last resort is the terminal.
        logging.getLogger("anthropic").addHandler(logging.NullHandler())
        return anthropic.AsyncAnthropic(
            max_retries=MAX_RETRIES,
            timeout=anthropic.Timeout(self._read_timeout, connect=CONNECT_TIMEOUT),
            http_client=anthropic.DefaultAsyncHttpxClient(verify=trusted()),
        )

    def _body(self, request: Request) -> bytes:
        fields: dict[str, Any] = {"model": self._model, "stream": True, **for_anthropic(self._parameters, MAX_TOKENS)}
        if request.system:
            fields["system"] = request.system
        if self._form is not None:
            fields |= form_for_anthropic(self._form)
        messages = self._messages.of(request)
        # Two marks of the four that are allowed: the stable block, which is the same in all requests of a session, and
        # the end. Below the service's least length (1,024 tokens or more) a mark does nothing, so it is the second that
        # makes a long conversation cheap: each request finds what the one before it left.
        if request.stable.strip():
            messages[0] = _marked(messages[0], first=True)
        if messages:
            messages[-1] = _marked(messages[-1], first=False)
        return body(fields, messages)


async def _ask(client: AsyncAnthropic, body: bytes) -> AsyncStream[RawMessageStreamEvent]:
    """Send a request as it is.

    `messages.create` looks at each message of the conversation first, on the event loop: 15 ms after 1,000 exchanges.
    """
    from anthropic import AsyncStream
    from anthropic.types import Message, RawMessageStreamEvent

    return await client.post(
        "/v1/messages", cast_to=Message, content=body, stream=True, stream_cls=AsyncStream[RawMessageStreamEvent]
    )


def _message(utterance: Utterance) -> dict[str, object]:
    """A message as Anthropic's protocol has it."""
    return {
        "role": utterance.role,
        "content": [*map(_picture, utterance.images), *({"type": "text", "text": part} for part in utterance.parts)],
    }


def _picture(image: Image) -> dict[str, object]:
    # The types of file that can be attached are those that the service takes.
    data = {"type": "base64", "media_type": image.media_type, "data": b64encode(image.data).decode("ascii")}
    return {"type": "image", "source": data}


def _marked(message: bytes, *, first: bool) -> bytes:
    """A message with its first text marked, before which only pictures stand, or its last part: the service keeps the
    request until there."""
    read = json.loads(message)
    part = next(part for part in read["content"] if part["type"] == "text") if first else read["content"][-1]
    part["cache_control"] = {"type": "ephemeral"}
    return to_json(read)


class _Reading:
    """The state of one stream."""

    def __init__(self) -> None:
        self._input = 0
        self._cached = 0
        self._stop = ""
        self._ended = False

    def take(self, event: RawMessageStreamEvent) -> list[Event]:
        if event.type == "message_start":
            usage = event.message.usage
            self._cached = usage.cache_read_input_tokens or 0
            # The service counts what was read from and written to its cache apart.
            self._input = usage.input_tokens + self._cached + (usage.cache_creation_input_tokens or 0)
        elif event.type == "content_block_delta":
            if event.delta.type == "text_delta":
                return [TextPiece(event.delta.text)]
            if event.delta.type == "thinking_delta":
                return [ReasoningPiece(event.delta.thinking)]
        elif event.type == "message_delta":
            reason = event.delta.stop_reason or "stop"
            self._stop = _STOP_REASONS.get(reason, reason)
            return [Usage(self._input, event.usage.output_tokens, self._cached)]
        elif event.type == "message_stop":
            self._ended = True
        return []

    def end(self) -> Done:
        if not self._ended:
            raise StreamCutShort
        return Done(self._stop or "stop")
