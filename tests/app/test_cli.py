from __future__ import annotations

import os
import subprocess
from importlib.metadata import version
from pathlib import Path

import pytest

from learnchat.app import cli, launching
from learnchat.app.cli import CHAT, COMMANDS, PROGRAM, VERSION, aim
from learnchat.app.keymap import KEYS
from learnchat.learning.errors import LearnchatError
from support.commands import CommandLine
from support.terminal import LEARNCHAT, Terminal

Opened = list[tuple[Path, str | None, str | None, bool]]


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Opened:
    """The chats that would have been opened."""
    chats: Opened = []

    def open_chat(chat: launching.ChatArguments) -> int:
        chats.append((chat.directory.resolve(), chat.model, chat.theme, chat.quiet))
        return 0

    monkeypatch.setattr(launching, "open_chat", open_chat)
    return chats


@pytest.mark.parametrize("command", COMMANDS)
def test_a_first_word_that_is_a_command_is_that_command(
    learnchat: CommandLine, shop: Path, opened: Opened, command: str
) -> None:
    (shop / command).mkdir()

    result = learnchat(command, "-h")

    assert result.code == 0
    assert f"Usage: learnchat {command} " in result.out
    assert opened == []


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("form", ["./{}", "{}/", "--"])
def test_a_folder_that_is_called_like_a_command_can_be_opened(
    learnchat: CommandLine, shop: Path, opened: Opened, command: str, form: str
) -> None:
    (shop / command).mkdir()
    arguments = ["--", command] if form == "--" else [form.format(command)]

    assert learnchat(*arguments).code == 0
    assert opened == [(shop / command, None, None, False)]


def test_alone_it_opens_the_chat_where_it_is(learnchat: CommandLine, shop: Path, opened: Opened) -> None:
    assert learnchat().code == 0
    assert opened == [(shop, None, None, False)]


@pytest.mark.parametrize(
    "arguments",
    [
        ["--model", "offline", "--theme", "day", "--quiet", "src"],
        ["src", "--quiet", "--theme=day", "--model=offline"],
        ["--model", "offline", "src", "--quiet", "--theme", "day"],
        ["-m", "offline", "src", "--quiet", "--theme", "day"],
    ],
)
def test_the_options_of_the_chat_stand_anywhere(
    learnchat: CommandLine, shop: Path, opened: Opened, arguments: list[str]
) -> None:
    (shop / "src").mkdir()

    assert learnchat(*arguments).code == 0
    assert opened == [(shop / "src", "offline", "day", True)]


def test_the_value_of_an_option_is_no_command(learnchat: CommandLine, shop: Path, opened: Opened) -> None:
    assert learnchat("--theme", "insights").code == 0
    assert opened == [(shop, None, "insights", False)]


@pytest.mark.parametrize(
    ("arguments", "aimed_at"),
    [
        ([], CHAT),
        (["insights"], "insights"),
        (["insights", "--help"], "insights"),
        (["--quiet", "insights"], "insights"),
        (["--model", "insights"], CHAT),
        (["-m", "insights"], CHAT),
        (["--model=x", "doctor"], "doctor"),
        (["--", "insights"], CHAT),
        (["--", "--help"], CHAT),
        (["./insights"], CHAT),
        (["--help"], PROGRAM),
        (["src", "-h"], PROGRAM),
        (["--version"], VERSION),
        (["-"], CHAT),
    ],
)
def test_what_a_command_line_is_about(arguments: list[str], aimed_at: str) -> None:
    assert aim(arguments) == aimed_at


def test_a_folder_that_is_not_there_is_named(learnchat: CommandLine, opened: Opened) -> None:
    result = learnchat("nosuchdir")

    assert (result.code, result.out) == (2, "")
    assert result.err.splitlines() == [
        "learnchat: There is no folder nosuchdir, and no command of that name.",
        "`learnchat --help` lists the commands.",
    ]
    assert opened == []


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("how do we deploy?", 'A question is asked by `learnchat ask "…"`, or in the chat.'),
        ("resume", "Did you mean `learnchat -c` or `learnchat --resume ID`?"),
        ("chat", "Did you mean `learnchat`?"),
        ("insihgts", "Did you mean `learnchat insights`?"),
    ],
)
def test_what_is_no_folder_leads_to_what_was_meant(
    learnchat: CommandLine, opened: Opened, word: str, hint: str
) -> None:
    assert learnchat(word).err.splitlines()[-1] == hint
    assert opened == []


