"""A directory that anybody may change: what is read and written in it goes through no symbolic link.

A look whether something is a link says nothing of what it is a moment later. So the directory is opened, and its files
are named within what was opened: neither it nor they can be a link then. Where the platform knows no such names
(Windows, where making a link needs a privilege) they are named by their paths.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from learnchat.learning.disk.files import PRIVATE_FILE, replace_file
from learnchat.learning.disk.locks import lock

# `os.replace` knows them too wherever these do, and is listed nowhere.
_WITHIN = {os.open, os.unlink, os.rename} <= os.supports_dir_fd and os.listdir in os.supports_fd
_NO_LINK = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
# What is opened for reading may be a pipe that nobody writes into.
_READ = os.O_RDONLY | _NO_LINK | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


class Directory:
    """A directory, and what is done in it. It need not be there yet.

    Args:
        path: where it is. What lies above it is trusted.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._descriptor: int | None = None

    @contextmanager
    def held(self) -> Iterator[int | None]:
        """Keep to the directory that stands there now, whatever takes its place meanwhile.

        Yields:
            Its descriptor; None where the platform names no files within it.

        Raises:
            OSError: there is none, or it is a symbolic link.
        """
        if self._descriptor is not None or not _WITHIN:
            yield self._descriptor
            return
        self._descriptor = os.open(self.path, os.O_RDONLY | os.O_DIRECTORY | _NO_LINK)
        try:
            yield self._descriptor
        finally:
            os.close(self._descriptor)
            self._descriptor = None

    @contextmanager
    def locked(self, name: str) -> Iterator[None]:
        """Hold the directory, and the lock of this name in it.

        Raises:
            OSError: as above; or the lock is held elsewhere for too long, or is no plain file.
        """
        with self.held() as within, lock(self.path / name, in_turn=False, within=within):
            yield

    def _place(self, name: str, within: int | None) -> Path:
        return self.path / name if within is None else Path(name)

    def read(self, name: str, limit: int | None = None) -> bytes:
        """What is in a file.

        Args:
            name: the file.
            limit: how many bytes it may have.

        Raises:
            OSError: it is not there, is no plain file, is larger, or can't be read.
        """
        with self.held() as within:
            descriptor = os.open(self._place(name, within), _READ, dir_fd=within)
        with os.fdopen(descriptor, "rb") as file:
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode):
                raise OSError(errno.EINVAL, "it is no plain file", str(self.path / name))
            if limit is not None and status.st_size > limit:
                raise OSError(errno.EFBIG, os.strerror(errno.EFBIG), str(self.path / name))
            return file.read()

    def status(self, name: str) -> os.stat_result | None:
        """What has this name, be it a link that leads nowhere; None where there is nothing."""
        with self.held() as within:
            try:
                return os.lstat(self._place(name, within), dir_fd=within)
            except FileNotFoundError:
                return None

    def replace(self, name: str, data: bytes, mode: int = PRIVATE_FILE) -> None:
        """Put new content in place of a file at once, durably; see `replace_file`."""
        with self.held() as within:
            replace_file(self._place(name, within), data, mode, within=within)

    def rename(self, name: str, other: str) -> None:
        """Give a file another name."""
        with self.held() as within:
            one, two = self._place(name, within), self._place(other, within)
            os.replace(one, two, src_dir_fd=within, dst_dir_fd=within)

    def remove(self, name: str) -> None:
        """Delete a file, if it is there."""
        with self.held() as within:
            try:
                os.unlink(self._place(name, within), dir_fd=within)
            except FileNotFoundError:
                return

    def names(self) -> list[str]:
        """What is in it, sorted; nothing where it is missing, or a symbolic link."""
        try:
            with self.held() as within:
                # A descriptor is no path.
                return sorted(os.listdir(self.path if within is None else within))  # noqa: PTH208
        except OSError:
            return []
