from __future__ import annotations

import base64
import sys
from pathlib import Path

import pytest

from learnchat.app.clipboard import TERMINAL_LIMIT, copy, sequences, tools


def put(text: str, environment: dict[str, str], found: dict[str, str]) -> tuple[str, list[str]]:
    written: list[str] = []
    return copy(text, environment, written.append, platform="linux", find=found.get), written


def program(folder: Path, name: str, code: int) -> dict[str, str]:
    """A clipboard tool that keeps what it is given in a file."""
    tool = folder / name
    keep = f"open({str(folder / 'got')!r}, 'wb').write(sys.stdin.buffer.read())"
    tool.write_text(f"#!{sys.executable}\nimport sys\n{keep}\nsys.exit({code})\n")
    tool.chmod(0o755)
    return {name: str(tool)}


@pytest.mark.parametrize(
    ("platform", "environment", "expected"),
    [
        ("darwin", {}, ["pbcopy"]),
        ("win32", {}, ["clip.exe"]),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0"}, ["wl-copy", "xclip", "xsel"]),
        ("linux", {"DISPLAY": ":0"}, ["xclip", "xsel"]),
        ("linux", {"WSL_DISTRO_NAME": "Ubuntu"}, ["clip.exe"]),
        ("linux", {}, []),
        ("linux", {"DISPLAY": ":10", "SSH_CONNECTION": "1 2 3 4"}, []),
        ("darwin", {"SSH_TTY": "/dev/pts/0"}, []),
    ],
)
def test_the_tools_are_those_of_whoever_sits_at_the_terminal(
    platform: str, environment: dict[str, str], expected: list[str]
) -> None:
    assert [tool[0] for tool in tools(environment, platform)] == expected


def test_a_tool_takes_the_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = program(tmp_path, "xclip", 0)
    monkeypatch.setenv("PATH", str(tmp_path))

    assert put("Grüße", {"DISPLAY": ":0"}, found) == ("5 characters copied with xclip", [])
    assert (tmp_path / "got").read_bytes().decode() == "Grüße"


def test_where_the_tool_fails_the_terminal_is_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = program(tmp_path, "xclip", 1)
    monkeypatch.setenv("PATH", str(tmp_path))
    done, written = put("x", {"DISPLAY": ":0"}, found)

    assert done == "xclip failed; 1 character to the terminal (OSC 52); paste to check"
    assert written == [f"\x1b]52;c;{base64.b64encode(b'x').decode()}\x07"]


def test_in_tmux_the_terminal_outside_is_asked_and_tmux_itself() -> None:
    wrapped, plain = sequences("x", in_tmux=True)

    assert wrapped == f"\x1bPtmux;\x1b{plain}\x1b\\"
    assert [plain] == sequences("x", in_tmux=False)


def test_more_than_a_terminal_takes_is_not_sent() -> None:
    done, written = put("x" * (TERMINAL_LIMIT + 1), {}, {})

    assert done.startswith("not copied, ")
    assert "/save" in done
    assert written == []


def test_half_an_emoji_is_copied_as_far_as_it_goes() -> None:
    assert put("\ud83d", {}, {})[1]
