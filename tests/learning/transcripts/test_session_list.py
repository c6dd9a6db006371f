from __future__ import annotations

from pathlib import Path

import pytest

from learnchat.learning.transcripts import session_list
from learnchat.learning.transcripts.session import Transcript, list_sessions
from learnchat.learning.transcripts.session_list import SessionList
from support.clock import FakeClock


def begun(folder: Path, clock: FakeClock, text: str = "hello") -> Transcript:
    clock.advance(60)
    transcript = Transcript.create(folder, folder.parent, clock)
    transcript.append("user", text)
    return transcript


def test_it_lists_what_is_there_and_looks_only_into_what_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, clock = tmp_path / "data" / "sessions", FakeClock()
    listed = SessionList(folder)
    assert listed.sessions() == []
    first, second = begun(folder, clock), begun(folder, clock)
    (folder / "notes.txt").touch()
    assert [each.file for each in listed.sessions()] == list_sessions(folder)
    looked: list[str] = []
    look = session_list.last_record
    monkeypatch.setattr(session_list, "last_record", lambda path: looked.append(path.name) or look(path))

    listed.sessions()
    assert looked == []
    second.append("assistant", "well")
    begun(folder, clock)
    first.note(deleted=True)
    found = listed.sessions()

    assert len(looked) == 3
    assert [each.file for each in found] == list_sessions(folder)
    assert [each.size for each in found] == [each.file.path.stat().st_size for each in found]
    second.path.unlink()
    assert [each.file for each in listed.sessions()] == list_sessions(folder)
