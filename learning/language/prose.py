"""Which parts of a message are the user's own prose.

Code, logs, tracebacks, diffs, tables and lines quoted from elsewhere are in a message, but nobody said them.
"""

from __future__ import annotations

import re
from typing import NamedTuple

# Of text that is longer, only the first and the last half outside code blocks are read, so that a paste of any size
# costs the same. What people say about a paste stands before or after it.
READ_LIMIT = 16_384

_FENCE = re.compile(r"```|^[ \t]{0,3}~~~", re.MULTILINE)
_BULLET = re.compile(r"[ \t]*(?:[-*+•‣–][ \t]+(?:\[[ xX]\][ \t]+)?|\d{1,3}[.)][ \t]+|#{1,6}[ \t]+)")
# Lines that nobody said. Each alternative is bounded or a character class, so that a line is read in linear time.
_FOREIGN = re.compile(
    r"[ \t]*(?:"
    r">"  # a quotation, or a prompt of a shell
    r"|[$❯➜%][ \t]+\S|#!|PS [A-Z]:|In \[\d{1,6}\]|\.\.\.[ \t]\S"
    r"|[\w.-]{1,64}@[\w.-]{1,64}[ \t][^\n]{0,80}[%$#]"
    r"|diff --git|index [0-9a-f]{7}|@@ |\+\+\+ |--- [ab/]|commit [0-9a-f]{7}|(?:Author|Date|Merge):[ \t]"
    r"|(?=[a-f]{0,39}\d)[0-9a-f]{7,40}[ \t]"
    r"|(?:feat|fix|chore|refactor|docs|test|tests|perf|build|ci|style|revert)(?:\([^)\n]{0,60}\))?!?:[ \t]"
    r"|\[?\d{4}-\d\d-\d\d[T ]\d\d:|\[?\d\d:\d\d:\d\d"
    r"|\[?(?:INFO|WARN|WARNING|ERROR|DEBUG|TRACE|FATAL|CRITICAL|notice|info|warn|error|debug)\b[\]:|]"
    r"|npm (?:ERR!|WARN|error|warn)|Traceback|File \"|at [\w.$<>]{1,200} ?\(|E[ \t]{2,}|error\[E\d"
    r"|[\w.]{0,80}(?:Error|Exception|Warning)(?: \[[A-Z_]{1,60}\])?:[ \t]"
    r"|Now using node v\d|Found '"  # what nvm prints
    r"|[─-╿⎿⏺ℹ✓✔✖✗✘]|\d{1,5}[ \t]?[|│]"  # frames, results, and numbered lines that tools print
    r"|(?:-[ \t])?(?:uses|runs-on):[ \t]"  # a workflow's file
    r"|(?:import|export)[ \t](?:[{*'\"]|(?:default|const|function|class|type)\b|\w{1,80}[ \t]from[ \t]|[\w.]{1,80}$)"
    r"|from[ \t][\w.]{1,80}[ \t]import[ \t]"
    r"|(?:def|class|func|fn|function|interface|struct|enum)[ \t]\w{1,80}[ \t]?[(:{<]"
    r"|(?:const|let|var)[ \t](?:\w{1,60}[ \t]?[=:]|[{\[])"
    r"|(?:static|public|private|protected)[ \t]\w{1,60}[ \t]\w{1,60}[ \t]?[(=;]"
    r"|#include|</?[A-Za-z!]|//|/\*|\*/|@\w{1,60}[(\n]|\||[\]})][,;)]{0,3}$"
    r"|[\"'][^\"'\n]{1,80}[\"'][ \t]?:"  # a line of JSON
    r"|(?:git|npm|npx|pnpm|yarn|bun|pip|uv|cargo|docker|kubectl|curl|sudo|cd|ls|make|go|python3?|node|ssh|brew|apt)"
    r"[ \t][^\n]{0,200}?(?:[ \t]--?[a-zA-Z]|&&|\|)"
    r")"
)
_CODE_ENDS = (";", "{", "=>", "\\")
_SYMBOLS = re.compile(r"[{}()\[\]<>=;|\\$_/&%^~]")
# Prose has a bracket here and there; from a quarter of all characters on, it is not prose.
_SYMBOL_SHARE = 0.25
_BEFORE_REGION = " \td@T"
_REGION_HEAD = re.compile(r"[ \t]*(?:diff --git|@@ |Traceback \(most recent call last\))")


