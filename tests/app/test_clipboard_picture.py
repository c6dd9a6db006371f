from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from learnchat.app.attachments.reading import Limits, Unfit
from learnchat.app.clipboard_picture import NONE_THERE, picture_tools, read_picture
from support.chat import open_chat
from support.model_server import ModelServer
from support.talks import hold

MODEL = "anthropic/claude-test"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 100


def program(folder: Path, name: str, output: bytes, code: int = 0) -> None:
    """A clipboard tool that prints this."""
    tool = folder / name
    tool.write_text(f"#!{sys.executable}\nimport sys\nsys.stdout.buffer.write({output!r})\nsys.exit({code})\n")
    tool.chmod(0o755)


@pytest.fixture
def tools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of programs, the only one on the path."""
    folder = tmp_path / "programs"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return folder


def read(platform: str = "linux", **environment: str) -> bytes:
    item = read_picture(environment, Limits(image=1), platform=platform)
    assert item.image is not None
    assert item.image.media_type == "image/png"
    return item.image.data


@pytest.mark.parametrize(
    ("platform", "environment", "expected"),
    [
        ("linux", {"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0"}, ["wl-paste", "xclip"]),
        ("linux", {"DISPLAY": ":0"}, ["xclip"]),
        ("linux", {}, []),
        ("linux", {"DISPLAY": ":10", "SSH_CONNECTION": "1 2 3 4"}, []),
        ("darwin", {}, ["pngpaste", "osascript"]),
        ("darwin", {"SSH_TTY": "/dev/pts/0"}, []),
    ],
)
def test_the_tools_are_those_of_whoever_sits_at_the_terminal(
    platform: str, environment: dict[str, str], expected: list[str]
) -> None:
    assert [tool[0] for tool in picture_tools(environment, platform)] == expected


def test_the_first_tool_that_has_a_picture_gives_it(tools: Path) -> None:
    program(tools, "wl-paste", b"No suitable type of content copied\n", 1)
    program(tools, "xclip", PNG)
    assert read(WAYLAND_DISPLAY="wayland-0", DISPLAY=":0") == PNG


def test_macos_prints_it_in_hexadecimal(tools: Path) -> None:
    program(tools, "osascript", f"«data PNGf{PNG.hex().upper()}»\n".encode())
    assert read("darwin") == PNG


@pytest.mark.parametrize("output", [b"", b"only text", b"\xff\xfe\x00binary"])
def test_what_is_no_picture_is_none(tools: Path, output: bytes) -> None:
    program(tools, "xclip", output)
    with pytest.raises(Unfit, match=NONE_THERE):
        read(DISPLAY=":0")


def test_one_that_is_too_large_is_refused(tools: Path) -> None:
    program(tools, "xclip", PNG + b"\0" * 2000)
    with pytest.raises(Unfit, match="the limit is 1 KB"):
        read(DISPLAY=":0")


@pytest.mark.parametrize(
    ("environment", "way"), [({"DISPLAY": ":0"}, "Install xclip."), ({}, "Save it, and name the file with @.")]
)
def test_without_a_tool_the_way_out_is_said(tools: Path, environment: dict[str, str], way: str) -> None:
    with pytest.raises(Unfit, match=way):
        read(**environment)


async def test_a_picture_is_pasted_and_goes_along(
    project: Path, server: ModelServer, tools: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISPLAY", ":0")
    program(tools, "xclip", PNG)
    async with open_chat(project, model=MODEL) as chat:
        await chat.type("see ")
        await chat.pilot.press("ctrl+v")
        await chat.until(lambda: chat.prompt.text == "see [picture 1, 108 bytes] ", "the picture")
        await chat.pilot.press("enter")
        await chat.until(lambda: "Hello, world." in chat.said, "the reply")
        assert "with pasted picture 108 bytes" in chat.said
        await chat.send("/paste")
        await chat.until(lambda: chat.prompt.text == "[picture 2, 108 bytes] ", "another one")
        await chat.pilot.press("backspace", "backspace")
        assert chat.prompt.text == ""
    assert '"type": "image"' in json.dumps(server.chats[0].body)


async def test_without_a_picture_what_was_copied_here_is_pasted(project: Path, tools: Path) -> None:
    async with open_chat(project) as chat:
        chat.app.copy_to_clipboard("copied here")
        await chat.pilot.press("ctrl+v")
        await chat.until(lambda: chat.prompt.text == "copied here", "the text")
        await chat.send("/paste")
        await chat.until(lambda: "The clipboard's pictures can't be read here." in chat.said, "why not")


async def test_what_was_copied_last_is_pasted_by_whatever_way(project: Path, tools: Path) -> None:
    async with open_chat(project, resume=hold(project, "show me", "```sh\nmake test\n```\n")) as chat:
        chat.app.copy_to_clipboard("marked before")
        await chat.send("/copy code")
        await chat.until(lambda: "Code block 1 of 1:" in chat.status, "the copy")
        await chat.pilot.press("ctrl+v")
        await chat.until(lambda: chat.prompt.text == "make test\n", "the block")
        chat.prompt.clear()
        chat.app.copy_to_clipboard("marked since")
        await chat.pilot.press("ctrl+v")
        await chat.until(lambda: chat.prompt.text == "marked since", "what was marked since")
