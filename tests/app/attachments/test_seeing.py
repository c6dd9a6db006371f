from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from learnchat.app.attachments.seeing import blind_models


@pytest.fixture
def ollama() -> Iterator[dict[str, str]]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            capabilities = ["completion", "vision"] if asked["model"].startswith("llava") else ["completion"]
            body = json.dumps({"capabilities": capabilities}).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *arguments: object) -> None: ...

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield {"OLLAMA_HOST": f"http://127.0.0.1:{server.server_port}"}
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    "name", ["anthropic/claude-sonnet-5-5", "ollama/whatever", "openai/gpt-4o", "openai/of-my-own-server"]
)
def test_what_is_not_known_to_be_blind_is_asked(name: str) -> None:
    assert blind_models(name, {"OLLAMA_HOST": "http://127.0.0.1:9"}) == []


@pytest.mark.parametrize("name", ["offline", "anthropic/claude-2.1", "openai/gpt-3.5-turbo"])
def test_these_can_not_see(name: str) -> None:
    assert blind_models(name, {}) == [name]


def test_ollama_says_itself_what_its_models_can(ollama: dict[str, str]) -> None:
    assert blind_models("ollama/llava:7b, ollama/llama3.3", ollama) == ["ollama/llama3.3"]
