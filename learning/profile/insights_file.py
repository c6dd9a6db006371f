"""The bytes of `insights.json`.

A constant first line, one document per line sorted by id, each ending in a comma before a constant last line:

    {"documents": [
    {"id":"3k8…","revision":1,"kind":"fact",…},
    {"id":"profile","revision":1,"profile":"…"},
    null]}

So an insight learned on one branch and an insight learned on another are two added lines, and git's union merge keeps
both and stays valid JSON.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from learnchat.learning.disk.files import parse_json, render_json
from learnchat.learning.profile.documents import SCHEMA, SCHEMA_ID, Document, by_id, is_document, resolve
from learnchat.learning.profile.older import read_older

FIRST_LINE = '{"documents": ['
LAST_LINE = "null]}"

# Ten thousand insights are 3 to 5 MB, and who confirms five an hour has them after a year. A clone that carries more
# than this must not fill the memory of who opens it, nor keep them waiting: 64 MB took 4 s and 630 MB.
SIZE_LIMIT = 16 * 1024 * 1024

_PLAIN = frozenset((str, bool, int, type(None)))
_CONFLICT_MARKS = ("<<<<<<< ", "||||||| ", "=======", ">>>>>>> ")


class Content:
    """What was read of `insights.json`."""

    def __init__(self, documents: Sequence[Document] = (), damage: str = "") -> None:
        self._documents = list(documents)
        self.damage = damage
        """Why it can't be all of the file, in a few words; empty when it is."""
        self.conflict = False
        """A git merge was left unfinished in it: it has conflict marks."""
        self.older: int | None = None
        """The earlier schema that it is written in; None for the present one."""
        self.unread = 0
        """Records of such a file that are no insights."""
        self.lines: dict[str, Document] = {}
        """The document of each line, for the next reading: most lines will be the same."""

    @cached_property
    def documents(self) -> list[Document]:
        """Resolved; of equal revisions that differ each is there."""
        return self._documents

    @cached_property
    def by_id(self) -> Mapping[str, Sequence[Document]]:
        """The same, under their ids."""
        return by_id(self.documents)

    @property
    def schema(self) -> int:
        """The highest schema that a document states; the present one where none does."""
        if self.older is not None:
            return self.older
        stated = [document.get("schema") for document in self.documents if document["id"] == SCHEMA_ID]
        return max((number for number in stated if isinstance(number, int)), default=SCHEMA)


def render(documents: Iterable[Document]) -> bytes:
    """The file's bytes: the same documents in any order give the same bytes."""
    lines = [FIRST_LINE, *(render_json(document) + "," for document in resolve(documents)), LAST_LINE, ""]
    return "\n".join(lines).encode("utf-8", "replace")


def parse(data: bytes, before: Content | None = None) -> Content:
    """Read the file's bytes, of any origin: whole where it is whole, else every line that still is one.

    Args:
        data: all of the file.
        before: what was read of it the last time; lines that are still the same give the same documents.


    Lines are read one by one, so that a merge which doubled the first or the last line is no damage, and one bad line
    spoils no other.
    """
    content = Content()
    known = before.lines if before is not None else {}
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        content.damage = "is not UTF-8"
        text = data.decode("utf-8", "replace")
    documents: list[Document] = []
    first = last = False
    for number, line in enumerate(text.split("\n"), 1):
        line = line.strip()
        if line.startswith(_CONFLICT_MARKS):
            content.conflict = True
        elif line == FIRST_LINE:
            first = True
        elif line == LAST_LINE:
            last = True
        elif line:
            document = known.get(line) or read_line(line)
            if document is None:
                content.damage = content.damage or f"has a line that is no insight (line {number})"
            elif "\ufffd" not in line or not content.damage:
                documents.append(document)
                content.lines[line] = document
    if not (first and last):
        content.damage = content.damage or ("is empty" if not text.strip() else "was cut off")
    if content.damage and not content.conflict:
        whole = _in_another_layout(text)
        if whole is not None:
            return whole
    content._documents = resolve(documents)
    return content


def read_line(line: str) -> Document | None:
    """The document in a line; None when there is no valid one."""
    try:
        document = parse_json(line.removesuffix(","))
        return document if isinstance(document, dict) and is_document(document) and _is_plain(document) else None
    except (ValueError, RecursionError):
        return None


def _is_plain(document: Document) -> bool:
    """Whether it can be written again as it was read: no NaN, no infinity, not nested beyond reason.

    Raises:
        ValueError, RecursionError: it can't.
    """
    if not all(type(value) in _PLAIN or _is_plain_list(value) for value in document.values()):
        render_json(document)
    return True


def _is_plain_list(value: object) -> bool:
    """Tags, say."""
    return type(value) is list and _PLAIN.issuperset(map(type, value))


def _in_another_layout(text: str) -> Content | None:
    """What a file says that is valid JSON with other lines: an editor laid it out anew, or it has an earlier schema."""
    # What was cut off is no JSON; to find that out by reading all of a large one would hold every thread up.
    if not text.rstrip().endswith("}"):
        return None
    try:
        whole = json.loads(text)
        documents = _reformatted(whole)
        if documents is not None:
            return Content(resolve(documents))
        older = read_older(whole)
    except (ValueError, RecursionError):
        return None
    if older is None:
        return None
    content = Content(resolve(older.documents))
    content.older, content.unread = older.schema, older.unread
    return content


def _reformatted(whole: object) -> list[Document] | None:
    """
    Raises:
        ValueError, RecursionError: a document can't be written again as it was read.
    """
    documents = whole.get("documents") if isinstance(whole, dict) else None
    if not isinstance(documents, list):
        return None
    documents = [document for document in documents if document is not None]
    valid = all(isinstance(each, dict) and is_document(each) and _is_plain(each) for each in documents)
    return documents if valid else None
