"""LEARNED_INSIGHTS.md: a profile for people and for git, complete, so that `insights.json` can be made from it.

The active entries are grouped by kind, one block per insight, in an order that depends on nothing but the entries, so
that the same profile gives the same bytes. Every line of a block carries the insight's id and revision in a comment: no
two blocks share a line, so git's union merge can't take a line of one for a line of another, and lines of an older
wording that a merge left are told from those of the newer one. Kind and exact times are in the comments too, for a
merge may put a block below another heading. What people need not see (what was replaced or forgotten, the profile's
id) stands in comments at the end, and so does a document whose block does not say all of it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from learnchat.learning.clock import timestamp
from learnchat.learning.kinds import Kind
from learnchat.learning.profile.documents import Document, entry_document
from learnchat.learning.profile.entry_reader import EntryReader
from learnchat.learning.profile.insight import Entry, EntryState
from learnchat.learning.text import one_line

TITLE = "# Learned insights"
NOTE = "<!-- Written by learnchat"
HEADING = f"""\
{TITLE}

{NOTE} beside insights.json. What you change here waits in `learnchat review`. -->
"""
LAST_LINE = "<!-- End of the insights -->"
"""Stands at the end of a file that was not cut off."""
DOCUMENT = "<!-- learnchat "
NEW_HEADING = "New"
"""Above what somebody wrote below no heading of ours."""
SEPARATOR = " · "

# What Markdown or HTML would take for its own, at any place in a line. `&` first of all: entities.
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~&!])")
# What starts a block when a line starts with it: lists, rules, setext headings, numbered lists.
_LINE_START = re.compile(r"^(?:([-+=:])|(\d{1,9})([.)]))")
# A bare address becomes a link by itself in most renderers.
_ADDRESS = re.compile(r"(?i)\b(https?(?=:)|ftp(?=:)|mailto(?=:)|javascript(?=:)|data(?=:)|file(?=:)|www(?=\.))([:.])")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


def escape(text: str) -> str:
    """Text that Markdown shows as it is: no markup, no HTML, no comment, no link, one line."""
    text = _SPECIAL.sub(r"\\\1", one_line(text))
    text = _ADDRESS.sub(r"\1\\\2", text)
    return _LINE_START.sub(lambda match: f"\\{match[1]}" if match[1] else f"{match[2]}\\{match[3]}", text)


def unescape(text: str) -> str:
    """What Markdown shows for a text: of a backslash and a sign the sign."""
    return _ESCAPED.sub(r"\1", text)


def render(
    documents: Iterable[Document],
    reader: EntryReader,
    *,
    changed: Mapping[str, list[Entry]] | None = None,
    removed: Iterable[str] = (),
    added: Iterable[tuple[Kind | None, str]] = (),
) -> bytes:
    """The file's bytes.

    Args:
        documents: resolved; of the profile.
        reader: reads them.
        changed: what stands in the file in other words and nobody has decided about: it stays as it is there.
        removed: ids of what somebody took out of it and nobody has decided about.
        added: the kind and the lines of what somebody wrote into it and nobody has decided about.
    """
    waiting, gone = dict(changed or {}), set(removed)
    blocks: dict[Kind, list[tuple[str, str]]] = {kind: [] for kind in Kind}
    rest: list[str] = []
    for document in documents:
        entry = None if document["id"] in gone or document["id"] in waiting else reader.entry(document)
        if entry is not None and entry.state is EntryState.ACTIVE:
            blocks[entry.kind].append((entry.id, block(entry)))
        if document["id"] not in gone and not (entry is not None and reader.is_whole(document, _says_all)):
            rest.append(document_comment(document))
    for entries in waiting.values():
        for entry in entries:
            blocks[entry.kind].append((entry.id, block(entry)))
    news = list(added)
    parts = [HEADING]
    for kind in Kind:
        lines = [text for _, text in sorted(blocks[kind])] + [text for below, text in news if below is kind]
        if lines:
            parts.append(f"\n## {kind.label}\n\n" + "".join(lines))
    if any(below is None for below, _ in news):
        parts.append(f"\n## {NEW_HEADING}\n\n" + "".join(text for below, text in news if below is None))
    parts.append("\n" + "".join(rest) + LAST_LINE + "\n")
    return "".join(parts).encode("utf-8", "replace")


# A save renders the whole file; of its blocks one or two are new. 20 MB at the most.
@lru_cache(maxsize=16_384)
def block(entry: Entry) -> str:
    """The lines of an entry. Each ends in a comment: id and revision, in the first the kind, in the last the times."""
    mark = f"{entry.id} {entry.revision}"
    first, *steps = entry.statement.split("\n") if entry.kind is Kind.PROCEDURE else [entry.statement]
    lines = [f"- {escape(first)} <!-- {mark} {entry.kind} -->"]
    lines += [f"  - {escape(step)} <!-- {mark} -->" for step in steps if step.strip()]
    if entry.quote != entry.statement:
        lines.append(f"  > {escape(entry.quote)} <!-- {mark} -->")
    times = [timestamp(moment) for moment in (entry.confirmed, entry.expires) if moment is not None]
    lines.append(f"  {_details(entry)} <!-- {mark} {' '.join(times)} -->")
    return "\n".join(lines) + "\n"


def _details(entry: Entry) -> str:
    details = [f"confirmed {entry.confirmed:%Y-%m-%d}"]
    if entry.because:
        details.append(f"because {escape(entry.because)}")
    if entry.tags:
        details.append("tags " + ", ".join(escape(tag) for tag in entry.tags))
    if entry.expires is not None:
        details.append(f"best before {entry.expires:%Y-%m-%d}")
    if entry.replaces is not None:
        details.append(f"replaces {entry.replaces}")
    if entry.pinned:
        details.append("pinned")
    return SEPARATOR.join(details)


def document_comment(document: Document) -> str:
    """A document that stands in a comment, in full. ASCII, and nothing in it ends the comment or hides anything."""
    text = json.dumps(document, separators=(",", ":"))
    for sign, code in (("--", "-\\u002d"), ("<", "\\u003c"), (">", "\\u003e")):
        text = text.replace(sign, code)
    return f"{DOCUMENT}{text} -->\n"


def _says_all(entry: Entry, document: Document) -> bool:
    """Whether an entry's block can be read back to the very document."""
    return (
        entry.state is EntryState.ACTIVE
        and entry.quote == one_line(entry.quote) != ""
        and SEPARATOR.strip() not in entry.because
        and all(step == one_line(step) != "" for step in entry.statement.split("\n"))
        and entry_document(entry) == document
    )
