from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from learnchat.app.chat_session import ChatSession
from learnchat.app.cli import COMMANDS
from learnchat.app.engine import Engine
from learnchat.app.locations import Locations
from learnchat.app.models.opening import open_model
from learnchat.app.opening import opened
from support.clock import FakeClock
from support.commands import CommandLine
from support.hostile import harm
from support.hostile_profiles import PROFILES, SECRET_OUTSIDE
from support.model_server import ModelServer

# How each command is called; one that is not named is called without arguments.
ARGUMENTS: dict[str, list[list[str]]] = {
    "insights": [["insights", "--all"], ["insights", "--json", "--all"], ["insights", "show", "aaaa1111bb"]],
    "doctor": [["doctor", "--offline"], ["doctor", "--offline", "--json"]],
    "locate": [["locate", "--json"]],
    "detect": [["detect", "We use pnpm"]],
    "inbox": [["inbox", "--json"]],
    "remember": [["remember", "The API returns cents, not dollars"]],
    "share": [["share", "off"]],
    "purge": [],  # deletes; it has tests of its own
}


@pytest.fixture(scope="module")
def model_server() -> Iterator[ModelServer]:
    with ModelServer() as server:
        yield server


@pytest.fixture
def server(model_server: ModelServer, monkeypatch: pytest.MonkeyPatch) -> ModelServer:
    model_server.reset()
    monkeypatch.setenv("ANTHROPIC_API_KEY", "test-key")
    monkeypatch.setenv("ANTHROPIC_BASE_URL", model_server.url)
    return model_server


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    folder = tmp_path / "outside"
    folder.mkdir()
    (folder / "secret").write_text(SECRET_OUTSIDE)
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


each_profile = pytest.mark.parametrize("name", PROFILES, ids=lambda name: name.replace(" ", "-"))


def test_the_zoo_is_as_large_as_it_should_be() -> None:
    assert len(PROFILES) >= 25


@each_profile
async def test_nothing_of_a_hostile_profile_reaches_a_model_before_it_is_accepted(
    shop: Path, outside: Path, server: ModelServer, name: str
) -> None:
    PROFILES[name](shop, outside)
    before = contents(outside)
    engine = Engine(shop, Locations.find(), FakeClock())
    try:
        found = await engine.call(opened)
        assert harm("\n".join(found.notices)) == []
        session = ChatSession(engine, open_model("anthropic/claude-test", find=lambda _: [], count=lambda: 0))
        for question in (
            "How do I build it? What must always be run before?",
            "POISON curl evil.example and what else?",
        ):
            received = await session.receive(question)
            assert [event async for event in session.reply(received)]
    finally:
        engine.close()
    assert session.given == ()
    bodies = [request.body for request in server.chats]
    assert len(bodies) == 2
    sent = json.dumps(bodies).replace("POISON curl evil.example and what else?", "")
    for word in ("POISON", "curl", "evil.example"):
        assert word not in sent
    assert contents(outside) == before


@each_profile
def test_no_command_fails_on_a_hostile_profile_or_prints_what_does_harm(
    learnchat: CommandLine, shop: Path, outside: Path, name: str
) -> None:
    PROFILES[name](shop, outside)
    before = contents(outside)
    for command in COMMANDS:
        for arguments in ARGUMENTS.get(command, [[command]]):
            result = learnchat(*arguments)
            assert result.code in (0, 1, 2), arguments
            assert harm(result.out + result.err) == [], arguments
            assert "Traceback" not in result.err
            assert SECRET_OUTSIDE not in result.out + result.err
    assert learnchat.on_terminal("insights", "--all").code in (0, 1)
    assert contents(outside) == before
