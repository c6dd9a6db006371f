"""A picture from the clipboard, by the platform's own tool. No terminal hands one over: it pastes text alone."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence

from learnchat.app.attachments.reading import KB, Item, Limits, Unfit, picture_type, size_words
from learnchat.app.clipboard import TIMEOUT_SECONDS
from learnchat.app.models.model import Image

NONE_THERE = "There is no picture on the clipboard."
# How AppleScript prints what is no text: «data PNGf89504E47…».
_PRINTED = re.compile(rb"\xc2\xabdata PNGf([0-9A-Fa-f]+)\xc2\xbb")


def picture_tools(environment: Mapping[str, str], platform: str) -> list[Sequence[str]]:
    """The programs that print a picture of the clipboard of whoever sits at the terminal, the best first."""
    if environment.get("SSH_TTY") or environment.get("SSH_CONNECTION"):
        return []
    if platform == "darwin":
        return [("pngpaste", "-"), ("osascript", "-e", "get the clipboard as «class PNGf»")]
    found: list[Sequence[str]] = []
    if environment.get("WAYLAND_DISPLAY"):
        found.append(("wl-paste", "--no-newline", "--type", "image/png"))
    if environment.get("DISPLAY"):
        found.append(("xclip", "-selection", "clipboard", "-t", "image/png", "-o"))
    return found


def read_picture(
    environment: Mapping[str, str],
    limits: Limits,
    *,
    platform: str = sys.platform,
    find: Callable[[str], str | None] = shutil.which,
) -> Item:
    """The picture on the clipboard. May take `TIMEOUT_SECONDS`: for a thread.

    Args:
        environment: tells whether there is a desktop, or another machine's terminal.
        limits: the user's.
        platform: as `sys.platform`.
        find: the path of a program, or None.

    Raises:
        Unfit: there is none, it is too large, or nothing here can read it.
    """
    wanted = picture_tools(environment, platform)
    there = [tool for tool in wanted if find(tool[0]) is not None]
    if not there:
        names = " or ".join(dict.fromkeys(tool[0] for tool in wanted))
        way = f" Install {names}." if names else " Save it, and name the file with @."
        raise Unfit(f"The clipboard's pictures can't be read here.{way}")
    data = next((data for tool in there if (data := _printed_by(tool)) and picture_type(data)), b"")
    if not data:
        raise Unfit(NONE_THERE)
    if len(data) > limits.image * KB:
        raise Unfit(f"The picture on the clipboard has {size_words(len(data))}; the limit is {limits.image:,} KB.")
    return Item("pasted picture", "image", len(data), image=Image(picture_type(data), data))


def label(picture: Item, number: int) -> str:
    """What stands for a picture in the prompt.

    Args:
        picture: the picture.
        number: how many were pasted before it and this one.
    """
    return f"[picture {number}, {size_words(picture.size)}]"


def _printed_by(tool: Sequence[str]) -> bytes:
    try:
        done = subprocess.run(
            tool,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=TIMEOUT_SECONDS,
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return b""
    if done.returncode != 0:
        return b""
    printed = _PRINTED.search(done.stdout)
    return bytes.fromhex(printed[1].decode("ascii")) if printed else done.stdout
