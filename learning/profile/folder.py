"""A profile folder and its files: read from a place that anybody may have written, written so that nothing is lost."""

from __future__ import annotations

import contextlib
import fnmatch
import os
import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from learnchat.learning.disk.directory import Directory
from learnchat.learning.disk.files import (
    PRIVATE_FILE,
    SHARED_FILE,
    Identity,
    forbidden,
    identity,
    make_private_directory,
)
from learnchat.learning.disk.mending import aside
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
from learnchat.learning.profile.markdown_file import MarkdownFile
from learnchat.learning.profile.markdown_reader import MarkdownContent
from learnchat.learning.profile.rendered import Rendered, digest
from learnchat.learning.profile.set_aside import SetAside
from learnchat.learning.profile.three_way import Edits, compare, rebuilt
from learnchat.learning.profile.unread import UnreadContent

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
*.schema-*
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
        self.directory = Directory(path)
        self._markdown = MarkdownFile(self.directory, self.markdown.name)
        self.lock = path / ".lock"
        self._private = private
        self._mode = PRIVATE_FILE if private else SHARED_FILE
        self._before_making = before_making
        self.aside = SetAside(self.directory, self.insights, self._mode)
        self._identity: Identity | None = None
        self._content = Content()
        self.reader = EntryReader()
        self.digest = ""
        """Of `insights.json`, as it was read last; empty when it was not."""
        self.is_known: Callable[[str], bool] = lambda digest: False
        """Whether an `insights.json` with this digest was read in full before and found undamaged."""

    def content(self) -> Content:
        """What `insights.json` holds now; read again only when it is another file. Empty where it is not to be read.

        Where only the Markdown stands there, it is damaged: its documents are to be had from there.

        Raises:
            OSError: it is there and can't be read.
        """
        now = identity(self.insights)
        if now is None or self.link() or now[1] > SIZE_LIMIT:
            lost = now is None and not self.link() and identity(self.markdown) is not None
            self._identity, self._content, self.digest = None, Content(damage="is missing" if lost else ""), ""
        elif now != self._identity:
            self._content = self._read(self.directory.read(self.insights.name, SIZE_LIMIT))
            self._identity = now
        return self._content

    def _read(self, data: bytes) -> Content:
        self.digest = digest(data)
        if not self._content.lines and self.is_known(self.digest):
            with contextlib.suppress(ValueError):
                return UnreadContent(data)
        return parse(data, self._content)

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
            content, in_markdown = self.content(), self._markdown.has_conflict()
        except OSError as error:
            return f"{error.filename or self.insights} can't be read: {error.strerror or error}"
        for file, conflict in ((self.insights, content.conflict), (self.markdown, in_markdown)):
            if conflict:
                return f"{file} has git's conflict marks: finish the merge first"
        if content.schema > SCHEMA:
            return (
                f"{self.path} was written by a newer learnchat (schema {content.schema}, this one knows {SCHEMA}): "
                "it is read, not written"
            )
        return unwritable_directory(self.path)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Make the folder, where it is missing, keep to the one that stands there now, and hold its lock.

        Raises:
            OSError: it can't be made, or what stands there is refused.
        """
        refusal = self.refusal()
        if refusal is not None:
            raise FolderRefused(refusal)
        if not self.path.is_dir():
            self._before_making()
            if self._private:
                make_private_directory(self.path)
            else:
                self.path.mkdir(exist_ok=True)
        with self.directory.locked(self.lock.name):
            yield

    def write(self, documents: Iterable[Document], was: Iterable[Document], now: datetime, rendered: Rendered) -> None:
        """Bring documents into both files, under the folder's lock.

        What somebody wrote into the Markdown and nobody has decided about stays there as it is.

        Args:
            documents: what is to stand in them; of an id the highest revision wins.
            was: what stood there before it was decided about.
            now: names a copy of what in the Markdown is no insight.
            rendered: what was written the last time; it is noted anew.

        Raises:
            OSError: they can't be written; what stands there stands as it was.
        """
        from learnchat.learning.profile.storage import write_documents

        # Whoever writes here holds the lock: these are what a kill left of earlier ones.
        for left in fnmatch.filter(self.directory.names(), ".*.tmp"):
            self.directory.remove(left)
        before = self.content().documents
        new = list(documents)
        present = {document["id"] for document in (*before, *new)}
        if SCHEMA_ID not in present:
            new.append(schema_document())
        if PROFILE_ID not in present:
            new.append(profile_document())
        for name, text in ((".gitattributes", GIT_ATTRIBUTES), (".gitignore", GIT_IGNORE)):
            if self.directory.status(name) is None:
                self.directory.replace(name, text.encode(), self._mode)
        decided = [*new, *was]
        edits = self.edits(rendered, now).without(decided)
        if (older := self.content().older) is not None:
            self.aside.keep_older(older, now)
        write_documents(self.directory, self.insights.name, new, self._mode, self.content())
        after = resolve([*before, *new])
        data = markdown.render(
            after,
            self.reader,
            changed=edits.changed,
            removed=edits.removed,
            added=[(bullet.heading, bullet.text) for bullet in edits.bullets],
        )
        if not self._markdown.has(data):
            self._markdown.keep_aside(edits.unread, data, aside(self.markdown, "edited", now).name)
            self.directory.replace(self.markdown.name, data, self._mode)
        rendered.note(
            after,
            self.reader,
            {document["id"] for document in decided},
            self.insights,
            self.markdown,
            waits=bool(edits),
        )

    def markdown_content(self) -> MarkdownContent | None:
        """What the Markdown holds now; None where there is none, or it is not to be read.

        Raises:
            OSError: it is there and can't be read.
        """
        return None if self.link() else self._markdown.content()

    def edits(self, rendered: Rendered, now: datetime) -> Edits:
        """What the Markdown has beyond `insights.json`: somebody wrote it, and it waits for the user.

        Raises:
            OSError: a file can't be read.
        """
        standing = identity(self.markdown)
        if standing is None or rendered.is_identity(standing):
            return Edits()
        content, documents = self.markdown_content(), self.content()
        # Where `insights.json` can't be read in full, the Markdown stands for it.
        if content is None or content.conflict or documents.damage or rendered.is_markdown(self._markdown.digest):
            return Edits()
        return compare(documents.documents, self.reader, content, rendered.said(), now)

    def rebuilt(self, now: datetime) -> list[Document]:
        """The folder's documents where `insights.json` can't be read in full: what can be, and what the Markdown has.

        Raises:
            OSError: a file can't be read.
        """
        read = self.content().documents
        content = self.markdown_content()
        if content is None:
            return read
        known = {document["id"]: document["revision"] for document in read}
        found = rebuilt(content, self.reader, now)
        return resolve([*read, *(each for each in found if each["revision"] > known.get(each["id"], 0))])

    def markdown_is_whole(self) -> bool:
        """Whether there is a Markdown file that was not cut off: then it names all that stood in the folder."""
        content = self.markdown_content()
        return content is not None and content.whole and not content.conflict


def unwritable_directory(folder: Path) -> str | None:
    """Why nothing can be written into a folder, or made where it is to be; None when it can."""
    if (reason := forbidden()) is not None:
        return reason
    there = next((each for each in (folder, *folder.parents) if each.exists()), None)
    if there is None or os.access(there, os.W_OK | os.X_OK):
        return None
    return f"{there} can't be written: it is read-only or belongs to somebody else"
