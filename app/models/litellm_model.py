"""Every provider but Anthropic, by litellm: OpenAI and whatever speaks its protocol, Gemini, Ollama, and many more."""

from __future__ import annotations

import asyncio
import logging
import os
from base64 import b64encode
from collections.abc import AsyncGenerator
from typing import Any

from learnchat.app.models.in_thread import in_thread
from learnchat.app.models.model import Done, Event, ReasoningPiece, Request, TextPiece, Usage
from learnchat.app.models.parameters import AnswerForm, for_openai, form_for_openai
from learnchat.app.models.providers import PROVIDERS, first_set, ollama_address
from learnchat.app.models.service_model import ServiceModel
from learnchat.app.models.turns import Utterance, alternate
from learnchat.app.settings import ModelParameters

# Seconds without a piece. Services that hide a model's reasoning, and an Ollama that first loads a big model, are
# silent for minutes; whoever does not want to wait stops the reply with one key.
READ_TIMEOUT = 300.0
# Seconds. litellm hands it on for OpenAI's protocol only; elsewhere the system's own limit holds.
CONNECT_TIMEOUT = 10.0

# litellm takes 100 equal pieces in a row for a model gone mad and breaks off, but a ruler or a table is that too.
_REPEATED_PIECES = 10_000
# Sent where an OpenAI-compatible server is named and no key: its client demands one.
NO_KEY = "none"

STOP_REASONS = {"content_filter": "refusal"}
"""The words of OpenAI's protocol that learnchat has others for."""


class LitellmModel(ServiceModel):
    """One model of any provider that litellm knows. Keys and addresses come from each provider's usual variables.

    litellm holds an event loop up for 0.2 s at a time (measured: its first call imports more, and it counts tokens at
    the end of each), so it has one of its own in a thread.

    Args:
        provider: "openai", "gemini", "ollama" or another one of `PROVIDERS`.
        model: without the provider.
        read_timeout: seconds without a piece after which a stream counts as stalled.
        parameters: as of all services.
        form: likewise.
    """

    usual_timeout = READ_TIMEOUT

    def __init__(
        self,
        provider: str,
        model: str,
        *,
        read_timeout: float | None = None,
        parameters: ModelParameters | None = None,
        form: AnswerForm | None = None,
    ) -> None:
        self.provider = provider
        super().__init__(model, read_timeout=read_timeout, parameters=parameters, form=form)

    def warm(self) -> None:
        _load()

    def _events(self, request: Request) -> AsyncGenerator[Event, None]:
        return in_thread(lambda: self._events_there(request))

    async def _events_there(self, request: Request) -> AsyncGenerator[Event, None]:
        """In the thread."""
        litellm = _load()
        async with asyncio.timeout(self._read_timeout):
            chunks = await litellm.acompletion(**self._arguments(request))
        try:
            stop = "stop"
            while True:
                async with asyncio.timeout(self._read_timeout):
                    chunk = await anext(chunks, None)
                if chunk is None:
                    break
                for found in read_chunk(chunk):
                    if isinstance(found, Done):
                        stop = found.stop_reason
                    else:
                        yield found
            yield Done(stop)
        finally:
            await chunks.aclose()

    def _arguments(self, request: Request) -> dict[str, Any]:
        import httpx

        messages: list[dict[str, Any]] = [{"role": "system", "content": request.system}] if request.system else []
        messages += [{"role": turn.role, "content": content_of(turn)} for turn in alternate(request)]
        arguments: dict[str, Any] = {
            "model": self.name,
            "messages": messages,
            "stream": True,
            "stream_options": {"include_usage": True},
            **for_openai(self._parameters, "max_tokens"),
            # As for Anthropic: somebody is waiting, and a retry would be silent.
            "max_retries": 0,
            "timeout": httpx.Timeout(self._read_timeout, connect=CONNECT_TIMEOUT),
        }
        if self.provider in ("ollama", "ollama_chat"):
            # `ollama_chat` is litellm's name for /api/chat; its `ollama` pastes the turns into one prompt.
            arguments |= {"model": f"ollama_chat/{self._model}", "api_base": ollama_address(os.environ)}
        elif self.provider == "openai" and first_set(PROVIDERS["openai"].keys, os.environ) is None:
            arguments["api_key"] = NO_KEY
        if self._form is not None:
            arguments |= form_for_openai(self._form, "max_tokens")
        return arguments


def content_of(turn: Utterance) -> str | list[dict[str, Any]]:
    """What one turn says, as OpenAI's protocol has it."""
    # One text each: not every server that speaks OpenAI's protocol takes parts. Providers that cache find the equal
    # beginnings by themselves. Whoever sends pictures has a server that does.
    text = "\n\n".join(turn.parts)
    if not turn.images:
        return text
    pictures = [
        {
            "type": "image_url",
            "image_url": {"url": f"data:{image.media_type};base64,{b64encode(image.data).decode('ascii')}"},
        }
        for image in turn.images
    ]
    return [*pictures, {"type": "text", "text": text}]


def read_chunk(chunk: Any) -> list[Event]:
    """The events in one chunk of OpenAI's form, which is litellm's too."""
    found: list[Event] = []
    for choice in chunk.choices[:1]:
        if reasoning := getattr(choice.delta, "reasoning_content", None):
            found.append(ReasoningPiece(reasoning))
        if choice.delta.content:
            found.append(TextPiece(choice.delta.content))
        if choice.finish_reason:
            found.append(Done(STOP_REASONS.get(choice.finish_reason, choice.finish_reason)))
    if usage := getattr(chunk, "usage", None):
        details = getattr(usage, "prompt_tokens_details", None)
        cached = getattr(details, "cached_tokens", None) or 0
        found.append(Usage(usage.prompt_tokens, usage.completion_tokens, cached))
    return found


def _load() -> Any:
    """litellm, made quiet: 2 s and 160 MB the first time, so only ever in a thread.

    Without the two variables its import calls out to the network for prices and loads a `.env` it finds above.
    """
    os.environ["LITELLM_LOCAL_MODEL_COST_MAP"] = "True"
    os.environ["LITELLM_MODE"] = "PRODUCTION"
    import litellm

    litellm.suppress_debug_info = True
    litellm.telemetry = False
    litellm.drop_params = True
    litellm.REPEATED_STREAMING_CHUNK_LIMIT = _REPEATED_PIECES
    # httpx in place of aiohttp, which warns on the terminal of sessions that a stopped reply left open.
    litellm.disable_aiohttp_transport = True
    for name in ("LiteLLM", "LiteLLM Router", "LiteLLM Proxy"):
        logger = logging.getLogger(name)
        logger.handlers = [logging.NullHandler()]
        logger.propagate = False
    return litellm
