"""The piece of a message that shows why it was found."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from learnchat.learning.recall.found import Excerpt
from learnchat.learning.recall.terms import Wanted, places
from learnchat.learning.text import one_line, shorten

# Two lines of a terminal.
LENGTH = 160
# What stands before the first word that was searched for, so that it can be read.
BEFORE = 30
# Of a pasted log only so much is looked at.
MOST_CHARACTERS = 20_000
ELLIPSIS = "…"


def excerpt(text: str, wanted: Sequence[Wanted], length: int = LENGTH) -> Excerpt:
    """The piece of a text in which most of what is wanted stands, marked; its beginning where nothing does.

    Args:
        text: a message.
        wanted: what was searched for.
        length: of the piece, in characters at most.
    """
    line = one_line(text[:MOST_CHARACTERS])
    found = places(line, {term for each in wanted for term in (each.term, *each.relatives)})
    if not found:
        return Excerpt(shorten(line, length))
    room = length - 2 * len(ELLIPSIS)
    start = _start(found, room, line)
    end = min(len(line), start + room)
    if end < len(line):
        # Not in the middle of a word, where one ends near.
        end = max(line.rfind(" ", start, end), start + room * 2 // 3)
    before, after = ELLIPSIS if start else "", ELLIPSIS if end < len(line) else ""
    shift = len(before) - start
    marks = tuple((first + shift, last + shift) for first, last, _ in found if first >= start and last <= end)
    return Excerpt(f"{before}{line[start:end]}{after}", marks)


def _start(found: Sequence[tuple[int, int, str]], room: int, line: str) -> int:
    """Where the piece begins that has the most different things in it; of equal ones the first."""
    if len(line) <= room:
        return 0
    best, at = 0, 0
    for first, _, _ in found:
        begin = _word_start(line, max(0, first - BEFORE), first)
        different = _different(found, begin, begin + room)
        if different > best:
            best, at = different, begin
    return at


def _different(found: Collection[tuple[int, int, str]], start: int, end: int) -> int:
    return len({term for first, last, term in found if first >= start and last <= end})


def _word_start(line: str, start: int, before: int) -> int:
    if start == 0:
        return 0
    blank = line.find(" ", start, before)
    return blank + 1 if blank >= 0 else before