@pytest.mark.parametrize("arguments", [["~nobody-of-that-name"], ["insights", "--project", "~nobody-of-that-name"]])
def test_the_home_of_nobody_is_named(learnchat: CommandLine, arguments: list[str]) -> None:
    assert learnchat(*arguments).err.startswith("learnchat: There is no folder ~nobody-of-that-name")


@pytest.mark.terminal
def test_a_folder_that_is_called_like_a_command_opens_in_a_terminal(shop: Path) -> None:
    (shop / "insights").mkdir()

    with Terminal(["--quiet", "--", "insights"], shop) as terminal:
        terminal.wait_for("offline")
        terminal.wait_for("insights")
        terminal.send("\x03")
        terminal.wait_for("again leaves")
        terminal.send("\x03")

        assert terminal.wait_for_end() == 0


@pytest.mark.parametrize(("typed", "meant"), [("insigths", "insights"), ("remeber", "remember"), ("docter", "doctor")])
def test_a_word_like_a_command_is_answered_with_it(learnchat: CommandLine, typed: str, meant: str) -> None:
    assert f"Did you mean `learnchat {meant}`?" in learnchat(typed).err


def test_a_file_is_no_folder(learnchat: CommandLine, shop: Path) -> None:
    (shop / "notes.txt").write_text("x")

    result = learnchat("notes.txt")

    assert result.code == 2
    assert "notes.txt is a file, not a folder" in result.err


@pytest.mark.parametrize(
    "arguments", [["--nonsense"], ["a", "b"], ["insights", "--nonsense"], ["insights", "x"], ["inbox", "confirm"]]
)
def test_what_can_not_be_understood_is_exit_code_2_on_standard_error(
    learnchat: CommandLine, arguments: list[str]
) -> None:
    result = learnchat(*arguments)

    assert (result.code, result.out) == (2, "")
    assert "--help" in result.err


def test_the_options_of_the_chat_are_not_taken_before_a_command(learnchat: CommandLine) -> None:
    result = learnchat("--quiet", "insights")

    assert result.code == 2
    assert "--quiet is for the chat, not for `learnchat insights`" in result.err


def test_what_the_chat_refuses_is_one_plain_message(learnchat: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*arguments: object) -> int:
        raise LearnchatError("There is no theme x\x1b[31m.", "There are day and night.")

    monkeypatch.setattr(launching, "open_chat", refuse)

    result = learnchat("--theme", "x")

    assert (result.code, result.out) == (1, "")
    assert result.err == "learnchat: There is no theme x.\nThere are day and night.\n"


def test_an_error_of_the_system_is_one_plain_message(learnchat: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*arguments: object) -> int:
        raise PermissionError(13, "Permission denied", "/somewhere")

    monkeypatch.setattr(launching, "open_chat", fail)

    assert learnchat(".").err == "learnchat: Permission denied: /somewhere\n"


def test_the_version(learnchat: CommandLine) -> None:
    assert learnchat("--version").out == f"learnchat {version('learnchat')}\n"


@pytest.mark.parametrize("option", ["--help", "-h"])
def test_the_help_says_what_it_is_with_commands_options_and_keys(learnchat: CommandLine, option: str) -> None:
    result = learnchat(option)

    assert result.code == 0
    for word in (*COMMANDS, "--model", "--theme", "--quiet", "--version", "PATH"):
        assert word in result.out
    for key in KEYS:
        if key.id in cli.KEYS_IN_HELP:
            assert key.description in result.out
    assert all(len(line) <= 80 for line in result.lines)
    assert "..." not in result.out.partition("Commands:")[2]


@pytest.mark.parametrize("arguments", [["--help"], ["locate"], ["doctor", "--offline", "--json"]])
def test_a_reader_that_has_left_is_no_error(shop: Path, arguments: list[str]) -> None:
    reader, writer = os.pipe()
    os.close(reader)

    done = subprocess.run([LEARNCHAT, *arguments], cwd=shop, stdout=writer, stderr=subprocess.PIPE, check=False)
    os.close(writer)

    assert (done.returncode, done.stderr) == (1, b"")


def test_ctrl_c_is_exit_code_130(learnchat: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*arguments: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(launching, "open_chat", interrupt)

    assert learnchat(".").code == 130
