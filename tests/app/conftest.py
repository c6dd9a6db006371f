"""What the tests of the chat and of the commands share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from support.commands import CommandLine
from support.model_server import ModelServer


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
