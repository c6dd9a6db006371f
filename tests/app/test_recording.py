from __future__ import annotations

from pathlib import Path

import pytest

from learnchat.app.chat_session import Received
from learnchat.app.engine import Engine
from learnchat.app.locations import Locations
from learnchat.app.parts import Parts
from learnchat.app.recording import COMPANY, MOST_THOUGHTS, receive, record_reply
from learnchat.learning.clock import SystemClock
from learnchat.learning.recall.giving import Recalled
from learnchat.learning.transcripts.session import Transcript, list_sessions
from support.secret_shapes import made

SWITCH = "We're switching from Bootstrap to Tailwind CSS for the dashboard"


def test_what_can_not_be_recorded_is_said_first_and_where(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = tmp_path / "shop"
    project.mkdir()
    engine = Engine(project, Locations(tmp_path / "configuration", tmp_path / "data"), SystemClock())

    def work(parts: Parts) -> tuple[Received, str]:
        def full(*_: object, **__: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(parts.transcript, "append", full)
        monkeypatch.setattr(parts.watcher, "observe", full)
        return receive(parts, Received(SWITCH, None, Recalled(), id="m"), {}, ""), str(parts.data.folder)

    received, folder = engine.call_now(work)
    engine.close()

    assert received.trouble == f"This conversation is not being recorded: No space left on device ({folder})."


def test_a_second_window_in_the_same_conversation_is_told(tmp_path: Path) -> None:
    project = tmp_path / "shop"
    project.mkdir()
    engine = Engine(project, Locations(tmp_path / "configuration", tmp_path / "data"), SystemClock())

    def work(parts: Parts) -> list[str]:
        def say(id: str) -> str:
            return receive(parts, Received("hello", None, Recalled(), id=id), {}, "").trouble

        first = say("m1")
        [file] = list_sessions(parts.data.sessions)
        Transcript.reopen(file, project, parts.clock).append("user", "hello from there")
        return [first, say("m2"), say("m3")]

    said = engine.call_now(work)
    engine.close()

    assert said == ["", COMPANY, ""]


def test_a_thought_is_cut_after_its_secrets_are_masked(tmp_path: Path) -> None:
    project = tmp_path / "shop"
    project.mkdir()
    engine = Engine(project, Locations(tmp_path / "configuration", tmp_path / "data"), SystemClock())
    token = "ghp_" + made(36)
    thought = "r" * (MOST_THOUGHTS - 10) + " " + token + " and more"

    def work(parts: Parts) -> str:
        facts = {"model": "m", "stopped": False, "recalled": [], "thought": thought}
        record_reply(parts, parts.transcript, "question", "reply", "id", facts, None)
        return parts.transcript.path.read_text()

    kept = engine.call_now(work)
    engine.close()
    assert token[:9] not in kept
    assert "and more" not in kept
