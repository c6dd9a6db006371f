"""The remote models over real HTTP. In one module, because importing litellm takes 2 s."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from learnchat.app.models import litellm_model
from learnchat.app.models.anthropic_model import AnthropicModel
from learnchat.app.models.failures import explain
from learnchat.app.models.litellm_model import LitellmModel
from learnchat.app.models.model import (
    ChatModel,
    Done,
    Event,
    Image,
    ModelError,
    ReasoningPiece,
    Request,
    TextPiece,
    Turn,
    Usage,
)
from learnchat.app.models.openai_model import OpenaiModel
from learnchat.app.models.opening import open_model
from learnchat.app.models.system_prompt import SYSTEM_PROMPT
from support.model_dialects import CACHED_TOKENS, INPUT_TOKENS
from support.model_server import ModelServer, Received, Reply, unused_address

KEY = "sk-test-0123456789abcdef"
STABLE = "REMEMBERED [k3v9] We're switching from Bootstrap to Tailwind CSS"
REQUEST = Request(
    turns=(Turn("user", "first"), Turn("assistant", "reply"), Turn("user", "what of CSS?", memory="MEMORY [zz11]")),
    system=SYSTEM_PROMPT,
    stable=STABLE,
)
SERVICES = ("anthropic", "openai", "gemini", "ollama")
BASES = {
    "anthropic": ("ANTHROPIC_BASE_URL", ""),
    "openai": ("OPENAI_BASE_URL", "/v1"),
    "gemini": ("GEMINI_API_BASE", "/v1beta"),
    "ollama": ("OLLAMA_HOST", ""),
}
MODELS = {"anthropic": "claude-sonnet-5-5", "openai": "gpt-6.1-sol", "gemini": "gemini-3.8-flash", "ollama": "llama3"}

Configure = Callable[[str, str], None]


@pytest.fixture(scope="module")
def shared_server() -> Iterator[ModelServer]:
    with ModelServer() as server:
        yield server


@pytest.fixture
def server(shared_server: ModelServer) -> ModelServer:
    shared_server.reset()
    return shared_server


@pytest.fixture
def configure(monkeypatch: pytest.MonkeyPatch) -> Configure:
    def set_variables(service: str, address: str, key: str = KEY) -> None:
        variable, path = BASES[service]
        monkeypatch.setenv(variable, address + path)
        if service != "ollama" and key:
            monkeypatch.setenv(f"{service.upper()}_API_KEY", key)

    return set_variables


def model_of(service: str, read_timeout: float = 30.0) -> ChatModel:
    if service == "anthropic":
        return AnthropicModel(MODELS[service], read_timeout=read_timeout)
    if service == "openai":
        return OpenaiModel(MODELS[service], read_timeout=read_timeout)
    return LitellmModel(service, MODELS[service], read_timeout=read_timeout)


async def collect(model: ChatModel, events: list[Event] | None = None) -> list[Event]:
    events = [] if events is None else events
    async for event in model.stream(REQUEST):
        events.append(event)
    return events


def text_of(events: list[Event]) -> str:
    return "".join(event.text for event in events if isinstance(event, TextPiece))


async def failure_of(model: ChatModel, events: list[Event] | None = None) -> ModelError:
    with pytest.raises(ModelError) as caught:
        await collect(model, events)
    return caught.value


def system_and_messages(service: str, sent: Received) -> tuple[str, list[tuple[str, list[str]]]]:
    body = sent.body
    if service == "anthropic":
        return body["system"], [(one["role"], [part["text"] for part in one["content"]]) for one in body["messages"]]
    if service == "gemini":
        turns = [(one["role"], [part["text"] for part in one["parts"]]) for one in body["contents"]]
        return body["system_instruction"]["parts"][0]["text"], turns
    system, *messages = body["messages"]
    assert system["role"] == "system"
    return system["content"], [(one["role"], [one["content"]]) for one in messages]


@pytest.mark.parametrize("service", SERVICES)
async def test_a_reply_comes_in_pieces_with_reasoning_usage_and_an_end(
    service: str, server: ModelServer, configure: Configure
) -> None:
    configure(service, server.url)
    server.will(Reply(pieces=("one ", "two ", "three"), reasoning=("hm",)))
    events = await collect(model_of(service))
    assert [event.text for event in events if isinstance(event, TextPiece)] == ["one ", "two ", "three"]
    assert [event.text for event in events if isinstance(event, ReasoningPiece)] == ["hm"]
    (usage,) = [event for event in events if isinstance(event, Usage)]
    # Ollama has no cache to speak of; Anthropic counts the cached part apart from the rest.
    cached = 0 if service == "ollama" else CACHED_TOKENS
    counted = INPUT_TOKENS + CACHED_TOKENS if service == "anthropic" else INPUT_TOKENS
    assert usage == Usage(counted, 3, cached)
    assert events[-1] == Done("stop")


@pytest.mark.parametrize("service", SERVICES)
async def test_insights_are_user_content_and_never_in_the_system_prompt(
    service: str, server: ModelServer, configure: Configure
) -> None:
    configure(service, server.url)
    await collect(model_of(service))
    (sent,) = server.chats
    system, turns = system_and_messages(service, sent)
    assert system == SYSTEM_PROMPT
    assert [role for role, _ in turns] == ["user", "model" if service == "gemini" else "assistant", "user"]
    joined = ["\n\n".join(parts) for _, parts in turns]
    assert joined == [f"{STABLE}\n\nfirst", "reply", "MEMORY [zz11]\n\nwhat of CSS?"]


async def test_for_anthropic_the_stable_block_is_a_cached_part_of_its_own(
    server: ModelServer, configure: Configure
) -> None:
    configure("anthropic", server.url)
    await collect(model_of("anthropic"))
    (sent,) = server.chats
    cached = {"type": "ephemeral"}
    assert sent.body["messages"] == [
        {
            "role": "user",
            "content": [
                {"type": "text", "text": STABLE, "cache_control": cached},
                {"type": "text", "text": "first"},
            ],
        },
        {"role": "assistant", "content": [{"type": "text", "text": "reply"}]},
        {
            "role": "user",
            "content": [
                {"type": "text", "text": "MEMORY [zz11]"},
                {"type": "text", "text": "what of CSS?", "cache_control": cached},
            ],
        },
    ]
    # The header depends on the version of the SDK.
    assert sent.headers.get("x-api-key", sent.headers.get("authorization")) in (KEY, f"Bearer {KEY}")
    assert sent.body["model"] == "claude-sonnet-5-5"
    assert sent.body["stream"] is True


async def test_without_insights_only_the_last_part_is_marked_for_the_cache(
    server: ModelServer, configure: Configure
) -> None:
    configure("anthropic", server.url)
    _ = [event async for event in model_of("anthropic").stream(Request((Turn("user", "a"), Turn("user", "b"))))]
    (sent,) = server.chats
    parts = sent.body["messages"][0]["content"]
    assert [part.get("cache_control") for part in parts] == [None, {"type": "ephemeral"}]
    assert "system" not in sent.body


async def test_pictures_of_the_first_message_do_not_take_the_mark_of_the_stable_block(
    server: ModelServer, configure: Configure
) -> None:
    configure("anthropic", server.url)
    turns = (Turn("user", "a", images=(Image("image/png", b"x"),)), Turn("assistant", "b"), Turn("user", "c"))
    _ = [event async for event in model_of("anthropic").stream(Request(turns, stable=STABLE))]
    first = server.chats[0].body["messages"][0]["content"]
    marked = {"type": "text", "text": STABLE, "cache_control": {"type": "ephemeral"}}
    assert [part["type"] for part in first] == ["image", "text", "text"]
    assert first[1] == marked
    assert "cache_control" not in first[0]


@pytest.mark.parametrize(
    ("service", "path", "header"),
    [
        ("openai", "/v1/chat/completions", ("authorization", f"Bearer {KEY}")),
        ("gemini", "/v1beta/models/gemini-3.8-flash:streamGenerateContent?alt=sse", ("x-goog-api-key", KEY)),
        ("ollama", "/api/chat", ("authorization", None)),
    ],
)
async def test_litellm_asks_at_the_services_address_with_its_key(
    service: str, path: str, header: tuple[str, str | None], server: ModelServer, configure: Configure
) -> None:
    configure(service, server.url)
    await collect(model_of(service))
    # All of it: no question about the model beside the chat.
    (sent,) = server.received
    assert sent.path == path
    assert sent.headers.get(header[0]) == header[1]


async def test_anthropic_takes_a_token_in_place_of_a_key(
    server: ModelServer, configure: Configure, monkeypatch: pytest.MonkeyPatch
) -> None:
    configure("anthropic", server.url)
    monkeypatch.delenv("ANTHROPIC_API_KEY")
    monkeypatch.setenv("ANTHROPIC_AUTH_TOKEN", "token-0123456789")
    await collect(model_of("anthropic"))
    assert server.chats[0].headers["authorization"] == "Bearer token-0123456789"


async def test_a_server_of_ones_own_needs_no_key(server: ModelServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_BASE", f"{server.url}/v1")
    assert text_of(await collect(OpenaiModel("qwen3"))) == "Hello, world."
    assert server.chats[0].body["model"] == "qwen3"


async def test_google_api_key_serves_gemini(
    server: ModelServer, configure: Configure, monkeypatch: pytest.MonkeyPatch
) -> None:
    configure("gemini", server.url)
    monkeypatch.delenv("GEMINI_API_KEY")
    monkeypatch.setenv("GOOGLE_API_KEY", "google-0123456789")
    await collect(model_of("gemini"))
    assert server.chats[0].headers["x-goog-api-key"] == "google-0123456789"


async def test_ollama_host_needs_no_scheme(server: ModelServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OLLAMA_HOST", server.url.removeprefix("http://"))
    assert text_of(await collect(model_of("ollama"))) == "Hello, world."


@pytest.mark.parametrize("name", ["anthropic/claude-x", "openai/gpt-x", "gemini/gemini-x", "mistral/x"])
async def test_without_a_key_the_variable_is_named_and_nobody_is_called(name: str, server: ModelServer) -> None:
    error = await failure_of(open_model(name, find=lambda question: [], count=lambda: 0))
    assert error.kind == "no_key"
    assert "_API_KEY" in error.hint
    assert server.received == []


STATUSES = [
    (401, "refused_key", False),
    (403, "refused_key", False),
    (404, "not_found", False),
    (429, "limit", True),
    (500, "overloaded", True),
    (503, "overloaded", True),
    (529, "overloaded", True),
]


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize(("status", "kind", "retry"), STATUSES)
async def test_each_status_becomes_one_sentence_with_the_way_out(
    service: str, status: int, kind: str, retry: bool, server: ModelServer, configure: Configure
) -> None:
    configure(service, server.url)
    server.will(Reply(status=status, headers={"retry-after": "7"} if status == 429 else {}))
    error = await failure_of(model_of(service))
    assert (error.kind, error.retry) == (kind, retry)
    assert error.title.count(".") == 1 + MODELS[service].count(".") * (MODELS[service] in error.title)
    assert error.hint
    assert "Error" not in str(error)
    assert "Exception" not in str(error)
    # One request: no retry of the SDK's own while somebody waits.
    assert len(server.chats) == 1
    if status == 429:
        assert error.retry_after == 7
        assert "7 s" in error.hint


@pytest.mark.parametrize("service", SERVICES)
async def test_a_page_of_a_proxy_is_an_outage_and_not_an_answer(
    service: str, server: ModelServer, configure: Configure
) -> None:
    configure(service, server.url)
    server.will(Reply(status=502, html=True))
    assert (await failure_of(model_of(service))).kind == "overloaded"


async def test_a_model_that_ollama_lacks_can_be_pulled(server: ModelServer, configure: Configure) -> None:
    configure("ollama", server.url)
    server.will(Reply(status=404, message='model "llama3" not found, try pulling it first'))
    assert "`ollama pull llama3`" in (await failure_of(model_of("ollama"))).hint


@pytest.mark.parametrize(
    ("service", "status", "message", "kind", "part"),
    [
        ("anthropic", 400, "Your credit balance is too low to access the API.", "limit", "no credit"),
        ("openai", 429, "You exceeded your quota (insufficient_quota).", "limit", "no credit"),
        ("anthropic", 400, "prompt is too long: 220000 tokens > 200000 maximum", "bad_request", "too long"),
        ("openai", 400, "This model's maximum context length is 8192 tokens.", "bad_request", "too long"),
        ("gemini", 400, "API key not valid. Please pass a valid API key.", "refused_key", "accept the key"),
        ("openai", 400, "temperature is not a parameter here", "bad_request", "does not take"),
    ],
)
async def test_what_a_service_says_decides_where_its_status_does_not(
    service: str, status: int, message: str, kind: str, part: str, server: ModelServer, configure: Configure
) -> None:
    configure(service, server.url)
    server.will(Reply(status=status, message=message))
    error = await failure_of(model_of(service))
    assert error.kind == kind
    assert part in error.title
    assert message[:20] in error.hint


@pytest.mark.parametrize("service", SERVICES)
async def test_where_nobody_listens_it_says_where_it_sought(service: str, configure: Configure) -> None:
    address = unused_address()
    configure(service, address)
    error = await failure_of(model_of(service))
    assert (error.kind, error.retry) == ("no_network", True)
    assert address.removeprefix("http://") in error.title
    assert BASES[service][0] in error.title


ENDS = ["dropped", "stalled", "error event"]


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize("end", ENDS)
async def test_what_came_before_a_stream_breaks_off_stays(
    service: str, end: str, server: ModelServer, configure: Configure
) -> None:
    configure(service, server.url)
    server.will(Reply(pieces=("half ", "of it"), ends=end))  # type: ignore[arg-type]
    events: list[Event] = []
    error = await failure_of(model_of(service, read_timeout=0.5 if end == "stalled" else 30.0), events)
    assert text_of(events) == "half of it"
    assert not any(isinstance(event, Done) for event in events)
    if end == "error event":
        assert error.kind == ("bad_request" if service == "ollama" else "overloaded")
        # litellm keeps of Gemini's only the status.
        assert service == "gemini" or "something the service says" in error.hint
    else:
        assert (error.kind, error.retry) == ("dropped", True)
    if end == "stalled":
        assert "stopped sending" in error.title
        assert await asyncio.to_thread(server.hung_up.wait, 5)


@pytest.mark.parametrize("service", SERVICES)
async def test_a_service_that_never_begins_is_given_up(service: str, server: ModelServer, configure: Configure) -> None:
    configure(service, server.url)
    server.will(Reply(ends="silent"))
    error = await failure_of(model_of(service, read_timeout=0.5))
    assert (error.kind, error.retry) == ("dropped", True)
    assert await asyncio.to_thread(server.hung_up.wait, 5)


async def test_an_orderly_end_in_the_middle_of_a_reply_is_a_failure(server: ModelServer, configure: Configure) -> None:
    configure("anthropic", server.url)
    server.will(Reply(ends="cut short"))
    events: list[Event] = []
    assert (await failure_of(model_of("anthropic"), events)).kind == "dropped"
    assert text_of(events) == "Hello, world."


@pytest.mark.parametrize("service", SERVICES)
async def test_a_malformed_chunk_crashes_nothing(service: str, server: ModelServer, configure: Configure) -> None:
    configure(service, server.url)
    server.will(Reply(ends="malformed"))
    events: list[Event] = []
    if service in ("anthropic", "openai"):
        error = await failure_of(model_of(service), events)
        assert error.kind == "dropped"
        assert error.title.endswith("sent what can't be read.")
    else:
        # litellm passes over a line of theirs that it can't read.
        await collect(model_of(service), events)
    assert text_of(events) == "Hello, world."


@pytest.mark.parametrize("service", SERVICES)
async def test_cancelling_hangs_up(service: str, server: ModelServer, configure: Configure) -> None:
    configure(service, server.url)
    server.will(Reply(ends="stalled"))
    events: list[Event] = []
    begun = asyncio.Event()

    async def read() -> None:
        async for event in model_of(service).stream(REQUEST):
            events.append(event)
            if text_of(events) == "Hello, world.":
                begun.set()

    task = asyncio.create_task(read())
    await asyncio.wait_for(begun.wait(), 20)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asyncio.wait_for(task, 5)
    assert await asyncio.to_thread(server.hung_up.wait, 5)


@pytest.mark.parametrize("service", SERVICES)
async def test_closing_the_stream_hangs_up(service: str, server: ModelServer, configure: Configure) -> None:
    configure(service, server.url)
    server.will(Reply(ends="stalled"))
    events = model_of(service).stream(REQUEST)
    await anext(events)
    await events.aclose()
    assert await asyncio.to_thread(server.hung_up.wait, 5)


@pytest.mark.parametrize("service", ["anthropic", "openai", "gemini"])
@pytest.mark.parametrize("status", [400, 401, 429, 500])
async def test_no_error_contains_the_key_even_if_the_service_repeats_it(
    service: str, status: int, server: ModelServer, configure: Configure
) -> None:
    configure(service, server.url)
    server.will(Reply(status=status, message=f"Incorrect API key provided: {KEY}. You can find yours elsewhere."))
    error = await failure_of(model_of(service))
    assert "Incorrect API key provided" in error.hint
    # Nor do the frames that come with it, for whatever prints them with their variables.
    report = traceback.TracebackException.from_exception(error, capture_locals=True)
    assert KEY not in "".join(report.format())
    assert KEY not in repr(vars(error))


async def test_an_address_with_a_password_is_shown_without_it(monkeypatch: pytest.MonkeyPatch) -> None:
    address = unused_address().replace("http://", "http://user:password1@")
    monkeypatch.setenv("OPENAI_BASE_URL", address)
    error = await failure_of(model_of("openai"))
    assert error.kind == "no_network"
    assert "password1" not in str(error)


async def test_a_fallback_goes_on_from_one_service_to_another(server: ModelServer, configure: Configure) -> None:
    configure("anthropic", server.url)
    configure("ollama", server.url)
    server.will(Reply(status=529))
    model = open_model("anthropic/claude-x, ollama/llama3", find=lambda question: [], count=lambda: 0)
    assert text_of(await collect(model)) == "Hello, world."
    assert [request.path for request in server.chats] == ["/v1/messages", "/api/chat"]


async def test_a_hundred_equal_pieces_are_no_failure(server: ModelServer, configure: Configure) -> None:
    configure("openai", server.url)
    server.will(Reply(pieces=("─",) * 300))
    assert text_of(await collect(model_of("openai"))) == "─" * 300


async def test_no_sdk_is_loaded_or_set_up_on_the_event_loop(
    server: ModelServer, configure: Configure, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: list[int] = []

    def noting(work: Callable[..., Any]) -> Callable[..., Any]:
        def noted(*arguments: Any) -> Any:
            threads.append(threading.get_ident())
            return work(*arguments)

        return noted

    monkeypatch.setattr(litellm_model, "_load", noting(litellm_model._load))
    monkeypatch.setattr(AnthropicModel, "_client", noting(AnthropicModel._client))
    monkeypatch.setattr(OpenaiModel, "_client", noting(OpenaiModel._client))
    for service in ("openai", "anthropic", "gemini"):
        configure(service, server.url)
        await collect(model_of(service))
    assert len(threads) == 3
    assert threading.get_ident() not in threads


def test_every_provider_is_one_that_litellm_knows() -> None:
    litellm = pytest.importorskip("litellm")
    from learnchat.app.models.providers import PROVIDERS

    known = {getattr(provider, "value", provider) for provider in litellm.provider_list}
    assert set(PROVIDERS) <= known
    for name, provider in PROVIDERS.items():
        if provider.model and name != "anthropic":
            assert {provider.model, f"{name}/{provider.model}"} & set(litellm.model_cost)


def test_nothing_reaches_the_terminal_whatever_happens(server: ModelServer) -> None:
    program = """
