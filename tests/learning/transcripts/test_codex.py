from __future__ import annotations

import io

import pytest

from learnchat.learning.transcripts import codex
from learnchat.learning.transcripts.lines import Lines
from support.assistants import codex_lines, codex_message, codex_record

TALK = [
    ("user", "We use pnpm, not npm"),
    ("assistant", "Understood."),
    ("user", "and Tailwind"),
    ("assistant", "Good."),
]


def said(text: str) -> list[tuple[str, str]]:
    return [(each.role, each.text) for each in codex.read(Lines(io.BytesIO(text.encode())))]


def own(*texts: str) -> list[str]:
    return [text for _, text in said(codex_message("user", *texts))]


@pytest.mark.parametrize(
    "fragment",
    [
        "<environment_context>\n<cwd>/tmp</cwd>\n</environment_context>",
        "# AGENTS.md instructions for /tmp\n\n<INSTRUCTIONS>\nWe use make.\n</INSTRUCTIONS>",
        "<SKILL>\n<name>deploy</name>\nWe deploy on Fridays.\n</skill>",
        "<user_shell_command>\n<command>\nls\n</command>\n</user_shell_command>",
        "<turn_aborted>\nThe user interrupted.\n</turn_aborted>",
        '<subagent_notification>{"status": "done"}</subagent_notification>',
        "<additional_context>\n<title>My editor</title>\n</additional_context>",
        '<codex_internal_context source="goal">Go on.</codex_internal_context>',
        '<hook_prompt hook_run_id="1">Try again.</hook_prompt>',
        "<external_browser>a page</external_browser>",
        "Warning: apply_patch was requested via exec_command. Use the tool.",
    ],
)
def test_what_codex_puts_in_the_users_place_was_not_said(fragment: str) -> None:
    assert own(fragment) == []
    assert own(fragment, "We use pnpm, not npm") == ["We use pnpm, not npm"]


def test_a_sentence_that_speaks_of_such_a_mark_is_the_users() -> None:
    text = "<skill> is a tag that we never use in our templates"
    assert own(text) == [text]


@pytest.mark.parametrize("first", ["# Context from my IDE setup:", "# Files mentioned by the user:"])
def test_of_what_an_editor_sends_the_request_is_the_users(first: str) -> None:
    text = f"{first}\n\n## Active file: a.py\n\n## My request for Codex:\nWe use pnpm, not npm"
    assert own(text) == ["We use pnpm, not npm"]
    assert own(f"{first}\n\n## Active file: a.py") == []


def test_turns_that_were_taken_back_are_not_read() -> None:
    whole = codex_lines(TALK)
    back = codex_record("event_msg", {"type": "thread_rolled_back", "num_turns": 1})

    assert said(whole + back) == TALK[:2]
    assert said(whole + back + back) == []
    assert said(whole + back + codex_message("user", "We use bun")) == [*TALK[:2], ("user", "We use bun")]
    assert said(back + whole) == TALK


def test_a_sub_agents_session_is_nobodys_conversation() -> None:
    meta = codex_record("session_meta", {"id": "c2", "cwd": "/tmp", "source": {"subagent": {"thread_spawn": {}}}})
    assert said(meta + codex_message("user", "We use pnpm, not npm")) == []


def test_the_id_of_a_message_is_the_same_at_every_reading() -> None:
    once, again = (
        [each.id for each in codex.read(Lines(io.BytesIO(text.encode())))]
        for text in (codex_lines(TALK), codex_lines(TALK) + codex_message("user", "more"))
    )
    assert again[:4] == once
