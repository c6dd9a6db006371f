"""What somebody wrote into the Markdown: both files and the last render, compared id by id.

The order of truth: `insights.json` before the Markdown, unless only the Markdown changed since it was rendered; if both
changed, three-way. What the Markdown has beyond `insights.json` is never taken over by itself: it waits for the user.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from learnchat.learning.kinds import Kind
from learnchat.learning.profile import markdown
from learnchat.learning.profile.documents import Document, entry_document, highest_revision, is_entry
from learnchat.learning.profile.entry_reader import EntryReader
from learnchat.learning.profile.insight import Entry, EntryState
from learnchat.learning.profile.markdown_reader import Block, MarkdownContent
from learnchat.learning.profile.rendered import Said, said_hash

# A bullet without an id gets one when it is accepted; until then it is called by its words.
BULLET_PREFIX = "new-"
BULLET_DIGITS = 6


@dataclass(frozen=True, slots=True)
class Bullet:
    """What a person wrote into the Markdown, without an id."""

    entry: Entry
    """Its id is made of its words."""
    heading: Kind | None
    text: str
    """As it stands in the file."""


@dataclass(slots=True)
class Edits:
    """What the Markdown has beyond `insights.json`."""

    changed: dict[str, list[Entry]] = field(default_factory=dict)
    """For ids the wordings that `insights.json` does not have."""
    conflicting: set[str] = field(default_factory=set)
    """Those of them that `insights.json` has in other words than it had: both changed."""
    removed: set[str] = field(default_factory=set)
    """Ids that stood in it when it was rendered, that `insights.json` still has as it was."""
    bullets: list[Bullet] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    """Lines of the file that can't be understood, or hold more than an insight may."""

    def __bool__(self) -> bool:
        return bool(self.changed or self.removed or self.bullets)

    def without(self, decided: Iterable[Document]) -> Edits:
        """What still waits when some documents were decided about."""
        documents = list(decided)
        ids = {document["id"] for document in documents}
        words = {(document.get("statement"), document.get("kind")) for document in documents}
        return Edits(
            {name: entries for name, entries in self.changed.items() if name not in ids},
            self.conflicting - ids,
            self.removed - ids,
            [each for each in self.bullets if (each.entry.statement, each.entry.kind.value) not in words],
            self.unread,
        )


def compare(
    documents: Iterable[Document], reader: EntryReader, content: MarkdownContent, rendered: Said | None, at: datetime
) -> Edits:
    """Compare the files with each other and with what they were.

    Args:
        documents: of `insights.json`, resolved.
        reader: reads them.
        content: of the Markdown.
        rendered: what stood in both when they were written last; None where it is not known.
        at: when something was confirmed that does not say so.
    """
    edits = Edits(bullets=_bullets(content.bullets, at), unread=content.others[:])
    by_id: dict[str, list[Document]] = {}
    for document in documents:
        if is_entry(document):
            by_id.setdefault(document["id"], []).append(document)
    in_file = {
        name: {reader.said(each): entry for each in group if (entry := reader.entry(each)) is not None}
        for name, group in by_id.items()
    }
    before = rendered or {}
    # A merge may put a block below another heading. Where `insights.json` is as it was, there was none.
    by_heading = rendered is not None and {name: frozenset(said) for name, said in in_file.items() if said} == {
        name: said for name, said in before.items() if said
    }
    blocks = _newest(content.blocks)
    for name, standing in blocks.items():
        group, said = by_id.get(name, []), in_file.get(name, {})
        # Whoever edits by hand leaves the revision as it is: a lower one is a line that a merge left.
        as_it_was = rendered is None or set(said) == set(before.get(name, ()))
        if as_it_was and standing[0].revision < highest_revision(group, name):
            continue
        ours = {line for entry in said.values() for line in markdown.block(entry).splitlines()}
        shown: dict[str, Entry] = {}
        for block in standing:
            # Of two wordings in one revision a merge mixes the lines: all of them are ours.
            if not by_heading and ours.issuperset(block.lines):
                continue
            entry = block.entry(_source(block, group, content.documents, reader), at, by_heading=by_heading)
            if entry is not None:
                shown[said_hash(entry)] = entry
            else:
                edits.unread += block.lines
        new = [entry for key, entry in shown.items() if key not in said and key not in before.get(name, ())]
        if new:
            edits.changed[name] = new
            if not said.keys() <= before.get(name, said.keys()):
                edits.conflicting.add(name)
    for name, said in in_file.items():
        active = [key for key, entry in said.items() if entry.state is EntryState.ACTIVE]
        # Of a file that was cut off nothing was taken out.
        if content.whole and active and name not in blocks and name in before and said.keys() <= before[name]:
            edits.removed.add(name)
    return edits


def rebuilt(content: MarkdownContent, reader: EntryReader, at: datetime) -> list[Document]:
    """The documents that a Markdown file holds: all that `insights.json` held when it was rendered."""
    documents = list(content.documents)
    for block in content.blocks:
        source = _source(block, [], content.documents, reader)
        entry = block.entry(source, at)
        # Where a comment has all of it, with what a block can't show, that is the document.
        if entry is not None and entry != source:
            documents.append(entry_document(entry))
    return documents


def _newest(blocks: Iterable[Block]) -> dict[str, list[Block]]:
    """For each id the blocks of its highest revision: a merge may have left those of lower ones."""
    newest: dict[str, list[Block]] = {}
    # Emptied, a line is as good as deleted.
    for block in (each for each in blocks if any(any(map(str.isalnum, words)) for words in each.words)):
        held = newest.setdefault(block.id, [])
        if held and block.revision > held[0].revision:
            held.clear()
        if not held or block.revision == held[0].revision:
            held.append(block)
    return newest


def _source(
    block: Block, group: Iterable[Document], documents: Iterable[Document], reader: EntryReader
) -> Entry | None:
    """The entry that a block was rendered from: of its id and revision, the one that it looks like."""
    same = [
        entry
        for document in (*group, *documents)
        if document["id"] == block.id and document["revision"] == block.revision
        if (entry := reader.entry(document)) is not None and entry.state is EntryState.ACTIVE
    ]
    return next((entry for entry in same if block.text.startswith(_first_line(entry))), next(iter(same), None))


def _first_line(entry: Entry) -> str:
    return markdown.block(entry).split("\n", 1)[0]


def _bullets(blocks: Iterable[Block], at: datetime) -> list[Bullet]:
    bullets: dict[str, Bullet] = {}
    for block in blocks:
        entry = block.entry(None, at)
        if entry is not None:
            name = _bullet_name(entry, bullets)
            bullets.setdefault(name, Bullet(replace(entry, id=name), block.heading, block.text))
    return list(bullets.values())


def _bullet_name(entry: Entry, others: Mapping[str, Bullet]) -> str:
    """What a bullet is called by: as much of its words' hash as no bullet of other words has."""
    digest = hashlib.sha256(f"{entry.kind}\0{entry.statement}".encode("utf-8", "replace")).hexdigest()
    names = (BULLET_PREFIX + digest[:digits] for digits in range(BULLET_DIGITS, len(digest)))
    return next(name for name in names if name not in others or _says(others[name].entry, entry))


def _says(one: Entry, other: Entry) -> bool:
    return (one.kind, one.statement) == (other.kind, other.statement)
