"""A model of an Ollama that runs here, asked by its own protocol (docs/api.md of github.com/ollama/ollama, "chat").

litellm speaks it too, and takes 2 s of a core and 160 MB to be loaded: in the chat while somebody types, and for the
hook after every turn of another assistant.
"""

from __future__ import annotations

import json
import os
from collections.abc import AsyncGenerator
from typing import Any

from learnchat.app.models.failures import StreamCutShort
from learnchat.app.models.litellm_model import CONNECT_TIMEOUT
from learnchat.app.models.model import Done, ErrorKind, Event, ModelError, Request, TextPiece, Usage
from learnchat.app.models.providers import ollama_address
from learnchat.app.models.service_model import ServiceModel

_KINDS: dict[int, ErrorKind] = {400: "bad_request", 401: "refused_key", 404: "not_found", 429: "limit"}


class OllamaJudge(ServiceModel):
    """One model of an Ollama's that answers one question."""

    provider = "ollama"
    usual_timeout = 120.0
    """It may have to be loaded first."""

    def warm(self) -> None:
        import httpx  # noqa: F401  # 0.1 s

    async def _events(self, request: Request) -> AsyncGenerator[Event, None]:
        import httpx

        timeout = httpx.Timeout(self._read_timeout, connect=CONNECT_TIMEOUT)
        # No proxy stands between this machine and itself.
        async with (
            httpx.AsyncClient(timeout=timeout, trust_env=False) as client,
            client.stream("POST", f"{ollama_address(os.environ)}/api/chat", json=self._body(request)) as response,
        ):
            if response.status_code != 200:
                raise self._refused(response.status_code, response.headers.get("retry-after"))
            ended = False
            async for line in response.aiter_lines():
                record = json.loads(line) if line.strip() else {}
                if "error" in record:
                    raise ModelError(f"Ollama failed: {record['error']}", kind="other", retry=True)
                if text := record.get("message", {}).get("content"):
                    yield TextPiece(text)
                if record.get("done"):
                    ended = True
                    yield Usage(int(record.get("prompt_eval_count") or 0), int(record.get("eval_count") or 0))
            if not ended:
                raise StreamCutShort
            yield Done()

    def _body(self, request: Request) -> dict[str, Any]:
        body: dict[str, Any] = {
            "model": self._model,
            "messages": [
                {"role": "system", "content": request.system},
                *({"role": turn.role, "content": turn.text} for turn in request.turns),
            ],
            "stream": True,
            # Small models stray less without chance.
            "options": {"temperature": 0},
        }
        if self._form is not None:
            body["options"]["num_predict"] = self._form.max_tokens
            if self._form.schema is not None:
                body["format"] = dict(self._form.schema)
        return body

    def _refused(self, status: int, retry_after: str | None) -> ModelError:
        kind = _KINDS.get(status, "overloaded")
        seconds = float(retry_after) if retry_after and retry_after.isdigit() else None
        return ModelError(f"Ollama answered {status} to {self._model}.", kind=kind, retry_after=seconds)
