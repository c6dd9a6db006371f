from __future__ import annotations

import errno
import os
import stat
import threading
from pathlib import Path

import pytest

from learnchat.learning.disk import directory as directory_module
from learnchat.learning.disk.directory import Directory
from learnchat.learning.disk.locks import Busy, lock

WITHIN = pytest.mark.skipif(os.open not in os.supports_dir_fd, reason="no file can be named within an open folder")


@pytest.fixture(params=["within", "by path"])
def place(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Directory:
    """As it works here, and as on a platform that names no files within an open folder."""
    monkeypatch.setattr(directory_module, "_WITHIN", request.param == "within" and directory_module._WITHIN)
    (tmp_path / "folder").mkdir()
    return Directory(tmp_path / "folder")


def test_what_is_put_into_a_file_is_read_again_under_its_next_name(place: Directory) -> None:
    place.replace("b", b"one")
    place.replace("b", b"two")
    place.replace("a", b"three")
    assert place.read("b") == b"two"
    place.rename("b", "c")
    assert place.names() == ["a", "c"]
    place.remove("a")
    place.remove("a")
    assert place.names() == ["c"]
    assert place.status("a") is None
    assert place.read("c", 3) == b"two"


def test_more_than_may_be_in_it_is_not_read(place: Directory) -> None:
    place.replace("a", b"12345")
    with pytest.raises(OSError, match="too large") as refused:
        place.read("a", 4)
    assert refused.value.errno == errno.EFBIG


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes of this kind")
def test_what_is_no_plain_file_is_refused_and_nobody_waits_for_it(place: Directory) -> None:
    os.mkfifo(place.path / "pipe")
    (place.path / "inner").mkdir()
    for name in ("pipe", "inner"):
        with pytest.raises(OSError, match=r"no plain file|directory"):
            place.read(name)
    if directory_module._WITHIN:
        with pytest.raises(OSError, match="no plain file"), place.locked("pipe"):
            pass


@WITHIN
@pytest.mark.parametrize("what", ["the folder", "the file"])
def test_through_a_link_nothing_is_read_written_or_listed(tmp_path: Path, what: str) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "a").write_text("theirs")
    place = Directory(tmp_path / "folder")
    if what == "the folder":
        place.path.symlink_to(outside, target_is_directory=True)
        assert place.names() == []
        with pytest.raises(OSError, match="folder"):
            place.replace("b", b"ours")
    else:
        place.path.mkdir()
        (place.path / "a").symlink_to(outside / "a")
        assert place.status("a") is not None
    with pytest.raises(OSError, match=r"symbolic links|folder"):
        place.read("a")
    assert [path.name for path in outside.iterdir()] == ["a"]
    assert (outside / "a").read_text() == "theirs"


@WITHIN
def test_while_it_is_held_it_is_the_same_folder_whatever_takes_its_place(tmp_path: Path) -> None:
    place = Directory(tmp_path / "folder")
    place.path.mkdir()
    with place.held():
        place.path.rename(tmp_path / "elsewhere")
        place.path.mkdir()
        place.replace("a", b"ours")
        assert place.read("a") == b"ours"
    assert place.names() == []
    assert (tmp_path / "elsewhere" / "a").read_bytes() == b"ours"


def is_free(path: Path) -> bool:
    """Whether another thread can take the lock."""
    refused: list[BaseException] = []

    def take() -> None:
        try:
            with lock(path, 0.05, in_turn=False):
                pass
        except Busy as error:
            refused.append(error)

    thread = threading.Thread(target=take)
    thread.start()
    thread.join()
    return not refused


def test_its_lock_is_the_one_that_is_taken_by_path(place: Directory) -> None:
    with place.locked(".lock"), Directory(place.path).locked(".lock"):
        pass  # the thread that holds it may take it again
    with place.locked(".lock"):
        assert not is_free(place.path / ".lock")
    assert is_free(place.path / ".lock")


@WITHIN
def test_where_no_folder_can_be_synced_its_files_are_written_all_the_same(
    place: Directory, monkeypatch: pytest.MonkeyPatch
) -> None:
    fsync = os.fsync
    refusal = errno.EINVAL

    def sync(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(refusal, os.strerror(refusal))
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", sync)
    place.replace("a", b"one")
    assert place.read("a") == b"one"
    refusal = errno.EIO
    with pytest.raises(OSError, match=os.strerror(errno.EIO)):
        place.replace("a", b"two")


@WITHIN
def test_where_the_file_system_knows_no_such_locks_the_path_is_locked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unknown(descriptor: int, *, blocking: bool) -> bool:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))

    monkeypatch.setattr("filelock.lock_descriptor", unknown)
    with Directory(tmp_path).locked("lock"):
        assert not is_free(tmp_path / "lock")
    assert is_free(tmp_path / "lock")
