from __future__ import annotations

from pathlib import Path

import pytest

from learnchat.learning.disk.record_log import RecordLog


@pytest.fixture
def log(tmp_path: Path) -> RecordLog:
    return RecordLog(tmp_path / "log.jsonl")


def test_only_what_came_since_is_read(log: RecordLog) -> None:
    other = RecordLog(log.path)
    assert log.news() == (False, [])
    other.append([{"n": 1}])
    assert log.news() == (True, [{"n": 1}])
    other.append([{"n": 2}, {"n": 3}])
    assert log.news() == (False, [{"n": 2}, {"n": 3}])
    assert log.news() == (False, [])


def test_a_line_that_is_still_being_written_is_read_when_it_is_whole(log: RecordLog) -> None:
    log.path.write_bytes(b'{"n":1}\n{"n":')
    assert log.news() == (True, [{"n": 1}])
    with log.path.open("ab") as file:
        file.write(b"2}\n")
    assert log.news() == (False, [{"n": 2}])
    assert log.unreadable == 0


def test_a_line_that_a_crash_tore_is_counted_once_and_ended_by_the_next(log: RecordLog) -> None:
    log.path.write_bytes(b'{"n":1}\n{"n":')
    log.news()
    log.append([{"n": 3}])
    assert log.news() == (False, [{"n": 3}])
    assert log.unreadable == 1


def test_another_file_in_its_place_is_read_from_the_beginning(log: RecordLog, tmp_path: Path) -> None:
    log.append([{"n": 1}, {"n": 2}])
    log.news()
    (tmp_path / "new").write_bytes(b'{"n":7}\n{"n":8}\n{"n":9}\n')
    (tmp_path / "new").replace(log.path)
    assert log.news() == (True, [{"n": 7}, {"n": 8}, {"n": 9}])


def test_a_file_that_was_cut_off_or_removed_is_seen(log: RecordLog) -> None:
    log.append([{"n": 1}, {"n": 2}])
    log.news()
    log.path.write_bytes(b'{"n":1}\n')
    assert log.news() == (True, [{"n": 1}])
    log.path.unlink()
    assert log.news() == (True, [])
    assert log.news() == (False, [])
