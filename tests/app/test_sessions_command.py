from __future__ import annotations

import json
from pathlib import Path

import pytest

from learnchat.app.locations import Locations
from learnchat.learning.disk.project import find_project
from learnchat.learning.transcripts.session import Transcript
from support.clock import FakeClock
from support.commands import CommandLine


@pytest.fixture
def talks(shop: Path) -> list[Transcript]:
    """Two conversations in the shop, an hour between them."""
    root = find_project(shop).root
    folder = Locations.find().user_data.project(root).sessions
    clock = FakeClock()
    first = Transcript.create(folder, root, clock)
    first.append("user", "How do we sort [the] list?\nBy name?")
    first.append("assistant", "By name.", model="offline", stopped=True)
    clock.advance(3600)
    second = Transcript.create(folder, root, clock)
    second.append("user", "Hello \x1b[31magain")
    return [first, second]


def test_conversations_are_listed_newest_first(learnchat: CommandLine, talks: list[Transcript]) -> None:
    rows = [line.split("\t") for line in learnchat("sessions").lines]

    assert [row[0] for row in rows] == [talks[1].session, talks[0].session]
    assert rows[1][2:] == ["2", "How do we sort [the] list? By name?"]
    assert rows[0][1] > rows[1][1]


def test_on_a_terminal_they_are_a_table(learnchat: CommandLine, talks: list[Transcript]) -> None:
    result = learnchat.on_terminal("sessions")

    assert all(len(line) <= 80 for line in result.lines)
    assert "How do we sort [the] list?" in result.out
    assert "Hello again" in result.out


def test_json_has_all_fields(learnchat: CommandLine, talks: list[Transcript]) -> None:
    newest, oldest = learnchat("sessions", "--json").json

    assert (newest["id"], newest["messages"], newest["path"]) == (talks[1].session, 1, str(talks[1].path))
    assert oldest["first"].startswith("How do we sort")


def test_what_was_asked_on_the_command_line_is_marked(learnchat: CommandLine, talks: list[Transcript]) -> None:
    assert learnchat("ask", "-m", "offline", "what is 2+2?").code == 0

    assert [each["asked"] for each in learnchat("sessions", "--json").json] == [True, False, False]
    assert "(asked) what is 2+2?" in learnchat.on_terminal("sessions").out


def test_a_place_without_conversations_says_so(learnchat: CommandLine) -> None:
    assert learnchat("sessions").out == ""
    assert learnchat("sessions", "--json").json == []
    assert learnchat.on_terminal("sessions").out == "There are no conversations here yet.\n"


def test_a_conversation_is_shown_by_the_beginning_of_its_id(learnchat: CommandLine, talks: list[Transcript]) -> None:
    result = learnchat.on_terminal("sessions", "show", talks[0].session[:6])

    assert result.code == 0
    assert "── you, " in result.out
    assert "How do we sort [the] list?\nBy name?\n" in result.out
    assert "── offline, " in result.out
    assert ", stopped\nBy name.\n" in result.out


def test_a_shown_conversation_is_lines_in_a_pipe_and_json_when_asked(
    learnchat: CommandLine, talks: list[Transcript]
) -> None:
    rows = [line.split("\t") for line in learnchat("sessions", "show", talks[0].session).lines]
    assert [(row[0], row[2]) for row in rows] == [
        ("user", "How do we sort [the] list? By name?"),
        ("assistant", "By name."),
    ]

    said = json.loads(learnchat("sessions", "show", talks[0].session, "--json").out)
    assert said[1]["model"] == "offline"
    assert said[0]["text"] == "How do we sort [the] list?\nBy name?"


def test_an_id_that_is_none_is_named(learnchat: CommandLine, talks: list[Transcript]) -> None:
    result = learnchat("sessions", "show", "zzz")

    assert result.code == 1
    assert "There is no conversation with the id zzz here." in result.err


def test_another_projects_conversations_are_listed_by_its_path(
    learnchat: CommandLine, talks: list[Transcript], tmp_path: Path, shop: Path
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    learnchat.directory = elsewhere

    assert learnchat("sessions").out == ""
    assert len(learnchat("sessions", "--project", str(shop)).lines) == 2
    assert learnchat("sessions", "--project", str(shop), "show", talks[1].session).code == 0


def test_a_listed_conversation_can_be_replayed(learnchat: CommandLine, talks: list[Transcript]) -> None:
    paths = [each["path"] for each in learnchat("sessions", "--json").json]

    answer = learnchat("replay", *paths, "--json").json
    assert [each["format"] for each in answer["histories"]] == ["learnchat", "learnchat"]
    assert answer["messages"] == 2
