from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from learnchat.learning.disk.files import writing_nothing
from learnchat.learning.transcripts import unfinished
from learnchat.learning.transcripts.attached import remove_session
from learnchat.learning.transcripts.saved import read_saved
from learnchat.learning.transcripts.session import Transcript, list_sessions, read_session
from learnchat.learning.transcripts.session_list import SessionList
from learnchat.learning.transcripts.unfinished import UnfinishedReply, left_over, take_left_over
from support.clock import FakeClock

AT = "2026-01-02T03:04:05Z"
REPLY = "aaaabbbbcccc"


@pytest.fixture
def transcript(tmp_path: Path) -> Transcript:
    transcript = Transcript.create(tmp_path / "data" / "sessions", tmp_path, FakeClock())
    transcript.append("user", "how do we deploy?", id="q1")
    return transcript


def leave(transcript: Transcript, *texts: str, id: str = REPLY, **facts: Any) -> Path:
    """What a killed program leaves of a reply."""
    reply = UnfinishedReply(transcript.path, id)
    for text in texts:
        reply.keep(text, AT, {"model": "m", "parent": "q1", **facts})
    reply.leave()
    path = transcript.path.with_suffix(f".{id}.coming")
    assert path in left_over(transcript.path)
    return path


def replies(transcript: Transcript) -> Sequence[str]:
    return [said.text for said in read_session(transcript.path) if said.role == "assistant"]


def test_what_was_left_is_a_reply_that_was_stopped_once(transcript: Transcript) -> None:
    path = leave(transcript, "By ", "By hand, ", "By hand, on ", recalled=["i1"])
    for _ in range(2):
        list_sessions(path.parent)

    [_, reply] = read_session(transcript.path)
    assert (reply.id, reply.text) == (REPLY, "By hand, on ")
    assert reply.at is not None
    assert reply.at.isoformat() == "2026-01-02T03:04:05+00:00"
    assert reply.facts == {"model": "m", "parent": "q1", "recalled": ["i1"], "stopped": True}
    assert not path.exists()


def test_the_search_index_is_told_of_it_too(transcript: Transcript) -> None:
    listed = SessionList(transcript.path.parent)
    [before] = listed.sessions()
    leave(transcript, "By hand")
    [after] = listed.sessions()
    assert after.size > before.size
    assert replies(transcript) == ["By hand"]


def test_only_what_is_new_is_written_for_this_user_alone(transcript: Transcript) -> None:
    path = leave(transcript, "word " * 1000, "word " * 1001)
    first, second = map(json.loads, path.read_text().splitlines())
    assert (second["from"], second["text"], second["facts"]) == (5000, "word ", {})
    assert first["facts"] == {"model": "m", "parent": "q1"}
    if os.name != "nt":
        assert path.stat().st_mode & 0o777 == 0o600


def test_a_text_that_changed_at_its_beginning_is_written_anew(transcript: Transcript) -> None:
    leave(transcript, "the key is abc", "the key is [a token]\nand")
    list_sessions(transcript.path.parent)
    assert replies(transcript) == ["the key is [a token]\nand"]


def test_a_reply_that_is_still_coming_is_left_alone(transcript: Transcript) -> None:
    coming = UnfinishedReply(transcript.path, REPLY)
    coming.keep("By ", AT, {})
    list_sessions(transcript.path.parent)
    assert replies(transcript) == []
    coming.keep("By hand", AT, {})
    transcript.append("assistant", "By hand.", id=REPLY)
    coming.remove()
    list_sessions(transcript.path.parent)
    assert replies(transcript) == ["By hand."]
    assert left_over(transcript.path) == []


def test_a_reply_that_is_in_the_transcript_already_is_not_there_twice(transcript: Transcript) -> None:
    leave(transcript, "By hand")
    transcript.append("assistant", "By hand.", id=REPLY)
    list_sessions(transcript.path.parent)
    assert replies(transcript) == ["By hand."]
    assert left_over(transcript.path) == []


