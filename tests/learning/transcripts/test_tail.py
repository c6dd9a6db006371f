from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest

from learnchat.learning.transcripts.formats import UnknownFormat, recognise
from learnchat.learning.transcripts.lines import Lines
from learnchat.learning.transcripts.tail import TAIL_BYTES, read_tail
from support.assistants import claude_lines, codex_lines, gemini_lines, gemini_session, write_large

TALK = [
    ("user", "We use pnpm, not npm"),
    ("assistant", "Understood."),
    ("user", "and Tailwind"),
    ("assistant", "Good."),
]


@pytest.mark.parametrize(
    ("name", "write"),
    [
        ("claude-code", claude_lines),
        ("codex", codex_lines),
        ("gemini-cli", gemini_lines),
        ("gemini-cli", gemini_session),
    ],
)
def test_a_session_of_another_assistant_is_recognised_and_read(
    tmp_path: Path, name: str, write: Callable[[object], str]
) -> None:
    path = tmp_path / "session"
    path.write_text(write(TALK), encoding="utf-8")

    said = read_tail(path)

    assert [(each.role, each.text) for each in said] == TALK
    found = recognise(Lines(io.BytesIO(path.read_bytes())))
    assert found is not None
    assert found.name == name
    assert all(each.id for each in said)


@pytest.mark.parametrize("write", [claude_lines, codex_lines, gemini_lines, gemini_session])
def test_of_a_long_session_the_end_is_read_alone(tmp_path: Path, write: Callable[[object], str]) -> None:
    path = tmp_path / "session"
    filler = [(role, f"message {number} about the parser") for number in range(400) for role in ("user", "assistant")]
    path.write_text(write([*filler, *TALK]), encoding="utf-8")

    said = read_tail(path, limit=5000)

    assert 4 < len(said) < 100
    assert [(each.role, each.text) for each in said[-4:]] == TALK


def test_never_more_than_the_tail_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "session.jsonl"
    write_large(path, TALK, 5 * TAIL_BYTES)
    taken: list[int] = []
    opened = Path.open

    def counting(self: Path, *arguments: object, **keywords: object) -> object:
        file = opened(self, *arguments, **keywords)  # type: ignore[call-overload]
        read = file.read

        class Counting:
            def __enter__(self) -> Counting:
                return self

            def __exit__(self, *error: object) -> None:
                file.close()

            def seek(self, *place: int) -> int:
                return int(file.seek(*place))

            def read(self, size: int) -> bytes:
                data = read(size)
                taken.append(len(data))
                return bytes(data)

        return Counting()

    monkeypatch.setattr(Path, "open", counting)

    said = read_tail(path)

    assert [each.text for each in said] == [text for _, text in TALK]
    assert sum(taken) <= TAIL_BYTES


def test_what_is_no_session_is_said_to_be_none(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("just some notes\n")

    with pytest.raises(UnknownFormat):
        read_tail(path)
    path.write_text("")
    assert read_tail(path) == []


def test_damaged_lines_cost_only_themselves(tmp_path: Path) -> None:
    path = tmp_path / "session.jsonl"
    path.write_text('{"type": "user", "mess\n' + claude_lines(TALK) + '{"type": "assistant", "messa', encoding="utf-8")

    assert len(read_tail(path)) == 4
