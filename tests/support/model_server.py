"""A model service on loopback that records what it is sent, replies as told, and fails as the real ones fail."""

from __future__ import annotations

import json
import select
import socket
import struct
import sys
import threading
import time
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Literal

from support.model_dialects import Dialect, body_of, dialect_for

# How long a stalled response is held at most, so that a broken test ends.
LONGEST_STALL = 20.0

WRONG_KEY = "wrong-key-0123456789"
"""The one that no list of models is given for."""


@dataclass(frozen=True)
class Reply:
    """What the server does with one chat request."""

    pieces: tuple[str, ...] = ("Hello", ", ", "world.")
    reasoning: tuple[str, ...] = ()
    status: int = 200
    """Anything but 200 is an answer with that status and `message`, in the service's own form."""
    message: str = "something the service says"
    html: bool = False
    """The answer with that status is a page, as from a proxy on the way."""
    headers: Mapping[str, str] = field(default_factory=dict)
    gap: float = 0.0
    """Seconds between the pieces, for benches; a test never waits."""
    held: threading.Event | None = None
    """What comes after the pieces waits for it."""
    ends: Literal["well", "dropped", "cut short", "stalled", "malformed", "error event", "silent"] = "well"
    """What comes after the pieces. cut short: an orderly end of the body, without the end of the reply; silent: nothing
    is sent at all, not even a status line."""


@dataclass(frozen=True)
class Received:
    """One request as it came."""

    method: str
    path: str
    headers: Mapping[str, str]
    """Names in lower case."""
    body: Any
    at: float = 0.0
    """When it began to come, by `time.perf_counter`; for benches."""


class _QuietServer(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Clients that hang up are what these tests are about: nothing to print."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class ModelServer:
    """OpenAI chat completions, Anthropic messages, Ollama and Gemini at one address; a context manager.

    Replies given by `will` are used up in order; after them every chat gets the `usual` one.
    """

    def __init__(self, usual: Reply | None = None, ollama_models: tuple[str, ...] = ("llama3:latest",)) -> None:
        self.usual = usual or Reply()
        self.ollama_models = ollama_models
        self.models: tuple[str, ...] = ("model-large", "model-small")
        """What the lists of models have."""
        self.received: list[Received] = []
        self.hung_up = threading.Event()
        """Set when a client closes a stalled or silent response."""
        self._replies: deque[Reply] = deque()
        self._server = _QuietServer(("127.0.0.1", 0), _handler(self))
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    @property
    def chats(self) -> list[Received]:
        """The chat requests, without what a client asks about models."""
        return [request for request in self.received if dialect_for(request.path.partition("?")[0])]

    def will(self, *replies: Reply) -> None:
        """Queue replies for the next chat requests."""
        self._replies.extend(replies)

    def reset(self) -> None:
        """Forget everything: for a server that several tests share."""
        self.received.clear()
        self._replies.clear()
        self.hung_up.clear()

    def next_reply(self) -> Reply:
        return self._replies.popleft() if self._replies else self.usual

    def __enter__(self) -> ModelServer:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)


def unused_address() -> str:
    """An address of this machine where nothing listens."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{sock.getsockname()[1]}"


def _handler(server: ModelServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        # Without it the head and the first piece wait for each other's acknowledgement.
        disable_nagle_algorithm = True

        def log_message(self, format: str, *arguments: object) -> None:
            pass

        def do_GET(self) -> None:
            self._record(None)
            if self.path == "/api/tags":
                models = [{"name": name, "model": name, "size": 1} for name in server.ollama_models]
                self._send(200, {"models": models})
            elif self.path.partition("?")[0] in ("/v1/models", "/models", "/v1beta/models"):
                self._list()
            else:
                self._send(404, {"error": f"nothing at {self.path}"})

        def do_POST(self) -> None:
            at = time.perf_counter()
            body = json.loads(self.rfile.read(int(self.headers.get("content-length", "0"))) or "null")
            self._record(body, at)
            dialect = dialect_for(self.path.partition("?")[0])
            if dialect is not None:
                self._chat(dialect, server.next_reply())
            elif self.path == "/api/show":
                self._send(200, {"template": "{{ .Prompt }}", "model_info": {}, "capabilities": ["completion"]})
            else:
                self._send(404, {"error": f"nothing at {self.path}"})

        def _list(self) -> None:
            names = ("x-api-key", "x-goog-api-key", "authorization")
            if any(WRONG_KEY in self.headers.get(name, "") for name in names):
                self._send(401, {"error": {"type": "authentication_error", "message": f"wrong key {WRONG_KEY}"}})
            elif "v1beta" in self.path:
                models = [{"name": f"models/{name}"} for name in server.models]
                self._send(200, {"models": [*models, {"name": "models/e", "supportedGenerationMethods": ["embed"]}]})
            else:
                self._send(200, {"data": [{"id": name} for name in server.models]})

        def _record(self, body: object, at: float = 0.0) -> None:
            headers = {name.lower(): value for name, value in self.headers.items()}
            server.received.append(Received(self.command, self.path, headers, body, at))

        def _chat(self, dialect: Dialect, reply: Reply) -> None:
            if reply.ends == "silent":
                self._wait_for_hang_up()
                return
            if reply.status != 200:
                body = f"<h1>{reply.message}</h1>" if reply.html else dialect.error_body(reply.status, reply.message)
                self._send(reply.status, body, reply.headers)
                return
            self.send_response(200)
            self.send_header("content-type", dialect.content_type)
            self.send_header("transfer-encoding", "chunked")
            self.end_headers()
            try:
                for part in body_of(dialect, reply.pieces, reply.reasoning):
                    self._chunk(part)
                    if reply.gap:
                        time.sleep(reply.gap)
                self._end(dialect, reply)
            except OSError:
                server.hung_up.set()

        def _end(self, dialect: Dialect, reply: Reply) -> None:
            if reply.held:
                reply.held.wait(LONGEST_STALL)
            if reply.ends == "dropped":
                # A reset, as when a machine on the way goes down; a plain close would be an orderly end of the body.
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                self.close_connection = True
                self.connection.shutdown(socket.SHUT_WR)
                return
            if reply.ends == "stalled":
                self._wait_for_hang_up()
                return
            if reply.ends == "malformed":
                self._chunk(dialect.malformed())
            elif reply.ends == "error event":
                self._chunk(dialect.error_event(reply.message))
            if reply.ends in ("well", "malformed"):
                for part in dialect.closing(len(reply.pieces)):
                    self._chunk(part)
            self.wfile.write(b"0\r\n\r\n")

        def _chunk(self, data: bytes) -> None:
            self.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))

        def _wait_for_hang_up(self) -> None:
            self.close_connection = True
            readable, _, _ = select.select([self.connection], [], [], LONGEST_STALL)
            if readable:
                server.hung_up.set()

        def _send(self, status: int, body: object, headers: Mapping[str, str] | None = None) -> None:
            data = body.encode() if isinstance(body, str) else json.dumps(body).encode()
            self.send_response(status)
            self.send_header("content-type", "text/html" if isinstance(body, str) else "application/json")
            self.send_header("content-length", str(len(data)))
            for name, value in (headers or {}).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(data)

    return Handler
