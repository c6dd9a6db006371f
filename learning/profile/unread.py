"""An `insights.json` that is known from the last time it was read: each line is read again when it is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import cast

from learnchat.learning.disk.files import scan_json
from learnchat.learning.profile.documents import SCHEMA, SCHEMA_ID, Document
from learnchat.learning.profile.insights_file import Content

# How `render_json` begins a document.
_BEFORE_ID = '{"id":"'


class Lines(Mapping[str, Sequence[Document]]):
    """The documents of each id, in the order of the file.

    Args:
        text: the file.
        read: the document of each line that was read already; what is read is added.

    Raises:
        ValueError: it has a line that does not begin with an id.
    """

    def __init__(self, text: str, read: dict[str, Document]) -> None:
        self._read = read
        self._lines: dict[str, list[str]] = {}
        start = len(_BEFORE_ID)
        for line in text.split("\n")[1:-2]:
            if not line.startswith(_BEFORE_ID):
                raise ValueError("not a line of learnchat's")
            self._lines.setdefault(line[start : line.index('"', start)], []).append(line)

    def __getitem__(self, name: str) -> list[Document]:
        documents = []
        for line in self._lines[name]:
            document = self._read.get(line)
            if document is None:
                document = self._read[line] = _read(line)
            documents.append(document)
        return documents

    def once(self, name: str) -> list[Document]:
        """The documents of an id, of which nothing is kept; [] where there is none."""
        if not self._read:
            return [_read(line) for line in self._lines.get(name, ())]
        return [self._read.get(line) or _read(line) for line in self._lines.get(name, ())]

    def __iter__(self) -> Iterator[str]:
        return iter(self._lines)

    def __len__(self) -> int:
        return len(self._lines)


def _read(line: str) -> Document:
    # It was read before and found to be a document: the same bytes are one still.
    return cast(Document, scan_json(line)[0])


class UnreadContent(Content):
    """What such a file holds: undamaged, sorted, resolved, as it was found to be when it was read in full.

    Args:
        data: its bytes.

    Raises:
        ValueError: it is not laid out as learnchat does.
    """

    def __init__(self, data: bytes) -> None:
        super().__init__()
        self.by_id = Lines(data.decode("utf-8"), self.lines)
        """Each read when it is asked for."""

    @cached_property
    def documents(self) -> list[Document]:
        return [document for same in self.by_id.values() for document in same]

    @property
    def schema(self) -> int:
        stated = [document.get("schema") for document in self.by_id.get(SCHEMA_ID, ())]
        return max((number for number in stated if isinstance(number, int)), default=SCHEMA)
