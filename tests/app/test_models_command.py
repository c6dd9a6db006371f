import os
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from learnchat.app.models.listing import KEPT_SECONDS, Catalogue, every_offer, list_models
from learnchat.app.models.providers import place_of
from support.chat import open_chat
from support.commands import CommandLine
from support.model_server import WRONG_KEY, ModelServer, unused_address


@pytest.fixture
def services(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModelServer]:
    """Anthropic, OpenAI, Gemini and Ollama on loopback."""
    with ModelServer() as server:
        for name, value in {
            "ANTHROPIC_API_KEY": "key",
            "ANTHROPIC_BASE_URL": server.url,
            "OPENAI_API_KEY": "key",
            "OPENAI_BASE_URL": f"{server.url}/v1",
            "GEMINI_API_KEY": "key",
            "GEMINI_API_BASE": server.url,
            "OLLAMA_HOST": server.url,
        }.items():
            monkeypatch.setenv(name, value)
        yield server


def test_what_the_keys_and_ollama_offer_is_listed(learnchat: CommandLine, services: ModelServer) -> None:
    services.models = ("large", "text-embedding-3")
    result = learnchat("models")
    assert result.lines == [
        "anthropic/large",
        "anthropic/text-embedding-3",
        "openai/large",
        "gemini/large",
        "gemini/text-embedding-3",
        "ollama/llama3",
    ]
    assert services.chats == []


def test_of_a_server_of_ones_own_only_what_it_lists_is_offered(
    services: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANTHROPIC_BASE_URL", unused_address())
    monkeypatch.delenv("GEMINI_API_BASE")
    services.models = ("text-embedding-3", "fake-large", "fake-small")
    found = {offer.name: offer.reason for offer in every_offer(os.environ)}
    assert found == {
        "gemini/gemini-3.8-flash": "GEMINI_API_KEY is set",
        "openai/fake-large": "the server of OPENAI_BASE_URL lists it",
        "ollama/llama3": f"Ollama at {place_of(services.url)}",
    }
    services.models = ("fake-large", "gpt-6.1-sol")
    assert "openai/gpt-6.1-sol" in [offer.name for offer in every_offer(os.environ)]


async def test_the_chat_names_the_model_that_the_server_has(project: Path, services: ModelServer) -> None:
    services.models = ("fake-large",)
    async with open_chat(project) as chat:
        await chat.until(lambda: "/model openai/fake-large" in chat.said, "what was found")
        assert "gpt-6" not in chat.said


def test_words_choose_among_them(learnchat: CommandLine, services: ModelServer) -> None:
    assert learnchat("models", "openai", "SMALL").lines == ["openai/model-small"]


def test_a_service_that_fails_is_named_and_hides_no_other(
    learnchat: CommandLine, services: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", WRONG_KEY)
    monkeypatch.setenv("GEMINI_API_BASE", unused_address())
    result = learnchat("models", "--json")
    assert result.code == 0
    assert result.json["models"] == ["anthropic/model-large", "anthropic/model-small", "ollama/llama3"]
    assert [each["provider"] for each in result.json["failed"]] == ["openai", "gemini"]
    assert "does not accept the key" in result.json["failed"][0]["error"]
    assert "can't be reached" in result.json["failed"][1]["error"]
    assert WRONG_KEY not in result.out


def test_with_nothing_set_up_it_says_what_to_do(learnchat: CommandLine) -> None:
    result = learnchat("models")
    assert result.code == 0
    assert "learnchat login" in result.out


@pytest.mark.parametrize("answer", ["[]", '{"data": 3}', '{"data": [1, {"id": ""}]}'])
def test_a_list_in_another_form_has_no_models(
    services: ModelServer, monkeypatch: pytest.MonkeyPatch, answer: str
) -> None:
    import json

    import httpx

    monkeypatch.setattr(httpx, "get", lambda *arguments, **keywords: httpx.Response(200, json=json.loads(answer)))
    listing = list_models("openai", {"OPENAI_API_KEY": "key"})
    assert listing.models == ()
    assert listing.error is None


def test_the_lists_are_asked_for_once_in_a_while(services: ModelServer) -> None:
    now = [0.0]
    catalogue = Catalogue(monotonic=lambda: now[0])
    catalogue.read()
    asked = len(services.received)
    catalogue.read()
    assert len(services.received) == asked
    catalogue.read(fresh=True)
    assert len(services.received) == 2 * asked
    now[0] += KEPT_SECONDS + 1
    catalogue.read()
    assert len(services.received) == 3 * asked


def test_a_word_that_is_in_no_name_is_answered_with_what_was_searched(
    learnchat: CommandLine, services: ModelServer
) -> None:
    assert learnchat("models", "larg", "zzz").out.startswith("None of the 7 models of Anthropic, OpenAI")
    result = learnchat("models", "smal1")
    assert "has “smal1” in its name. The nearest: anthropic/model-small" in result.out
    assert "`learnchat models` lists all, `learnchat login` adds a service." in result.out


def test_a_key_is_not_sent_to_where_a_service_says_that_it_is_now(
    services: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Moved(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(301)
            self.send_header("location", f"{services.url}{self.path}")
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Moved)
    thread = threading.Thread(target=server.handle_request)
    thread.start()
    monkeypatch.setenv("ANTHROPIC_BASE_URL", f"http://127.0.0.1:{server.server_port}")
    listing = list_models("anthropic", os.environ)
    thread.join()
    server.server_close()
    assert listing.models == ()
    assert listing.error is not None
    assert "moved to another address" in str(listing.error)