import asyncio, json, os, sys
from learnchat.app.models.model import ModelError, Request, Turn
from learnchat.app.models.openai_model import OpenaiModel
from learnchat.app.models.opening import open_model

async def read(name, stop_early):
    events = open_model(name, find=lambda question: [], count=lambda: 0).stream(Request((Turn("user", "x"),)))
    try:
        async for event in events:
            if stop_early:
                break
    except ModelError:
        pass
    await events.aclose()

async def main():
    for name in json.loads(sys.argv[1]):
        for stop_early in (False, True, False, False):
            await read(name, stop_early)

asyncio.run(main())
"""
    names = [f"{service}/{MODELS[service]}" for service in SERVICES]
    server.will(*(Reply(), Reply(ends="stalled"), Reply(ends="dropped"), Reply(status=401)) * len(names))
    environment = dict(os.environ) | {
        "ANTHROPIC_BASE_URL": server.url,
        "ANTHROPIC_API_KEY": KEY,
        "ANTHROPIC_AUTH_TOKEN": KEY,
        "OPENAI_BASE_URL": server.url,
        "OPENAI_API_KEY": KEY,
        "GEMINI_API_BASE": server.url,
        "GEMINI_API_KEY": KEY,
        "OLLAMA_HOST": server.url,
    }
    done = subprocess.run(
        [sys.executable, "-W", "default::ResourceWarning", "-c", program, json.dumps(names)],
        capture_output=True,
        text=True,
        env=environment,
        timeout=120,
    )
    assert (done.stdout, done.stderr, done.returncode) == ("", "", 0)
    assert len(server.chats) == 4 * len(names)


def test_a_service_on_this_machine_is_no_matter_of_the_network(monkeypatch: pytest.MonkeyPatch) -> None:
    refused = ConnectionRefusedError("refused")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:1/v1")
    assert explain(refused, "openai", "x").hint == "Is it running?"
    monkeypatch.setenv("OPENAI_BASE_URL", "https://models.example.com/v1")
    assert explain(refused, "openai", "x").hint == "Check the network."
