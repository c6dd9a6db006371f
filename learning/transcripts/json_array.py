"""The elements of a JSON array, one after the other: an export of hundreds of megabytes is never held as a whole."""

from __future__ import annotations

import codecs
import json
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

CHUNK_BYTES = 1024 * 1024
# Characters. One conversation of so much is a fault of the file: what follows is not read.
ELEMENT_LIMIT = 256 * 1024 * 1024
_BLANK = " \t\r\n"


class NotAnArray(ValueError):
    """The text is no JSON array, or is damaged."""


def elements(stream: BinaryIO, advance: Callable[[int], None] | None = None) -> Iterator[Any]:
    """Read an array of UTF-8 JSON.

    Args:
        stream: read to the end of the array.
        advance: called with the number of bytes that were read since the last call.

    Raises:
        NotAnArray: it is none, or ends before its end.
    """
    decode, parse = codecs.getincrementaldecoder("utf-8-sig")("replace").decode, json.JSONDecoder().raw_decode
    text, ended, wanted = "", False, CHUNK_BYTES

    def more() -> None:
        nonlocal text, ended
        data = stream.read(wanted)
        text += decode(data, final=not data)
        ended = not data
        if advance is not None:
            advance(len(data))

    more()
    if not text.lstrip(_BLANK).startswith("["):
        raise NotAnArray("it does not begin with [")
    text = text.lstrip(_BLANK)[1:]
    while True:
        text = text.lstrip(_BLANK + ",")
        if text.startswith("]"):
            return
        try:
            element, end = parse(text) if text else (None, 0)
        except (ValueError, RecursionError):
            end = 0
        # A number or a word that ends where the text does may go on.
        if end and (end < len(text) or ended):
            yield element
            text, wanted = text[end:], CHUNK_BYTES
        elif ended or len(text) > ELEMENT_LIMIT:
            raise NotAnArray("it is damaged, or ends before its end")
        else:
            # Twice as much each time: an element is parsed from its beginning at each try.
            more()
            wanted = max(len(text), CHUNK_BYTES)
