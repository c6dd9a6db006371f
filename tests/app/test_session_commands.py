from __future__ import annotations

import json
from pathlib import Path

import pytest

from learnchat.app.locations import Locations
from learnchat.app.sessions.finding import sessions_folder
from learnchat.learning.transcripts.saved import read_saved
from learnchat.learning.transcripts.session import SessionFile, list_sessions
from support.commands import CommandLine
from support.talks import hold

HOSTILE = "<script>alert(1)</script> ![x](http://evil.example/x.png) [a](javascript:alert(1)) <!-- & \"'"


@pytest.fixture
def talk(shop: Path) -> SessionFile:
    return hold(shop, "how do we deploy?", "By **hand**.", "and test?", "Rarely.")


def sessions(shop: Path) -> list[SessionFile]:
    return list_sessions(sessions_folder(shop, Locations.find()))


def test_a_conversation_is_renamed(learnchat: CommandLine, talk: SessionFile) -> None:
    result = learnchat("sessions", "rename", talk.session[:6], "Deploying", "[b]now[/b]")

    assert result.out == f"{talk.session} is “Deploying [b]now[/b]” now.\n"
    [listed] = learnchat("sessions", "--json").json
    assert listed["title"] == "Deploying [b]now[/b]"


def test_a_deleted_conversation_is_restored(learnchat: CommandLine, talk: SessionFile) -> None:
    assert "Deleted: how do we deploy?" in learnchat("sessions", "delete", talk.session).out
    assert learnchat("sessions", "--json").json == []
    assert [each["id"] for each in learnchat("sessions", "restore", "--json").json] == [talk.session]
    assert talk.session in learnchat.on_terminal("sessions", "restore").out

    assert learnchat("sessions", "restore", talk.session[:5]).out == "Brought back: how do we deploy?\n"
    assert len(learnchat("sessions", "--json").json) == 1
    assert learnchat.on_terminal("sessions", "restore").out == "No conversation was deleted here in the last day.\n"
    assert "No conversation was deleted here" in learnchat("sessions", "restore", talk.session).err


def test_a_fork_has_the_messages_up_to_one(learnchat: CommandLine, talk: SessionFile, shop: Path) -> None:
    assert "message 2" in learnchat.on_terminal("sessions", "show", talk.session).out
    result = learnchat("sessions", "fork", talk.session, "--at", "2")

    assert result.out.startswith("Copied 2 of 4 messages: learnchat --resume ")
    [copy] = [file for file in sessions(shop) if file.session in result.out]
    assert [each.text for each in read_saved(copy).branches.path()] == ["how do we deploy?", "By **hand**."]
    assert "It has messages 1 to 4." in learnchat("sessions", "fork", talk.session, "--at", "5").err


@pytest.mark.parametrize("query", ["deploy", "since:2020-01-01"])
def test_what_a_fork_has_too_is_found_once(learnchat: CommandLine, talk: SessionFile, query: str) -> None:
    learnchat("sessions", "fork", talk.session, "--at", "2")

    found = [each["excerpt"] for each in learnchat("search", query, "--json").json]

    assert found.count("how do we deploy?") == 1


def test_a_conversation_is_exported_in_three_forms(learnchat: CommandLine, talk: SessionFile, shop: Path) -> None:
    markdown = learnchat("sessions", "export", talk.session).out
    assert markdown.startswith("# how do we deploy?\n\n## You, ")
    assert "\n\nBy **hand**.\n\n## You, " in markdown

    document = json.loads(learnchat("sessions", "export", talk.session, "--format", "json").out)
    assert [each["text"] for each in document["messages"]] == [
        "how do we deploy?",
        "By **hand**.",
        "and test?",
        "Rarely.",
    ]

    assert learnchat("sessions", "export", talk.session, "--output", "talk.html").out == "Written: talk.html\n"
    assert "<strong>hand</strong>" in (shop / "talk.html").read_text()
    assert "--force replaces it." in learnchat("sessions", "export", talk.session, "--output", "talk.html").err
    assert learnchat("sessions", "export", talk.session, "--output", "talk.html", "--force").code == 0
    assert "is a folder.\nName a file" in learnchat("sessions", "export", talk.session, "-o", ".", "--force").err


