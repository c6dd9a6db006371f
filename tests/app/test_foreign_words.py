from __future__ import annotations

from pathlib import Path

import pytest

from learnchat.app.foreign_words import BARE, COMMANDS
from learnchat.app.slash_commands import SLASH_COMMANDS, nearest, objection, parse
from support.chat import open_chat

NAMES = {command.name for command in SLASH_COMMANDS}


def test_each_leads_to_a_command_and_is_none_itself() -> None:
    assert {*BARE.values(), *COMMANDS.values()} <= NAMES
    assert not NAMES & set(COMMANDS)


@pytest.mark.parametrize(("word", "name"), [("exit", "quit"), ("Quit", "quit"), (":q", "quit"), ("?", "help")])
def test_a_bare_word_of_a_shell_is_a_command(word: str, name: str) -> None:
    call = parse(word, typed=True)
    assert call is not None
    assert call.command is not None
    assert call.command.name == name


@pytest.mark.parametrize("text", [" exit", "exit the loop", "help me", "exit\nhelp"])
def test_a_sentence_with_it_is_a_message(text: str) -> None:
    assert parse(text, typed=True) is None


def test_a_pasted_word_is_a_message() -> None:
    assert parse("exit", typed=False) is None


def test_a_name_of_another_chat_leads_to_the_one_that_is_meant() -> None:
    assert [nearest(name) for name in ("clear", "config", "keys", "exit", "insihgts", "xyzzy")] == [
        "new",
        "settings",
        "help",
        "quit",
        "insights",
        "",
    ]


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("/detect foo", "`learnchat detect` is a command of the shell."),
        ("/locate", "`learnchat locate` is a command of the shell."),
        ("/docter", "`learnchat doctor` is a command of the shell."),
        ("/log", "`learnchat log` is a command of the shell."),
        ("/pin foo", "/help lists the commands."),
        ("/foo bar", "/help lists the commands."),
        ("/insihgts auth", "Did you mean /insights?"),
        ("/sessions", "Did you mean /resume?"),
    ],
)
def test_a_command_that_is_none_is_answered_with_what_is_meant(text: str, hint: str) -> None:
    call = parse(text, typed=True)
    assert call is not None
    assert call.command is None
    assert objection(call).hint.startswith(hint)


@pytest.mark.parametrize(
    "text",
    ["/etc/hosts is wrong", "/api/users returns 500", " /detect foo", "! ls", "!", "!!", "!="],
)
def test_what_is_no_command_is_a_message(text: str) -> None:
    assert parse(text, typed=True) is None


@pytest.mark.parametrize("text", ["!ls", "!git status", "!./build.sh"])
def test_commands_of_a_shell_are_not_run_and_not_sent(text: str) -> None:
    call = parse(text, typed=True)
    assert call is not None
    assert "is a command of the shell: it is not run here." in objection(call).sentence
    assert parse(text, typed=False) is None


async def test_what_is_not_sent_stays_in_the_prompt(project: Path) -> None:
    async with open_chat(project) as chat:
        for text in ("/detect foo", "/log", "!ls -l"):
            await chat.send(text)
            await chat.until(lambda text=text: chat.prompt.text == text, text)
            chat.prompt.clear()
        assert "`ls` is a command of the shell: it is not run here." in chat.said
        assert chat.app.chat.session.path == []


async def test_what_names_no_program_is_sent(project: Path) -> None:
    async with open_chat(project) as chat:
        for text in ("!important", "!find the bug in the parser"):
            await chat.send(text)
            await chat.until(lambda text=text: text in chat.said and not chat.app.chat.replies.active, text)
        assert [said.text for said in chat.app.chat.session.path if said.role == "user"] == [
            "!important",
            "!find the bug in the parser",
        ]


async def test_what_is_meant_stands_in_the_prompt_for_enter_to_take(project: Path) -> None:
    async with open_chat(project) as chat:
        await chat.send("/memorise we use uv")
        await chat.until(lambda: "There is no /memorise." in chat.said, "that there is none")
        await chat.pilot.press("x")
        assert chat.prompt.text == "x"
        chat.prompt.clear()
        await chat.send("/rembember we use uv, not pip")
        await chat.until(lambda: "/remember? enter takes it." in " ".join(chat.said.split()), "the question")
        assert chat.prompt.text == "/remember we use uv, not pip"
        await chat.pilot.press("enter")
        await chat.until(lambda: len(chat.insights()) == 1, "the insight")


async def test_what_is_meant_is_cleared_by_ctrl_c_as_a_draft_is(project: Path) -> None:
    async with open_chat(project) as chat:
        await chat.send("/rembember we use uv, not pip")
        await chat.until(lambda: chat.prompt.text == "/remember we use uv, not pip", "the question")
        await chat.pilot.press("ctrl+c")
        await chat.until(lambda: chat.prompt.text == "", "an empty prompt")
        assert "again leaves" in chat.status
