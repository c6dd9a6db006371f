"""What comes by a pipe, as bytes: its encoding is whatever its writer used."""

from __future__ import annotations

import io
import sys
from typing import BinaryIO


def standard_input() -> BinaryIO:
    """Standard input, to be read from."""
    # A program without a console has none; one that embeds this may have put text in its place.
    buffer: BinaryIO | None = getattr(sys.stdin, "buffer", None)
    return buffer or io.BytesIO(sys.stdin.read().encode("utf-8", "replace") if sys.stdin else b"")
