"""The formats of histories that can be read, and which of them a history has: its content tells."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from learnchat.learning.transcripts import aider, claude_code, codex, gemini_cli, json_lines, own_sessions, specstory
from learnchat.learning.transcripts.lines import Line, Lines, record_in
from learnchat.learning.transcripts.session import Utterance


@dataclass(frozen=True, slots=True)
class Format:
    """One format, and its reader."""

    name: str
    description: str
    """What people know it by."""
    recognises: Callable[[Sequence[Line]], bool]
    """Whether a history with this beginning has the format."""
    read: Callable[[Lines], Iterator[Utterance]]
    """The messages in order. Each has its line among its facts, and its session where that is known."""
    unique_ids: bool = False
    """A message's id is its own in all the world: one that comes twice is the same message, copied."""


# In the order in which they are tried: the strictest first.
FORMATS = (
    Format("learnchat", "learnchat's own sessions", own_sessions.recognises, own_sessions.read, unique_ids=True),
    Format("claude-code", "Claude Code's .jsonl", claude_code.recognises, claude_code.read, unique_ids=True),
    Format("codex", "Codex's rollout-*.jsonl", codex.recognises, codex.read),
    Format("gemini-cli", "Gemini CLI's session-*.jsonl", gemini_cli.recognises, gemini_cli.read, unique_ids=True),
    Format("json-lines", 'JSON lines with "role" and "content" or "text"', json_lines.recognises, json_lines.read),
    Format("specstory", "SpecStory's .md", specstory.recognises, specstory.read),
    Format("aider", "aider's .aider.chat.history.md", aider.recognises, aider.read),
)


class UnknownFormat(ValueError):
    """A history in none of the formats.

    Attributes:
        line: the first line with anything in it.
        reason: what is wrong with it; completes "line 3 …".
    """

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(f"line {line} {reason}")
        self.line = line
        self.reason = reason


def recognise(lines: Lines) -> Format | None:
    """The format of a history, by its beginning; nothing is used up. None: there is nothing in it.

    Raises:
        UnknownFormat: none fits.
    """
    head = lines.head()
    written = [line for line in head if line.text.strip()]
    if not written:
        return None
    found = next((each for each in FORMATS if each.recognises(written)), None)
    if found is None:
        raise UnknownFormat(written[0].number, _what_is_wrong(written[0].text))
    return found


def _what_is_wrong(text: str) -> str:
    if not text.lstrip().startswith(("{", "[")):
        return "begins none of the known histories"
    if record_in(text) is None:
        return "is no JSON object"
    return "is JSON, but no message with a role and a content"


# Files that are known by their names, when a folder is searched.
_AIDER_HISTORY = ".aider.chat.history.md"
_SPECSTORY_FOLDER = (".specstory", "history")
_JSON_LINES = ".jsonl"
# Not looked into: other people's files, and what Claude Code keeps beside its sessions (sub-agents, tools' output).
_PASSED_BY = frozenset(
    (".git", ".hg", ".venv", "venv", "node_modules", "__pycache__", "site-packages", "subagents", "tool-results")
)
# Sub-agents' sessions, as older versions of Claude Code name them.
_SUB_AGENT = "agent-"


def find_histories(folder: Path) -> Iterator[Path]:
    """The files below a folder that have the name of a history, in order. Links to folders are not followed.

    `*.jsonl` are among them, many of which are something else: their content tells.
    """
    for name, folders, files in os.walk(folder):
        folders[:] = sorted(each for each in folders if each not in _PASSED_BY)
        place = Path(name)
        of_specstory = place.resolve().parts[-2:] == _SPECSTORY_FOLDER
        for file in sorted(files):
            known = file == _AIDER_HISTORY or (of_specstory and file.endswith(".md"))
            known = known or (file.endswith(_JSON_LINES) and not file.startswith(_SUB_AGENT))
            # A pipe of such a name would be waited for.
            if known and (place / file).is_file():
                yield place / file
