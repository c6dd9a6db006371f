"""A profile folder and its files: read from a place that anybody may have written, written so that nothing is lost."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path

from learnchat.learning.files import (
    PRIVATE_FILE,
    SHARED_FILE,
    Identity,
    identity,
    make_private_directory,
    replace_file,
)
from learnchat.learning.profile import markdown
from learnchat.learning.profile.documents import (
    PROFILE_ID,
    SCHEMA,
    SCHEMA_ID,
    Document,
    profile_document,
    resolve,
    schema_document,
)
from learnchat.learning.profile.entry_reader import EntryReader
from learnchat.learning.profile.insights_file import SIZE_LIMIT, Content, parse

# Union: two branches that each learned something are two added lines. LF everywhere: the bytes are deterministic.
GIT_ATTRIBUTES = """\
insights.json text eol=lf merge=union
LEARNED_INSIGHTS.md text eol=lf merge=union
"""
GIT_IGNORE = """\
.lock
*.tmp
*.corrupt-*
*.edited-*
"""


class FolderRefused(OSError):
    """The folder is not written to: what stands there is not ours to change."""


class ProfileFolder:
    """`.learnchat/`, or the personal profile's folder.

    Args:
        path: the folder; made at the first write.
        private: readable by this user alone (the personal profile).
        before_making: called right before the folder is made; an OSError from it keeps it from being made.
    """

    def __init__(self, path: Path, *, private: bool, before_making: Callable[[], None] = lambda: None) -> None:
        self.path = path
        self.insights = path / "insights.json"
        self.markdown = path / "LEARNED_INSIGHTS.md"
        self.lock = path / ".lock"
        self._private = private
        self._mode = PRIVATE_FILE if private else SHARED_FILE
        self._before_making = before_making
        self._identity: Identity | None = None
        self._content = Content()
        self.reader = EntryReader()

    def content(self) -> Content:
        """What `insights.json` holds now; read again only when it is another file. Empty where it is not to be read.

        Raises:
            OSError: it is there and can't be read.
        """
        now = identity(self.insights)
        if now is None or self.link() or now[1] > SIZE_LIMIT:
            self._identity, self._content = None, Content()
        elif now != self._identity:
            self._content = parse(self.insights.read_bytes(), self._content)
            self._identity = now
        return self._content

    def link(self) -> Path | None:
        """What of the folder is not what it seems (a symbolic link, a device), else None.

        It could lead any read or write out of the project, and a clone can carry it.
        """
        if self.path.is_symlink():
            return self.path
        for file in (self.insights, self.markdown, self.lock):
            try:
                mode = file.lstat().st_mode
            except OSError:
                continue
            if not stat.S_ISREG(mode):
                return file
        return None

    def refusal(self) -> str | None:
        """Why the folder can't be written, in one line; None when it can be."""
        link = self.link()
        if link is not None:
            return f"{link} is a symbolic link or no plain file, and learnchat follows none"
        if self.path.exists() and not self.path.is_dir():
            return f"{self.path} is no folder"
        size = identity(self.insights)
        if size is not None and size[1] > SIZE_LIMIT:
            return f"{self.insights} is larger than {SIZE_LIMIT // 1024 // 1024} MB"
        try:
            content = self.content()
        except OSError as error:
            return f"{self.insights} can't be read: {error.strerror or error}"
        if content.conflict:
            return f"{self.insights} has git's conflict marks: finish the merge first"
        if content.schema > SCHEMA:
            return (
                f"{self.path} was written by a newer learnchat (schema {content.schema}, this one knows {SCHEMA}): "
                "it is read, not written"
            )
        return unwritable_directory(self.path)

    def prepare(self) -> None:
        """Make the folder, where it is missing.

        Raises:
            OSError: it can't be made, or what stands there is refused.
        """
        refusal = self.refusal()
        if refusal is not None:
            raise FolderRefused(refusal)
        if self.path.is_dir():
            return
        self._before_making()
        if self._private:
            make_private_directory(self.path)
        else:
            self.path.mkdir(exist_ok=True)

    def write(self, documents: Iterable[Document], was: Iterable[Document], now: datetime) -> None:
        """Bring documents into both files, under the folder's lock.

        Args:
            documents: what is to stand in them; of an id the highest revision wins.
            was: what the Markdown may still show, for an earlier try may have ended between the two files.
            now: names a copy of what somebody else wrote into the Markdown.

        Raises:
            OSError: they can't be written; what stands there stands as it was.
        """
        from learnchat.learning.profile.storage import write_documents

        # Whoever writes here holds the lock: these are what a kill left of earlier ones.
        for left in self.path.glob(".*.tmp"):
            left.unlink(missing_ok=True)
        before = self.content().documents
        present = {document["id"] for document in before}
        new = list(documents)
        if SCHEMA_ID not in present:
            new.append(schema_document())
        if PROFILE_ID not in present:
            new.append(profile_document())
        for name, text in ((".gitattributes", GIT_ATTRIBUTES), (".gitignore", GIT_IGNORE)):
            if not (self.path / name).exists() and not (self.path / name).is_symlink():
                replace_file(self.path / name, text.encode(), self._mode)
        write_documents(self.insights, new, self._mode)
        data = markdown.render(self.reader.entries(resolve([*before, *new])))
        if not self.markdown_is(data):
            self._keep_edited_markdown(data, [*before, *was, *new], now)
            replace_file(self.markdown, data, self._mode)

    def markdown_is(self, data: bytes) -> bool:
        """Whether the Markdown file has exactly these bytes."""
        try:
            return self.markdown.read_bytes() == data
        except OSError:
            return False

    def _keep_edited_markdown(self, data: bytes, ours: Iterable[Document], now: datetime) -> None:
        """Keep a copy of a Markdown file with lines that are not ours: somebody wrote them, and it is rendered anew.

        A merge leaves lines that are all ours, only more of them or in another order: that is no edit.
        """
        try:
            vanishing = set(self.markdown.read_bytes().splitlines()) - set(data.splitlines())
        except OSError:
            return
        if vanishing and not vanishing <= set(markdown.render(self.reader.entries(ours)).splitlines()):
            self.markdown.replace(aside(self.markdown, "edited", now))

    def set_aside(self, now: datetime) -> Path:
        """Keep an unreadable `insights.json` under another name, before it is replaced, under the folder's lock.

        A copy and not a renaming, so that a crash between the two leaves no moment without the file.
        """
        name = aside(self.insights, "corrupt", now)
        replace_file(name, self.insights.read_bytes(), self._mode)
        return name

    def kept_aside(self) -> list[Path]:
        """Files that were set aside, oldest first."""
        return sorted([*self.path.glob("*.corrupt-*"), *self.path.glob("*.edited-*")])


def aside(path: Path, why: str, now: datetime) -> Path:
    """A free name beside a file: `insights.json.corrupt-20260401T090000Z`."""
    name = path.with_name(f"{path.name}.{why}-{now:%Y%m%dT%H%M%SZ}")
    number = 1
    while name.exists() or name.is_symlink():
        number += 1
        name = path.with_name(f"{path.name}.{why}-{now:%Y%m%dT%H%M%SZ}-{number}")
    return name


def unwritable_directory(folder: Path) -> str | None:
    """Why nothing can be written into a folder, or made where it is to be; None when it can."""
    there = next((each for each in (folder, *folder.parents) if each.exists()), None)
    if there is None or os.access(there, os.W_OK | os.X_OK):
        return None
    return f"{there} can't be written: it is read-only or belongs to somebody else"
