"""OpenAI's models, and every server that speaks OpenAI's protocol, by OpenAI's own SDK.

litellm serves the same protocol at 0.5 ms a piece (the SDK: 0.05 ms) and takes 2 s to import (the SDK: 0.6 s). At 200
pieces a second that is the difference between a tenth of a core and a hundredth, all of it taken from the drawing.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncGenerator
from typing import TYPE_CHECKING, Any

from learnchat.app.models.failures import StreamCutShort
from learnchat.app.models.litellm_model import CONNECT_TIMEOUT, NO_KEY, READ_TIMEOUT, content_of, read_chunk
from learnchat.app.models.model import Done, Event, Request
from learnchat.app.models.parameters import for_openai, form_for_openai
from learnchat.app.models.providers import PROVIDERS, first_set
from learnchat.app.models.service_model import ServiceModel
from learnchat.app.models.turns import alternate

if TYPE_CHECKING:
    from openai import AsyncOpenAI


class OpenaiModel(ServiceModel):
    """One model of OpenAI's, or of the server that OPENAI_BASE_URL names. The key is read as the SDK reads it."""

    provider = "openai"
    usual_timeout = READ_TIMEOUT

    def warm(self) -> None:
        import openai.resources.chat  # noqa: F401  # 0.6 s: in a thread

    async def _events(self, request: Request) -> AsyncGenerator[Event, None]:
        async with (
            await asyncio.to_thread(self._client) as client,
            await client.chat.completions.create(**self._arguments(request)) as chunks,
        ):
            stop = ""
            async for chunk in chunks:
                for found in read_chunk(chunk):
                    if isinstance(found, Done):
                        stop = found.stop_reason
                    else:
                        yield found
            if not stop:
                raise StreamCutShort
            yield Done(stop)

    def _client(self) -> AsyncOpenAI:
        """A client for one request, in a thread: imports and certificates take time."""
        import httpx
        import openai

        provider = PROVIDERS["openai"]
        base = first_set(provider.bases, os.environ)
        client = openai.AsyncOpenAI(
            api_key=os.environ.get("OPENAI_API_KEY") or NO_KEY,
            base_url=os.environ[base] if base else None,
            # As for Anthropic: somebody is waiting, and a retry would be silent.
            max_retries=0,
            timeout=httpx.Timeout(self._read_timeout, connect=CONNECT_TIMEOUT),
        )
        _ = client.chat.completions  # what it imports, 0.2 s, it imports here
        return client

    def _arguments(self, request: Request) -> dict[str, Any]:
        messages: list[dict[str, Any]] = [{"role": "system", "content": request.system}] if request.system else []
        messages += [{"role": turn.role, "content": content_of(turn)} for turn in alternate(request)]
        limit = _max_tokens_name()
        return {
            "model": self._model,
            # The SDK looks at each of `messages` on the event loop, 0.1 ms for one; as a part of the body it sends
            # them as they are.
            "messages": [],
            "extra_body": {"messages": messages},
            "stream": True,
            "stream_options": {"include_usage": True},
            **for_openai(self._parameters, limit),
            **(form_for_openai(self._form, limit) if self._form is not None else {}),
        }


def _max_tokens_name() -> str:
    """OpenAI's models refuse the old name, other people's servers may not know the new one."""
    return "max_tokens" if first_set(PROVIDERS["openai"].bases, os.environ) else "max_completion_tokens"