class Passage(NamedTuple):
    """A run of lines that belong together: offsets into the message's text, in characters."""

    start: int
    end: int


def passages(text: str) -> list[Passage]:
    """The user's own prose in a message, in order: whole paragraphs, list items, or single lines."""
    found: list[Passage] = []
    for start, end in _readable(text):
        found.extend(_paragraphs(text, start, end))
    return found


def _readable(text: str) -> list[tuple[int, int]]:
    """What stands outside fenced code; of more than `READ_LIMIT` characters the first and the last half."""
    outside = _outside_fences(text)
    if sum(end - start for start, end in outside) <= READ_LIMIT:
        return outside
    return _first(outside, READ_LIMIT // 2) + _last(outside, READ_LIMIT // 2)


def _outside_fences(text: str) -> list[tuple[int, int]]:
    # Cheap first: most messages have no fence.
    if "```" not in text and "~~~" not in text:
        return [(0, len(text))]
    outside: list[tuple[int, int]] = []
    position, inside = 0, False
    for fence in _FENCE.finditer(text):
        if not inside and fence.start() > position:
            outside.append((position, fence.start()))
        position, inside = fence.end(), not inside
    if not inside:
        outside.append((position, len(text)))
    return outside


def _first(spans: list[tuple[int, int]], limit: int) -> list[tuple[int, int]]:
    taken: list[tuple[int, int]] = []
    for start, end in spans:
        if limit <= 0:
            break
        taken.append((start, min(end, start + limit)))
        limit -= end - start
    return taken


def _last(spans: list[tuple[int, int]], limit: int) -> list[tuple[int, int]]:
    taken: list[tuple[int, int]] = []
    for start, end in reversed(spans):
        if limit <= 0:
            break
        taken.append((max(start, end - limit), end))
        limit -= end - start
    return taken[::-1]


def _paragraphs(text: str, start: int, end: int) -> list[Passage]:
    found: list[Passage] = []
    open_start = open_end = -1
    last_line = ""
    in_region = after_gap = False
    position = start
    while position < end:
        newline = text.find("\n", position, end)
        line_end = end if newline < 0 else newline
        line = text[position:line_end].removesuffix("\r")
        line_start, position = position, line_end + 1
        blank = not line.strip()
        # Cheap first, here and below: most lines begin with a letter, and few with these.
        in_region = not blank and (in_region or (line[0] in _BEFORE_REGION and bool(_REGION_HEAD.match(line))))
        if blank or in_region or is_foreign(line, after_gap):
            if open_start >= 0:
                found.append(Passage(open_start, open_end))
                open_start = -1
            after_gap = True
            continue
        after_gap = False
        bullet = None if line[0].isalpha() else _BULLET.match(line)
        if open_start >= 0 and (bullet or not _goes_on(last_line, line)):
            found.append(Passage(open_start, open_end))
            open_start = -1
        if open_start < 0:
            open_start = line_start + (bullet.end() if bullet else 0)
        open_end, last_line = line_end, line
    if open_start >= 0:
        found.append(Passage(open_start, open_end))
    return found


def _goes_on(line: str, following: str) -> bool:
    """Whether a line was wrapped: it is long and ends in the middle, and the next one starts in small letters."""
    # Shorter lines were ended by hand: nobody wraps at less than 50 columns.
    return len(line) >= 50 and line.rstrip()[-1:] not in ".!?:;" and following.lstrip()[:1].islower()


def is_foreign(line: str, after_gap: bool = False) -> bool:
    """Whether a line is code, output, a diff, a table or a quotation rather than something said.

    Args:
        line: one line without its end.
        after_gap: whether the line before was blank or foreign; only then is an indented line a code block.
    """
    if _FOREIGN.match(line) or line.rstrip(" \t").endswith(_CODE_ENDS):
        return True
    if after_gap and line.startswith(("    ", "\t")) and not _BULLET.match(line):
        return True
    # Cheap first: most lines of prose have not even four such characters.
    symbols = len(_SYMBOLS.findall(line))
    return symbols > 3 and symbols > len(line) * _SYMBOL_SHARE
