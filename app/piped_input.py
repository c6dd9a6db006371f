"""What is piped into the chat: `git diff | learnchat` opens with it attached, and keys come from the terminal."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable

from learnchat.app.attachments.reading import KB, Item, Limits, Unfit, as_text, picture_type, size_words
from learnchat.app.models.model import Image

NAME = "standard input"
_CHUNK = 65_536


def read_in_background(pipe: int, limits: Limits, done: Callable[[Item | Unfit | None], None]) -> None:
    """Read a pipe to its end or to the limit, in a thread that holds up no exit, and hand over what came.

    Args:
        pipe: a file descriptor; it is closed, so that whoever writes more is told.
        limits: how much may go along.
        done: called in the thread, with None where nothing came.
    """
    threading.Thread(target=lambda: done(_read(pipe, limits)), name="piped input", daemon=True).start()


def label(item: Item) -> str:
    """What stands for it in the prompt: "[standard input, 312 lines, 12 KB]"."""
    if item.image is not None:
        return f"[{NAME}, a picture, {size_words(item.size)}]"
    lines = item.text.removesuffix("\n").count("\n") + 1
    cut = ", cut" if item.cut else ""
    return f"[{NAME}, {lines:,} line{'' if lines == 1 else 's'}, {size_words(item.size)}{cut}]"


def _read(pipe: int, limits: Limits) -> Item | Unfit | None:
    most = max(limits.message, limits.image) * KB
    data = bytearray()
    try:
        while len(data) <= most and (chunk := os.read(pipe, _CHUNK)):
            data += chunk
    except OSError as error:
        return Unfit(f"Standard input can't be read: {error.strerror or error}.")
    finally:
        os.close(pipe)
    return _item(bytes(data), limits) if data.strip() else None


def _item(data: bytes, limits: Limits) -> Item | Unfit:
    if media_type := picture_type(data[:16]):
        if len(data) > limits.image * KB:
            return Unfit(f"Standard input is a picture beyond the limit of {limits.image:,} KB.")
        return Item(NAME, "image", len(data), image=Image(media_type, data))
    most = limits.message * KB
    text = as_text(data[:most])
    if text is None:
        return Unfit("Standard input is binary: only text and pictures can be attached.")
    return Item(NAME, "input", len(data), text=text, cut=len(data) > most)


def take_keyboard() -> int | None:
    """Put the terminal in the place of a standard input that is none; returns what was there, to be read.

    None where there is no terminal to take.
    """
    if os.name == "nt":
        return None
    try:
        # By its own name: macOS can't wait for keys on /dev/tty.
        terminal = os.open(os.ttyname(sys.stderr.fileno()), os.O_RDWR)
    except OSError:
        return None
    piped = os.dup(0)
    os.dup2(terminal, 0)
    os.close(terminal)
    return piped
