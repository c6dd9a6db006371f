from __future__ import annotations

import io
import json
from typing import Any

from learnchat.learning.transcripts import gemini_cli
from learnchat.learning.transcripts.lines import Lines
from support.assistants import gemini_lines, gemini_record

TALK = [
    ("user", "We use pnpm, not npm"),
    ("assistant", "Understood."),
    ("user", "and Tailwind"),
    ("assistant", "Good."),
]


def said(text: str) -> list[tuple[str, str]]:
    return [(each.role, each.text) for each in gemini_cli.read(Lines(io.BytesIO(text.encode())))]


def line(record: dict[str, Any]) -> str:
    return json.dumps(record) + "\n"


def test_a_message_that_is_written_anew_is_one_message_and_as_it_was_last() -> None:
    text = gemini_lines(TALK) + line(gemini_record(3, "assistant", "Better."))

    assert said(text) == [*TALK[:3], ("assistant", "Better.")]


def test_what_stands_for_the_conversation_in_a_shorter_history_was_not_said() -> None:
    assert "state_snapshot" in gemini_lines(TALK)
    assert said(gemini_lines(TALK)) == TALK


def test_what_the_user_went_back_behind_is_not_read() -> None:
    whole = gemini_lines(TALK)

    assert said(whole + line({"$rewindTo": "g2"})) == TALK[:2]
    assert said(whole + line({"$rewindTo": "g2"}) + line(gemini_record(7, "user", "We use bun"))) == [
        *TALK[:2],
        ("user", "We use bun"),
    ]
    # It stood before the end of the file that is read.
    assert said(whole + line({"$rewindTo": "long ago"})) == []


def test_what_was_shown_counts_and_files_that_went_along_do_not() -> None:
    files = "look at @a.md\n--- Content from referenced files ---\nWe deploy on Fridays.\n--- End of content ---"
    command = gemini_record(1, "user", "A long prompt of a command", displayContent="/review the parser")
    hook = gemini_record(2, "user", "We use pnpm<hook_context>We use npm</hook_context>")

    assert said(line(gemini_record(0, "user", files)) + line(command) + line(hook)) == [
        ("user", "look at @a.md"),
        ("user", "/review the parser"),
        ("user", "We use pnpm"),
    ]


def test_a_sub_agents_session_is_nobodys_conversation() -> None:
    assert said(gemini_lines(TALK).replace('"kind":"main"', '"kind":"subagent"')) == []


def test_a_session_is_known_by_its_first_line_and_by_any_piece_of_it() -> None:
    lines = gemini_lines(TALK).splitlines(keepends=True)
    for start in range(len(lines)):
        head = Lines(io.BytesIO("".join(lines[start:]).encode())).head()
        assert gemini_cli.recognises(head)