@pytest.mark.parametrize(
    ("damage", "kept"),
    [
        (lambda data: data[:-9], ["By hand, "]),
        (lambda data: data.replace(b'"from":3', b"\xff\xfe", 1), ["By "]),
        (lambda data: data.replace(b'"from":3', b'"from":-3'), ["By "]),
        (lambda data: data.replace(b'"facts":{"model"', b'"facts":7,"x":{"model"'), ["By hand, on "]),
        (lambda data: data.partition(b"\n")[2], []),
        (lambda data: b"", []),
        (lambda data: b"[[[[\x00\xff\n7\n", []),
    ],
)
def test_of_a_damaged_file_what_is_whole_is_taken(transcript: Transcript, damage: Any, kept: list[str]) -> None:
    path = leave(transcript, "By ", "By hand, ", "By hand, on ")
    path.write_bytes(damage(path.read_bytes()))
    list_sessions(path.parent)
    assert replies(transcript) == kept
    assert not path.exists()


def test_what_is_no_file_or_cannot_be_read_disturbs_nobody(
    transcript: Transcript, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = transcript.path.parent
    (folder / f"{transcript.path.stem}.dir.coming").mkdir()
    (folder / f"{transcript.path.stem}.gone.coming").symlink_to(folder / "nowhere")
    path = leave(transcript, "By hand")
    opened = Path.open

    def refused(self: Path, *arguments: Any, **keywords: Any) -> Any:
        if self == path:
            raise PermissionError(13, "Permission denied", str(self))
        return opened(self, *arguments, **keywords)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "open", refused)
        assert len(list_sessions(folder)) == 1
    assert path.exists()
    list_sessions(folder)
    assert replies(transcript) == ["By hand"]


def test_with_a_full_disk_it_is_left_for_the_next_time(transcript: Transcript, monkeypatch: pytest.MonkeyPatch) -> None:
    path = leave(transcript, "By hand")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(unfinished, "append_json_lines", full)
        assert len(list_sessions(path.parent)) == 1
    assert replies(transcript) == []
    with writing_nothing("a test"):
        assert len(list_sessions(path.parent)) == 1
    list_sessions(path.parent)
    assert replies(transcript) == ["By hand"]


def test_a_piece_that_found_no_room_is_cut_off_and_comes_with_the_next(
    transcript: Transcript, monkeypatch: pytest.MonkeyPatch
) -> None:
    reply = UnfinishedReply(transcript.path, REPLY)
    reply.keep("By ", AT, {})

    def full(descriptor: int, data: bytes) -> None:
        os.write(descriptor, data[:10])
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(unfinished, "write_all", full)
        with pytest.raises(OSError, match="No space"):
            reply.keep("By hand, ", AT, {})
    reply.keep("By hand, on ", AT, {})
    reply.leave()
    take_left_over(transcript.path.parent)
    assert replies(transcript) == ["By hand, on "]


def test_a_deleted_session_stays_deleted_and_has_it_once_it_is_restored(transcript: Transcript) -> None:
    leave(transcript, "By hand")
    transcript.note(deleted=True)
    assert list_sessions(transcript.path.parent) == []
    [file] = list_sessions(transcript.path.parent, deleted=True)
    assert read_saved(file).deleted is not None
    transcript.note(deleted=False)
    list_sessions(transcript.path.parent)
    assert replies(transcript) == ["By hand"]


def test_with_the_session_it_goes_for_good(transcript: Transcript) -> None:
    path = leave(transcript, "By hand")
    remove_session(transcript.path)
    assert not path.exists()

    transcript.append("user", "and now?")
    path = leave(transcript, "Still by hand")
    transcript.path.unlink()
    assert list_sessions(path.parent) == []
    assert not path.exists()


def test_several_processes_at_once_take_it_once(transcript: Transcript) -> None:
    texts = [f"Variant {number:02}" for number in range(20)]
    for number, text in enumerate(texts):
        leave(transcript, text, id=f"reply{number:02}")
    program = (
        "import sys; from pathlib import Path; from learnchat.learning.transcripts.session import list_sessions\n"
        "import filelock; print('ready', flush=True); sys.stdin.readline(); list_sessions(Path(sys.argv[1]))"
    )
    command = [sys.executable, "-c", program, str(transcript.path.parent)]
    started = [subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    for process in started:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in started:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    for process in started:
        process.communicate()
        assert process.returncode == 0
    assert replies(transcript) == texts
    assert left_over(transcript.path) == []
