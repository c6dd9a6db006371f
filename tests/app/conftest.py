"""What the tests of the commands share."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.commands import CommandLine


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A project without git."""
    folder = tmp_path / "shop"
    folder.mkdir()
    return folder


@pytest.fixture
def learnchat(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, shop: Path) -> CommandLine:
    """The command line, in the shop."""
    return CommandLine(capsys, monkeypatch, shop)
