"""OpenAI's models, and every server that speaks OpenAI's protocol, by OpenAI's own SDK.

litellm serves the same protocol at 0.5 ms a piece (the SDK without its objects for pieces: 0.02 ms) and takes 2 s to
import (the SDK: 0.6 s). At 200 pieces a second that is the difference between a tenth of a core and almost nothing, all
of it taken from the drawing.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncGenerator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from learnchat.app.models import connections
from learnchat.app.models.connections import trusted
from learnchat.app.models.encoded import EncodedMessages, body, to_json
from learnchat.app.models.failures import StreamCutShort
from learnchat.app.models.litellm_model import CONNECT_TIMEOUT, NO_KEY, READ_TIMEOUT, STOP_REASONS, content_of
from learnchat.app.models.model import Done, Event, ReasoningPiece, Request, TextPiece, Usage
from learnchat.app.models.parameters import for_openai, form_for_openai
from learnchat.app.models.providers import PROVIDERS, first_set
from learnchat.app.models.service_model import ServiceModel

if TYPE_CHECKING:
    from openai import AsyncOpenAI, AsyncStream


class OpenaiModel(ServiceModel):
    """One model of OpenAI's, or of the server that OPENAI_BASE_URL names. The key is read as the SDK reads it."""

    provider = "openai"
    usual_timeout = READ_TIMEOUT

    @cached_property
    def _messages(self) -> EncodedMessages:
        return EncodedMessages(lambda turn: {"role": turn.role, "content": content_of(turn)})

    def warm(self) -> None:
        connections.warm()
        # 0.6 s of imports: never on the event loop, and not before the first reply needs them.
        self._client()

    async def _events(self, request: Request) -> AsyncGenerator[Event, None]:
        async with (
            await asyncio.to_thread(self._client) as client,
            # A long conversation takes some milliseconds.
            await _ask(client, await asyncio.to_thread(self._body, request)) as pieces,
        ):
            stop = ""
            async for piece in pieces:
                for found in _read(piece):
                    if isinstance(found, Done):
                        stop = found.stop_reason
                    else:
                        yield found
            if not stop:
                raise StreamCutShort
            yield Done(stop)

    def _client(self) -> AsyncOpenAI:
        """A client for one request, in a thread: imports take time."""
        import httpx
        import openai

        provider = PROVIDERS["openai"]
        base = first_set(provider.bases, os.environ)
        return openai.AsyncOpenAI(
            api_key=os.environ.get("OPENAI_API_KEY") or NO_KEY,
            base_url=os.environ[base] if base else None,
            # As for Anthropic: somebody is waiting, and a retry would be silent.
            max_retries=0,
            timeout=httpx.Timeout(self._read_timeout, connect=CONNECT_TIMEOUT),
            http_client=openai.DefaultAsyncHttpxClient(verify=trusted()),
        )

    def _body(self, request: Request) -> bytes:
        messages = [to_json({"role": "system", "content": request.system})] if request.system else []
        limit = _max_tokens_name()
        fields = {
            "model": self._model,
            "stream": True,
            "stream_options": {"include_usage": True},
            **for_openai(self._parameters, limit),
            **(form_for_openai(self._form, limit) if self._form is not None else {}),
        }
        return body(fields, [*messages, *self._messages.of(request)])


async def _ask(client: AsyncOpenAI, body: bytes) -> AsyncStream[Any]:
    """Send a request as it is, and take the pieces as they come.

    `chat.completions.create` looks at each message of the conversation first, 0.1 ms for one, and makes an object of
    each piece, 0.07 ms for one: all of it on the event loop. And it takes 0.3 s more of imports.
    """
    from openai import AsyncStream

    return await client.post(
        "/chat/completions", cast_to=object, content=body, stream=True, stream_cls=AsyncStream[object]
    )


def _read(piece: Mapping[str, Any]) -> list[Event]:
    """The events in one piece, as it stands in the stream. What a server sends as null, or as something else than text
    or a number where these belong, is not there."""
    found: list[Event] = []
    for choice in (piece.get("choices") or ())[:1]:
        delta = choice.get("delta") or {}
        if reasoning := _text(delta.get("reasoning_content")):
            found.append(ReasoningPiece(reasoning))
        if text := _text(delta.get("content")):
            found.append(TextPiece(text))
        if reason := _text(choice.get("finish_reason")):
            found.append(Done(STOP_REASONS.get(reason, reason)))
    if usage := piece.get("usage"):
        cached = (usage.get("prompt_tokens_details") or {}).get("cached_tokens")
        into, out = usage.get("prompt_tokens"), usage.get("completion_tokens")
        found.append(Usage(_count(into), _count(out), _count(cached)))
    return found


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _count(value: object) -> int:
    return value if isinstance(value, int) else 0


def _max_tokens_name() -> str:
    """OpenAI's models refuse the old name, other people's servers may not know the new one."""
    return "max_tokens" if first_set(PROVIDERS["openai"].bases, os.environ) else "max_completion_tokens"
