from __future__ import annotations

import os
import threading

import pytest

from learnchat.app.attachments.reading import Item, Limits, Unfit
from learnchat.app.piped_input import label, read_in_background


def read(data: bytes, limits: Limits | None = None) -> Item | Unfit | None:
    reading, writing = os.pipe()
    found: list[Item | Unfit | None] = []
    done = threading.Event()

    def take(item: Item | Unfit | None) -> None:
        found.append(item)
        done.set()

    def write() -> None:
        try:
            with os.fdopen(writing, "wb") as file:
                file.write(data)
        except BrokenPipeError:
            pass

    threading.Thread(target=write, daemon=True).start()
    read_in_background(reading, limits or Limits(), take)
    assert done.wait(5)
    return found[0]


def test_text_is_read_to_its_end() -> None:
    item = read(b"+ a\n- b\n")
    assert item == Item("standard input", "input", 8, text="+ a\n- b\n")
    assert label(item) == "[standard input, 2 lines, 8 bytes]"


@pytest.mark.parametrize("data", [b"", b" \n\n"])
def test_nothing_is_nothing(data: bytes) -> None:
    assert read(data) is None


def test_what_is_longer_than_the_limit_is_cut_and_its_writer_told() -> None:
    item = read(b"x" * 3_000_000, Limits(message=2, image=1))
    assert isinstance(item, Item)
    assert (len(item.text), item.cut) == (2048, True)
    assert label(item).endswith(", cut]")


def test_binary_is_refused() -> None:
    assert isinstance(read(b"\0\1\2" * 100), Unfit)


def test_a_picture_is_one() -> None:
    item = read(b"\x89PNG\r\n\x1a\n" + b"\0" * 50)
    assert isinstance(item, Item)
    assert item.image is not None
    assert label(item) == "[standard input, a picture, 58 bytes]"
