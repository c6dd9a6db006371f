"""Which format a file has that is to be imported."""

from __future__ import annotations

from datetime import datetime

from learnchat.learning.profile import markdown_reader
from learnchat.learning.transfer.candidate import Candidate
from learnchat.learning.transfer.marked_block import without_block
from learnchat.learning.transfer.notes import read_notes
from learnchat.learning.transfer.records import read_json, read_json_lines


def read(name: str, data: bytes, now: datetime) -> tuple[list[Candidate], int]:
    """The statements in a file, by its ending, and where it has none by its first character.

    Args:
        name: the file's; empty for standard input.
        data: its bytes.
        now: for what does not say when it was confirmed.

    Returns:
        The statements in their order, and how many records have none or can't be read.

    Raises:
        ValueError: it ends in `.json` and is no JSON.
        BlockError: the markers of learnchat's own block in a Markdown file are odd.
    """
    ending = name.lower().rpartition(".")[2] if "." in name else ""
    if ending in ("jsonl", "ndjson"):
        return read_json_lines(data)
    if ending == "json":
        return read_json(data)
    if ending not in ("md", "markdown", "mdc", "txt") and data.lstrip()[:1] in (b"{", b"["):
        try:
            return read_json(data)
        except ValueError:
            return read_json_lines(data)
    # What learnchat wrote itself into a file of another assistant is none of that file's statements.
    return _read_markdown(without_block(data, name or "The text"), now), 0


def _read_markdown(data: bytes, now: datetime) -> list[Candidate]:
    """Insights of a LEARNED_INSIGHTS.md of learnchat's own, else the list items of any Markdown."""
    content = markdown_reader.parse(data)
    if not content.blocks:
        return read_notes(data.decode("utf-8-sig", "replace"))
    entries = [entry for block in (*content.blocks, *content.bullets) if (entry := block.entry(None, now)) is not None]
    return [
        Candidate(
            statement=entry.statement,
            kind=entry.kind,
            quote=entry.quote,
            tags=entry.tags,
            because=entry.because,
            expires=entry.expires,
        )
        for entry in entries
    ]