def test_nothing_in_a_page_is_run_or_loaded(learnchat: CommandLine, shop: Path) -> None:
    file = hold(shop, HOSTILE, f"{HOSTILE}\n\n```html\n{HOSTILE}\n```\n")
    page = learnchat("sessions", "export", file.session, "--format", "html").out

    assert "<script" not in page
    assert "<img" not in page
    assert 'href="javascript' not in page
    assert "default-src &#x27;none&#x27;" in page or "default-src 'none'" in page


@pytest.mark.parametrize("form", ["md", "markdown", "MD"])
def test_a_form_has_a_short_name_too(learnchat: CommandLine, talk: SessionFile, form: str) -> None:
    assert learnchat("sessions", "export", talk.session, "--format", form).out.startswith("# how do we deploy?")


def test_a_form_that_is_none_is_answered_with_those_that_are(learnchat: CommandLine, talk: SessionFile) -> None:
    result = learnchat("sessions", "export", talk.session, "--format", "pdf")
    assert result.code == 2
    assert "There is no format pdf." in result.err
    assert "markdown, json, html" in result.err


def test_secrets_are_left_out_of_an_export_which_is_said(learnchat: CommandLine, shop: Path) -> None:
    file = hold(shop, "the key is AKIAIOSFODNN7EXAMPLQ", "I see AKIAIOSFODNN7EXAMPLQ.")
    for form in ("markdown", "json", "html"):
        result = learnchat("sessions", "export", file.session, "--format", form)
        assert "AKIAIOSFODNN7EXAMPLQ" not in result.out
        assert "Left out, for they are secrets:" in result.err


@pytest.mark.parametrize("command", ["rename", "delete", "restore", "fork", "export", "show"])
def test_an_id_that_is_none_is_an_error(learnchat: CommandLine, talk: SessionFile, command: str) -> None:
    result = learnchat("sessions", command, "zzzz", *(["x"] if command == "rename" else []))

    assert result.code == 1
    expected = "No conversation was deleted here" if command == "restore" else "no conversation with the id zzzz here."
    assert expected in result.err


def test_histories_of_several_formats_are_imported_once(learnchat: CommandLine, shop: Path) -> None:
    chatgpt = [
        {
            "title": "Deploying",
            "id": "c1",
            "mapping": {
                "u": {
                    "parent": None,
                    "message": {"author": {"role": "user"}, "content": {"content_type": "text", "parts": ["how?"]}},
                }
            },
        }
    ]
    (shop / "conversations.json").write_text(json.dumps(chatgpt))
    reply = "a long reply. " * 1000
    (shop / ".aider.chat.history.md").write_text(
        f"# aider chat started at 2025-01-31 12:00:00\n\n#### use uv  \n\n{reply}\n\n"
        "# aider chat started at 2025-02-01 12:00:00\n\n#### hello  \n\nHi.\n"
    )
    first = learnchat("sessions", "import", "conversations.json", ".")
    assert first.out.startswith("3 conversations imported, 5 messages.\n")
    again = learnchat("sessions", "import", "conversations.json", ".", "--json").json

    assert [(each["title"], each["result"]) for each in again] == [
        ("Deploying", "known"),
        ("use uv", "known"),
        ("hello", "known"),
    ]
    texts = [said.text for file in sessions(shop) for said in read_saved(file).branches.path()]
    assert reply.strip() in texts
    assert {each["imported"] for each in learnchat("sessions", "--json").json} == {"chatgpt", "aider"}


def test_standard_input_is_imported_too(learnchat: CommandLine, shop: Path) -> None:
    result = learnchat("sessions", "import", "-", stdin='{"role": "user", "content": "hello"}\n')

    assert "1 conversation imported, 1 message." in result.out


def test_a_file_of_no_known_format_is_named_with_those_that_are(learnchat: CommandLine, shop: Path) -> None:
    (shop / "notes.txt").write_text("just words\n")
    result = learnchat("sessions", "import", "notes.txt")

    assert result.code == 1
    assert "notes.txt, line 1: it begins none of the known histories." in result.err
    assert "ChatGPT's and Claude's conversations.json" in result.err
    assert "SpecStory" in result.err


def test_a_damaged_export_is_named_and_its_beginning_kept(learnchat: CommandLine, shop: Path) -> None:
    whole = json.dumps([{"uuid": "k", "name": "T", "chat_messages": [{"sender": "human", "text": "hi"}]}])
    (shop / "conversations.json").write_text(whole[:-1] + ', {"uuid"')
    result = learnchat("sessions", "import", "conversations.json")

    assert result.code == 1
    assert "it is damaged, or ends before its end" in result.err
    assert len(sessions(shop)) == 1
