"""What stood in the two files of a profile when learnchat last wrote them: the common ancestor of what they became.

Kept in the user's data as one hash per wording. It is derived: lost, the next write makes it again, and until then
nothing is known of who changed what.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from learnchat.learning.disk.files import Identity, identity, render_json, render_large_json, replace_file
from learnchat.learning.profile.documents import Document, entry_document
from learnchat.learning.profile.insight import Entry

# 64 bits: of two wordings of one insight, two share a hash never.
HASH_DIGITS = 16
# No file is this one: what is remembered does not hold.
UNKNOWN: Identity = (-1, -1, -1)

# How the file begins. Most openings want no more of it, and the rest of a large one takes them 10 ms.
_HEAD = re.compile(
    rb'\{"insights":(?:null|\[[0-9,]+\]),"markdown":"[0-9a-f]*","identity":(?:null|\[[0-9,]+\]),"said":\{'
)

Said = Mapping[str, frozenset[str]]
"""For each id the hashes of its wordings."""


def said_hash(entry: Entry) -> str:
    """The hash of all that an entry says, dates and pin too; not of its revision."""
    document = entry_document(replace(entry, revision=1))
    return hashlib.sha256(render_json(document).encode("utf-8", "replace")).hexdigest()[:HASH_DIGITS]


def digest(data: bytes) -> str:
    """The hash of a file."""
    return hashlib.sha256(data).hexdigest()


class Reads(Protocol):
    """Reads documents, each once."""

    def said(self, document: Document) -> str:
        """The hash of all that the entry in a document says; empty when there is none."""


class Rendered:
    """`rendered.json` of one profile."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._identity: Identity | None = None
        self._said: dict[str, frozenset[str]] | None = None
        self._unread = b""
        """The file, while nobody has asked for all of it."""
        self._markdown = ""
        self._of_markdown: Identity | None = None
        self._of_insights: Identity | None = None

    def _refresh(self) -> None:
        now = identity(self._path)
        if now == self._identity:
            return
        self._identity = now
        self._said, self._unread, self._markdown, self._of_markdown, self._of_insights = None, b"", "", None, None
        try:
            data = self._path.read_bytes()
            head = _HEAD.match(data)
            record = json.loads(data if head is None else data[: head.end()] + b"}}")
            self._markdown = str(record["markdown"])
            self._of_markdown = _identity(record["identity"])
            self._of_insights = _identity(record["insights"])
            self._unread = data
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            pass

    def said(self) -> Said | None:
        """What was written for each id; None where nothing is known."""
        self._refresh()
        data, self._unread = self._unread, b""
        if data:
            with contextlib.suppress(ValueError, KeyError, TypeError, AttributeError, RecursionError):
                said = json.loads(data)["said"]
                self._said = {str(name): frozenset(map(str, hashes)) for name, hashes in said.items()}
        return self._said

    def is_markdown(self, markdown: str) -> bool:
        """Whether a Markdown file with this digest is the one that was written, and nothing waited in it then."""
        self._refresh()
        return self._markdown == markdown

    def is_identity(self, markdown: Identity) -> bool:
        """Whether it is that very file still: then it need not be read."""
        self._refresh()
        return self._of_markdown == markdown

    def is_insights(self, insights: Path) -> bool:
        """Whether `insights.json` is that very file still."""
        self._refresh()
        return self._of_insights is not None and self._of_insights == identity(insights)

    def note(
        self,
        documents: Iterable[Document],
        reader: Reads,
        decided: Collection[str],
        insights: Path,
        markdown: Path,
        *,
        waits: bool,
    ) -> None:
        """Note what was written.

        What `insights.json` has in other words than when it was noted last, and nobody decided about, stays noted as
        it was then: else its change would be forgotten.

        Args:
            documents: what stands in `insights.json`.
            reader: reads them.
            decided: ids of what was decided about.
            insights: that file.
            markdown: the Markdown file.
            waits: whether there is something in it that nobody has decided about.

        Raises:
            OSError: it can't be written.
        """
        known = self.said() or {}
        said: dict[str, set[str]] = {}
        for document in documents:
            said.setdefault(document["id"], set()).add(reader.said(document))
        kept = {
            name for name, hashes in said.items() if name in known and name not in decided and hashes != known[name]
        }
        self._said = {
            name: frozenset(known[name] if name in kept else hashes) for name, hashes in said.items() if hashes != {""}
        }
        self._unread = b""
        self._of_insights = None if kept else identity(insights)
        self._markdown = "" if waits else digest(markdown.read_bytes())
        self._of_markdown = None if waits else identity(markdown)
        record = {
            # Where a change of it is still to be decided, it must be looked at again.
            "insights": self._of_insights,
            "markdown": self._markdown,
            "identity": self._of_markdown,
            "said": {name: sorted(hashes) for name, hashes in self._said.items()},
        }
        self._identity = UNKNOWN
        replace_file(self._path, render_large_json(record))
        # What was just written need not be read again.
        self._identity = identity(self._path)


def _identity(record: object) -> Identity | None:
    if not isinstance(record, list) or len(record) != 3:
        return None
    at, size, inode = map(int, record)
    return at, size, inode
