"""Reading what is attached: text up to a limit, pictures whole, nothing else."""

from __future__ import annotations

import codecs
import re
import stat
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from learnchat.app.models.model import Image

Kind = Literal["file", "folder", "image", "input"]

# By their first bytes, because a name can say anything. What both Anthropic's and OpenAI's services take.
_PICTURES = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
)
# So much is enough to tell text from anything else: git looks at as much.
_HEAD_BYTES = 8000
# No text has these, and nearly everything else has some within a few hundred bytes. Those of a terminal's log may be in
# one: tab, line ends, backspace, form feed, escape.
_CONTROLS = re.compile(b"[\x00-\x07\x0b\x0e-\x1a\x1c-\x1f\x7f]")
# Western European languages, which Windows-1252 is for, have an accent on every tenth letter at most; a word alone may
# have more. Above this it is another encoding, and would be read as gibberish.
_MOST_ACCENTED = 0.5
# How bytes that are no UTF-8 are read: as Windows-1252, and as Latin-1 where that has no character.
_WESTERN = {0xDC00 + byte: bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(0x80, 0x100)}
KB = 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """How much may go along, in KB."""

    file: int = 100
    """Of one file; a longer one is given by its beginning."""
    message: int = 400
    """Of all text with one message."""
    image: int = 4096
    """Of one picture; a larger one is refused, because half of one is none."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that goes along with a message."""

    name: str
    """As it was mentioned, or as a file of the folder that was."""
    kind: Kind
    size: int
    """Bytes on the disk, or of the input."""
    text: str = ""
    image: Image | None = None
    cut: bool = False
    """Whether `text` is only its beginning."""
    folder: str = ""
    """The folder that was mentioned, where it goes along as part of one."""


class Unfit(Exception):
    """It can't be attached; the message is a sentence about it."""


def size_words(size: int) -> str:
    """A size for people: "812 bytes", "12 KB", "3.4 MB"."""
    if size < KB:
        return f"{size} bytes"
    return f"{size / KB:,.0f} KB" if size < KB * KB else f"{size / KB / KB:,.1f} MB"


def read_item(path: Path, name: str, limits: Limits, room: int) -> Item:
    """A file as it goes along.

    Args:
        path: where it lies.
        name: how it is called in the message.
        limits: the user's.
        room: bytes of text that may still go along with this message.

    Raises:
        Unfit: it is no ordinary file, can't be read, is no text and no picture, or a picture that is too large.
    """
    try:
        # Asked before opening: a pipe that somebody put there would hang the program.
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise Unfit(f"{name} is no ordinary file.")
        with path.open("rb") as file:
            head = file.read(_HEAD_BYTES)
            if media_type := picture_type(head):
                if found.st_size > limits.image * KB:
                    raise Unfit(
                        f"{name} is a picture of {size_words(found.st_size)}; the limit is {limits.image:,} KB."
                    )
                return Item(name, "image", found.st_size, image=Image(media_type, head + file.read()))
            most = min(limits.file * KB, room)
            data = (head + file.read(max(most + 1 - len(head), 0)))[: most + 1]
    except OSError as error:
        raise Unfit(f"{name} can't be read: {error.strerror or error}.") from None
    text = as_text(data[:most])
    if text is None:
        raise Unfit(f"{name} is binary ({size_words(found.st_size)}): only text and pictures can be attached.")
    return Item(name, "file", found.st_size, text=text, cut=found.st_size > most)


def cut_to(item: Item, most: int) -> Item:
    """A text as it goes along: no more than its beginning, so many bytes at most."""
    data = item.text.encode("utf-8", "replace")
    return item if len(data) <= most else replace(item, text=data[:most].decode("utf-8", "ignore"), cut=True)


def picture_type(head: bytes) -> str:
    """The media type of a picture that begins so; empty where it is none that models take."""
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    return next((name for begins, name in _PICTURES if head.startswith(begins)), "")


def as_text(data: bytes) -> str | None:
    """What the bytes say, or None where they are no text. A character torn at the end is left out.

    What is no UTF-8 is read as Windows-1252, byte by byte: a diff can hold both.
    """
    encoding = "utf-16" if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"
    if encoding == "utf-8-sig" and b"\0" in data[:_HEAD_BYTES]:
        return None
    try:
        text = codecs.getincrementaldecoder(encoding)().decode(data)
    except UnicodeDecodeError:
        return _western(data)
    return text.replace("\r\n", "\n")


def _western(data: bytes) -> str | None:
    if _CONTROLS.search(data):
        return None
    text = data.decode("utf-8-sig", "surrogateescape")
    accented = sum("\udc80" <= character <= "\udcff" for character in text)
    return None if accented > len(text) * _MOST_ACCENTED else text.translate(_WESTERN).replace("\r\n", "\n")
