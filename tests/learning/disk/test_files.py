from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest

from learnchat.learning.disk import files
from learnchat.learning.disk.directory import Directory
from learnchat.learning.disk.files import append_json_lines, make_private_directory, read_json_lines, replace_file

POSIX_MODES = pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")


def test_appended_records_are_read_again_in_their_order(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b.jsonl"
    append_json_lines(path, [{"n": 1}, {"n": 2, "text": "ü\n\u2028"}])
    append_json_lines(path, [{"n": 3}])
    assert read_json_lines(path) == ([{"n": 1}, {"n": 2, "text": "ü\n\u2028"}, {"n": 3}], 0)


def test_a_file_that_is_not_there_has_no_records(tmp_path: Path) -> None:
    assert read_json_lines(tmp_path / "none") == ([], 0)


def test_a_torn_last_line_spoils_neither_what_was_nor_what_comes(tmp_path: Path) -> None:
    path = tmp_path / "b.jsonl"
    append_json_lines(path, [{"n": 1}])
    with path.open("ab") as file:
        file.write(b'{"n": 2, "te')
    assert read_json_lines(path) == ([{"n": 1}], 1)
    append_json_lines(path, [{"n": 3}])
    assert read_json_lines(path) == ([{"n": 1}, {"n": 3}], 1)


@pytest.mark.parametrize("line", [b"not json", b"[1]", b"\xff\xfe", b"null", b'"x"', b"[" * 100_000])
def test_a_bad_line_is_counted_and_passed_over(tmp_path: Path, line: bytes) -> None:
    path = tmp_path / "b.jsonl"
    path.write_bytes(b'{"n":1}\n' + line + b'\n\n{"n":2}\n')
    assert read_json_lines(path) == ([{"n": 1}, {"n": 2}], 1)


def test_what_a_failed_append_left_is_cut_off_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "b.jsonl"
    append_json_lines(path, [{"n": 1}])
    before = path.read_bytes()
    write = os.write

    def write_a_little(descriptor: int, data: bytes) -> int:
        if len(data) < 8:
            raise OSError(errno.ENOSPC, "No space left on device")
        return write(descriptor, data[:4])

    monkeypatch.setattr(os, "write", write_a_little)
    with pytest.raises(OSError, match="No space left"):
        append_json_lines(path, [{"n": "a longer record"}])
    assert path.read_bytes() == before


def test_a_replaced_file_has_the_new_bytes_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "file"
    replace_file(path, b"one")
    replace_file(path, b"two")
    assert path.read_bytes() == b"two"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("step", ["fsync", "write"])
def test_a_failed_replacement_leaves_the_old_file_and_nothing_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    path = tmp_path / "file"
    replace_file(path, b"old")

    def fail(*_: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, step, fail)
    with pytest.raises(OSError, match="No space left"):
        replace_file(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_new_content_is_on_the_disk_before_it_takes_its_place_and_the_name_after_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    fsync, replace = os.fsync, os.replace

    def noted(descriptor: int) -> None:
        done.append("folder" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else "file")
        fsync(descriptor)

    def replaced(*arguments: object, **keywords: object) -> None:
        done.append("replaced")
        replace(*arguments, **keywords)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "fsync", noted)
    monkeypatch.setattr(os, "replace", replaced)
    replace_file(tmp_path / "by-path", b"new")
    Directory(tmp_path).replace("within", b"new")
    assert done == ["file", "replaced", "folder"] * 2
    append_json_lines(tmp_path / "lines", [{"n": 1}])
    # The name of a new file first: then nothing is left to be done once its lines are on the disk.
    assert done[6:] == ["folder", "file"]


def test_a_file_held_open_for_ever_is_given_up_and_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, tries = tmp_path / "file", []
    path.write_bytes(b"old")

    class Windows:
        name = "nt"

        def replace(self, *_: object, **__: object) -> None:
            tries.append(1)
            raise PermissionError("held open")

        def __getattr__(self, name: str) -> object:
            return getattr(os, name)

    monkeypatch.setattr(files, "os", Windows())
    monkeypatch.setattr(files, "REPLACE_PAUSE_SECONDS", 0.0)
    with pytest.raises(PermissionError):
        replace_file(path, b"new")
    assert len(tries) == files.REPLACE_TRIES
    assert [each.name for each in tmp_path.iterdir()] == ["file"]
    assert path.read_bytes() == b"old"


def test_a_file_held_open_by_a_scanner_is_tried_again_on_windows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, refusals = tmp_path / "file", [1, 2]
    path.write_bytes(b"old")

    class Windows:
        name = "nt"

        def replace(self, source: Path, target: Path, **_: object) -> None:
            if refusals:
                refusals.pop()
                raise PermissionError("held open")
            source.replace(target)

        def __getattr__(self, name: str) -> object:
            return getattr(os, name)

    monkeypatch.setattr(files, "os", Windows())
    monkeypatch.setattr(files, "REPLACE_PAUSE_SECONDS", 0.0)
    replace_file(path, b"new")
    assert path.read_bytes() == b"new"


@POSIX_MODES
def test_what_is_the_users_alone_nobody_else_can_read(tmp_path: Path) -> None:
    append_json_lines(tmp_path / "one" / "two" / "file", [{}])
    assert stat.S_IMODE((tmp_path / "one").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "one" / "two").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "one" / "two" / "file").stat().st_mode) == 0o600


@POSIX_MODES
def test_a_replaced_file_keeps_its_mode(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"old")
    path.chmod(0o640)
    replace_file(path, b"new")
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_making_a_directory_that_is_there_changes_nothing(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    make_private_directory(tmp_path)
    assert os.name == "nt" or stat.S_IMODE(tmp_path.stat().st_mode) == 0o755
