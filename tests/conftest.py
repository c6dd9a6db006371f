"""One fixture that every test stands on: nothing of the developer's machine reaches a test, and no test the network."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest
from textual.pilot import Pilot

from support import settling

# What a test process needs of the developer's environment; all else (keys, proxies, NO_COLOR, TERM_PROGRAM, …) is
# hidden, also because the snapshot report prints the whole environment.
KEPT = (
    "PATH",
    "LANG",
    "LC_ALL",
    "TMPDIR",
    "TEMP",
    "SYSTEMROOT",
    "VIRTUAL_ENV",
    "PYTEST_XDIST_WORKER",
    "TEXTUAL_SNAPSHOT_TEMPDIR",
)
LOOPBACK = ("127.0.0.1", "::1", "localhost")


@pytest.fixture(autouse=True)
def isolation(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own, no key, no configuration, no network beyond loopback. Gives the home."""
    home = tmp_path_factory.mktemp("home")
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    for name in list(os.environ):
        if name not in kept and not name.startswith("PYTEST_"):
            monkeypatch.delenv(name)
    for name, value in {
        "HOME": str(home),
        "USERPROFILE": str(home),
        "XDG_CONFIG_HOME": str(home / ".config"),
        "XDG_DATA_HOME": str(home / ".local" / "share"),
        "XDG_STATE_HOME": str(home / ".local" / "state"),
        "XDG_CACHE_HOME": str(home / ".cache"),
        "LEARNCHAT_CONFIG_DIR": str(home / "configuration"),
        "LEARNCHAT_DATA_DIR": str(home / "data"),
        "GIT_CONFIG_GLOBAL": str(home / ".gitconfig"),
        "GIT_CONFIG_NOSYSTEM": "1",
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        # Nothing listens there: a test that means to find an Ollama starts its own server.
        "OLLAMA_HOST": "http://127.0.0.1:9",
    }.items():
        monkeypatch.setenv(name, value)
    (home / ".gitconfig").write_text(
        "[user]\n\tname = Test\n\temail = test@example.invalid\n[init]\n\tdefaultBranch = main\n"
    )

    connect = socket.socket.connect

    def connect_to_loopback_only(self: socket.socket, address: object) -> None:
        if isinstance(address, tuple) and address[0] not in LOOPBACK:
            raise OSError(f"a test tried to reach {address[0]}: no network beyond loopback")
        connect(self, address)  # type: ignore[arg-type]

    monkeypatch.setattr(socket.socket, "connect", connect_to_loopback_only)
    return home


@pytest.fixture(autouse=True)
def patient_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pause ends when the app has settled, not when the machine was busy with something else."""
    monkeypatch.setattr(Pilot, "pause", settling.pause)
