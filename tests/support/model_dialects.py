"""What the four kinds of model service send over the wire, for the tests' model server: bodies only, no sockets."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Protocol

INPUT_TOKENS = 11
CACHED_TOKENS = 7


class Dialect(Protocol):
    """How one service puts a reply into the body of a response."""

    content_type: str

    def opening(self) -> list[bytes]: ...
    def piece(self, text: str) -> bytes: ...
    def reasoning(self, text: str) -> bytes: ...
    def closing(self, pieces: int) -> list[bytes]: ...
    def malformed(self) -> bytes: ...
    def error_event(self, message: str) -> bytes: ...
    def error_body(self, status: int, message: str) -> object: ...


def _event(data: object, name: str = "") -> bytes:
    head = f"event: {name}\n" if name else ""
    return f"{head}data: {json.dumps(data)}\n\n".encode()


class OpenAI:
    """Chat completions by server-sent events, with the usage in a last chunk of its own."""

    content_type = "text/event-stream"

    def _chunk(self, delta: dict[str, object], finish: str | None = None, **more: object) -> bytes:
        choices = [] if "usage" in more else [{"index": 0, "delta": delta, "finish_reason": finish}]
        return _event(
            {"id": "c1", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": choices, **more}
        )

    def opening(self) -> list[bytes]:
        return [self._chunk({"role": "assistant", "content": ""})]

    def piece(self, text: str) -> bytes:
        return self._chunk({"content": text})

    def reasoning(self, text: str) -> bytes:
        return self._chunk({"reasoning_content": text})

    def closing(self, pieces: int) -> list[bytes]:
        usage = {
            "prompt_tokens": INPUT_TOKENS,
            "completion_tokens": pieces,
            "total_tokens": INPUT_TOKENS + pieces,
            "prompt_tokens_details": {"cached_tokens": CACHED_TOKENS},
        }
        return [self._chunk({}, "stop"), self._chunk({}, usage=usage), b"data: [DONE]\n\n"]

    def malformed(self) -> bytes:
        return b'data: {"id": "c1", "choices": [{"delta": {"content": \n\n'

    def error_event(self, message: str) -> bytes:
        return _event({"error": {"message": message, "type": "server_error", "code": 500}})

    def error_body(self, status: int, message: str) -> object:
        return {"error": {"message": message, "type": "error", "param": None, "code": status}}


class Anthropic:
    """Messages by named server-sent events."""

    content_type = "text/event-stream"
    _TYPES = {
        400: "invalid_request_error",
        401: "authentication_error",
        403: "permission_error",
        404: "not_found_error",
        429: "rate_limit_error",
        529: "overloaded_error",
    }

    def _delta(self, delta: dict[str, object], index: int) -> bytes:
        return _event({"type": "content_block_delta", "index": index, "delta": delta}, "content_block_delta")

    def opening(self) -> list[bytes]:
        usage = {"input_tokens": INPUT_TOKENS, "cache_read_input_tokens": CACHED_TOKENS, "output_tokens": 1}
        message = {"id": "m1", "type": "message", "role": "assistant", "model": "m", "content": [], "usage": usage}
        thinking = {"type": "thinking", "thinking": "", "signature": ""}
        text = {"type": "text", "text": ""}
        return [
            _event({"type": "message_start", "message": message}, "message_start"),
            _event({"type": "content_block_start", "index": 0, "content_block": thinking}, "content_block_start"),
            _event({"type": "content_block_start", "index": 1, "content_block": text}, "content_block_start"),
            _event({"type": "ping"}, "ping"),
        ]

    def piece(self, text: str) -> bytes:
        return self._delta({"type": "text_delta", "text": text}, 1)

    def reasoning(self, text: str) -> bytes:
        return self._delta({"type": "thinking_delta", "thinking": text}, 0)

    def closing(self, pieces: int) -> list[bytes]:
        delta = {"stop_reason": "end_turn", "stop_sequence": None}
        return [
            _event({"type": "content_block_stop", "index": 0}, "content_block_stop"),
            _event({"type": "content_block_stop", "index": 1}, "content_block_stop"),
            _event({"type": "message_delta", "delta": delta, "usage": {"output_tokens": pieces}}, "message_delta"),
            _event({"type": "message_stop"}, "message_stop"),
        ]

    def malformed(self) -> bytes:
        return b'event: content_block_delta\ndata: {"type": "content_block_delta", "delta": \n\n'

    def error_event(self, message: str) -> bytes:
        return _event({"type": "error", "error": {"type": "overloaded_error", "message": message}}, "error")

    def error_body(self, status: int, message: str) -> object:
        return {"type": "error", "error": {"type": self._TYPES.get(status, "api_error"), "message": message}}


class Ollama:
    """Chat by one JSON object a line."""

    content_type = "application/x-ndjson"

    def _line(self, message: dict[str, object], **more: object) -> bytes:
        line = {"model": "m", "created_at": "2026-04-01T09:00:00Z", "message": message, "done": False, **more}
        return json.dumps(line).encode() + b"\n"

    def opening(self) -> list[bytes]:
        return []

    def piece(self, text: str) -> bytes:
        return self._line({"role": "assistant", "content": text})

    def reasoning(self, text: str) -> bytes:
        return self._line({"role": "assistant", "content": "", "thinking": text})

    def closing(self, pieces: int) -> list[bytes]:
        counts = {"prompt_eval_count": INPUT_TOKENS, "eval_count": pieces}
        return [self._line({"role": "assistant", "content": ""}, done=True, done_reason="stop", **counts)]

    def malformed(self) -> bytes:
        return b'{"model": "m", "message": {"role": "assistant", "content": \n'

    def error_event(self, message: str) -> bytes:
        return json.dumps({"error": message}).encode() + b"\n"

    def error_body(self, status: int, message: str) -> object:
        return {"error": message}


class Gemini:
    """streamGenerateContent by server-sent events."""

    content_type = "text/event-stream"

    def _chunk(self, parts: Sequence[dict[str, object]], **more: object) -> bytes:
        candidate = {"index": 0, "content": {"role": "model", "parts": list(parts)}, **more}
        return _event({"candidates": [candidate], "modelVersion": "m", "responseId": "r1"})

    def opening(self) -> list[bytes]:
        return []

    def piece(self, text: str) -> bytes:
        return self._chunk([{"text": text}])

    def reasoning(self, text: str) -> bytes:
        return self._chunk([{"text": text, "thought": True}])

    def closing(self, pieces: int) -> list[bytes]:
        usage = {
            "promptTokenCount": INPUT_TOKENS,
            "candidatesTokenCount": pieces,
            "totalTokenCount": INPUT_TOKENS + pieces,
            "cachedContentTokenCount": CACHED_TOKENS,
        }
        candidate = {"index": 0, "content": {"role": "model", "parts": [{"text": ""}]}, "finishReason": "STOP"}
        return [_event({"candidates": [candidate], "usageMetadata": usage, "modelVersion": "m", "responseId": "r1"})]

    def malformed(self) -> bytes:
        return b'data: {"candidates": [{"content": \n\n'

    def error_event(self, message: str) -> bytes:
        return _event({"error": {"code": 503, "message": message, "status": "UNAVAILABLE"}})

    def error_body(self, status: int, message: str) -> object:
        return {"error": {"code": status, "message": message, "status": "ERROR"}}


def dialect_for(path: str) -> Dialect | None:
    """The dialect whose chat lies at this path; None where there is nothing."""
    if path.endswith("/chat/completions"):
        return OpenAI()
    if path.endswith("/messages"):
        return Anthropic()
    if path == "/api/chat":
        return Ollama()
    if ":streamGenerateContent" in path:
        return Gemini()
    return None


def body_of(dialect: Dialect, pieces: Sequence[str], reasoning: Sequence[str]) -> Iterator[bytes]:
    """The parts of a reply that goes well, without its end."""
    yield from dialect.opening()
    for text in reasoning:
        yield dialect.reasoning(text)
    for text in pieces:
        yield dialect.piece(text)
