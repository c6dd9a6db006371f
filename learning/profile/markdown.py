"""LEARNED_INSIGHTS.md: the active entries of a profile for people and for git.

Grouped by kind, one block per insight, in an order that depends on nothing but the entries, so that the same profile
gives the same bytes. Every line of a block carries the insight's id in a comment: no two blocks share a line, and so
git's union merge can't take a line of one for a line of another. Kind and revision are in the comment too, for a merge
may put a block below another heading.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from learnchat.learning.kinds import Kind
from learnchat.learning.profile.insight import Entry, EntryState
from learnchat.learning.text import one_line

HEADING = """\
# Learned insights

<!-- Written by learnchat from insights.json. `learnchat insights` lists them. -->
"""

# What Markdown or HTML would take for its own, at any place in a line. `&` first of all: entities.
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~&!])")
# What starts a block when a line starts with it: lists, rules, setext headings, numbered lists.
_LINE_START = re.compile(r"^(?:([-+=:])|(\d{1,9})([.)]))")
# A bare address becomes a link by itself in most renderers.
_ADDRESS = re.compile(r"(?i)\b(https?(?=:)|ftp(?=:)|mailto(?=:)|javascript(?=:)|data(?=:)|file(?=:)|www(?=\.))([:.])")


def escape(text: str) -> str:
    """Text that Markdown shows as it is: no markup, no HTML, no comment, no link, one line."""
    text = _SPECIAL.sub(r"\\\1", one_line(text))
    text = _ADDRESS.sub(r"\1\\\2", text)
    return _LINE_START.sub(lambda match: f"\\{match[1]}" if match[1] else f"{match[2]}\\{match[3]}", text)


def render(entries: Iterable[Entry]) -> bytes:
    """The file's bytes, with the active entries only."""
    active = [entry for entry in entries if entry.state is EntryState.ACTIVE]
    parts = [HEADING]
    for kind in Kind:
        group = sorted((entry for entry in active if entry.kind is kind), key=lambda entry: (entry.id, entry.statement))
        if group:
            parts.append(f"\n## {kind.label}\n\n" + "".join(_block(entry) for entry in group))
    return "".join(parts).encode("utf-8", "replace")


# A save renders the whole file; of its blocks one or two are new. 20 MB at the most.
@lru_cache(maxsize=16_384)
def _block(entry: Entry) -> str:
    first, *steps = entry.statement.split("\n") if entry.kind is Kind.PROCEDURE else [entry.statement]
    lines = [f"- {escape(first)} <!-- {entry.id} {entry.revision} {entry.kind} -->"]
    lines += [f"  - {escape(step)} <!-- {entry.id} -->" for step in steps if step.strip()]
    if entry.quote != entry.statement:
        lines.append(f"  > {escape(entry.quote)} <!-- {entry.id} -->")
    lines.append(f"  {_details(entry)} <!-- {entry.id} -->")
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
    return " · ".join(details)
