"""What the tests of the chat and of the commands share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from learnchat.learning.profile.insight import Means
from support.commands import CommandLine
from support.model_server import ModelServer
from support.proposals import make_proposal


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A project without git."""
    folder = tmp_path / "shop"
    folder.mkdir()
    return folder


@pytest.fixture
def project(shop: Path) -> Path:
    """The same, for the chat."""
    return shop


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModelServer]:
    """A model service on loopback that Anthropic's SDK takes for its own."""
    with ModelServer() as server:
        monkeypatch.setenv("ANTHROPIC_API_KEY", "test-key")
        monkeypatch.setenv("ANTHROPIC_BASE_URL", server.url)
        yield server


@pytest.fixture
def learnchat(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, shop: Path) -> CommandLine:
    """The command line, in the shop."""
    return CommandLine(capsys, monkeypatch, shop)


@pytest.fixture
def pnpm(learnchat: CommandLine) -> str:
    """An insight that was learned, edited and pinned, the pin undone, after something was skipped. Its id."""
    profiles = learnchat.profiles()
    profiles.skip(make_proposal("We use Vite", id="p1"), Means.TOAST)
    insight = profiles.remember("We use pnmp").insight
    assert insight is not None
    profiles.edit(insight.id, Means.COMMAND, statement="We use pnpm")
    profiles.pin(insight.id, Means.COMMAND)
    profiles.undo()
    return insight.id
