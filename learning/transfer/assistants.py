"""What other assistants read about the project: the profile's insights as the lines of a marked block.

Assistants read the file as it stands, people read it rendered: so code stays code, and only what Markdown or HTML would
take for more than words is escaped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from learnchat.learning.kinds import Kind
from learnchat.learning.profile.insight import Entry, EntryState
from learnchat.learning.text import one_line


class AssistantFile(StrEnum):
    """The files that assistants read by themselves, from the project's root."""

    AGENTS = "AGENTS.md"
    CLAUDE = "CLAUDE.md"
    GEMINI = "GEMINI.md"
    COPILOT = ".github/copilot-instructions.md"


NOTE = "<!-- Written by `learnchat insights export --to`: what is changed between these two lines is lost. -->"
TITLE = "## What was learned about this project"
NOTHING = "Nothing yet."

_CODE = re.compile(r"(?<!`)(`{1,3})(?!`)([^`]{1,400})(?<!`)\1(?!`)")
# Emphasis, links, HTML and code that never ends. `_` inside a word and `&` before no entity are only themselves.
_MARKUP = re.compile(r"[\\`*<>\[\]]|(?<!\w)_|_(?!\w)|~(?=~)|&(?=#|\w{1,31};)")
_LINE_START = re.compile(r"\A(?:(\d{1,9})([.)])|([#+=~-]))")


def standing(entries: Iterable[Entry], now: datetime) -> list[Entry]:
    """Of some entries those that hold."""
    return [
        entry
        for entry in entries
        if entry.state is EntryState.ACTIVE and (entry.expires is None or entry.expires > now)
    ]


def block_lines(entries: Iterable[Entry]) -> list[str]:
    """The lines of the block: by kinds, in each the oldest first, so that what is new moves nothing else."""
    groups: dict[Kind, list[Entry]] = {}
    for entry in sorted(entries, key=lambda entry: (entry.confirmed, entry.id)):
        groups.setdefault(entry.kind, []).append(entry)
    lines = [NOTE, "", TITLE, ""]
    for kind in Kind:
        if kind in groups:
            lines += [f"### {kind.label}", ""]
            lines += [line for entry in groups[kind] for line in _item(entry)]
            lines.append("")
    return lines if groups else [*lines, NOTHING, ""]


def _item(entry: Entry) -> list[str]:
    first, *steps = entry.statement.split("\n") if entry.kind is Kind.PROCEDURE else [entry.statement]
    beside = [f"because {_readable(entry.because)}"] if entry.because else []
    beside += [f"until {entry.expires:%Y-%m-%d}"] if entry.expires is not None else []
    note = f" ({'; '.join(beside)})" if beside else ""
    return [f"- {_readable(first)}{note}", *(f"  - {_readable(step)}" for step in steps if step.strip())]


def _readable(text: str) -> str:
    """Text on one line that is neither a list, a heading, HTML nor a link; code in backticks stays as it is."""
    text = one_line(text)
    parts, at = [], 0
    for code in _CODE.finditer(text):
        parts += [_MARKUP.sub(r"\\\g<0>", text[at : code.start()]), code[0]]
        at = code.end()
    parts.append(_MARKUP.sub(r"\\\g<0>", text[at:]))
    return _LINE_START.sub(r"\1\\\2\3", "".join(parts))
