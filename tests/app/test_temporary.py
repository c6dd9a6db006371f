import os
import subprocess
from pathlib import Path

import pytest

from learnchat.learning.disk.files import WritingForbidden, append_json_lines, replace_file, writing_nothing
from learnchat.learning.disk.locks import lock
from support.commands import CommandLine
from support.model_server import ModelServer
from support.terminal import Terminal

SWITCH = "We're switching from Bootstrap to Tailwind CSS for the dashboard"

Picture = dict[str, tuple[int, int, int]]


def picture(*roots: Path) -> Picture:
    """Every file and folder below some folders, with its time of change, size and inode."""
    found = {}
    for root in roots:
        for folder, folders, files in os.walk(root):
            for name in (*folders, *files, "."):
                path = Path(folder) / name
                status = path.lstat()
                found[str(path)] = (status.st_mtime_ns, status.st_size, status.st_ino)
    return found


@pytest.fixture
def lived_in(shop: Path, learnchat: CommandLine) -> Path:
    """A project under git, with an insight, a conversation and something in the inbox."""
    subprocess.run(["git", "init", "-q"], cwd=shop, check=True)
    assert learnchat("remember", "We deploy with Railway from the main branch").code == 0
    assert learnchat("ask", "-m", "offline", SWITCH).code == 0
    return shop


@pytest.mark.terminal
@pytest.mark.parametrize("mode", [[], ["--inline"], ["--plain"]], ids=["screen", "inline", "plain"])
def test_a_temporary_conversation_leaves_the_file_system_as_it_was(
    lived_in: Path, isolation: Path, mode: list[str]
) -> None:
    before = picture(isolation, lived_in)
    with Terminal(["--temporary", *mode], lived_in) as terminal:
        terminal.wait_for("This conversation is temporary: nothing of it is written to disk")
        terminal.send("how do we deploy?\r")
        terminal.wait_for("- We deploy with" if mode == ["--plain"] else "branch (Fact")
        terminal.send("We use PostgreSQL 16 for the orders database, not MySQL\r")
        terminal.send("/remember we use pnpm\r")
        terminal.wait_for("Nothing was saved: this conversation is temporary.")
        terminal.send("/model offline\r")
        terminal.wait_for("could not be kept")
        terminal.send("/new\r")
        terminal.send("and now?\r")
        terminal.wait_for("Nothing that you confirmed bears on this")
        assert "Remember this?" not in terminal.text
        if mode == ["--plain"]:
            terminal.send("/quit\r")
        else:
            terminal.send("/recall deploy\r")
            terminal.wait_for("What is known about")
            terminal.wait_for("We deploy with Railway")
            terminal.send("\x1b")
            terminal.wait_until_gone("What is known about")
            terminal.send("half a thought")
            terminal.wait_for("half a thought")
            terminal.send("\x03\x03")
        assert terminal.wait_for_end() == 0
    assert picture(isolation, lived_in) == before


def test_a_temporary_conversation_makes_nothing_where_nothing_was(shop: Path, isolation: Path) -> None:
    before = picture(isolation, shop)
    with Terminal(["--temporary"], shop) as terminal:
        terminal.wait_for("No model is set up")
        terminal.send(SWITCH + "\r")
        terminal.wait_for("Nothing is remembered yet.")
        terminal.send("/why-not\r")
        terminal.wait_for("this conversation is temporary")
        terminal.send("\x03\x03")
        assert terminal.wait_for_end() == 0
    assert picture(isolation, shop) == before


def test_a_temporary_question_leaves_nothing_either(
    lived_in: Path, isolation: Path, learnchat: CommandLine, server: ModelServer
) -> None:
    before = picture(isolation, lived_in)
    model = ["--model", "anthropic/claude-test"]
    answer = learnchat("ask", "--temporary", "--json", *model, "We use PostgreSQL 16 for orders. How do we deploy?")
    assert answer.code == 0
    assert answer.err == ""
    assert answer.json["session"] is None
    assert len(answer.json["recalled"]) >= 1
    assert picture(isolation, lived_in) == before


def test_who_promises_to_write_nothing_can_not(tmp_path: Path) -> None:
    with writing_nothing("this is a test"):
        with pytest.raises(WritingForbidden, match="this is a test"):
            append_json_lines(tmp_path / "a", [{"b": 1}])
        with pytest.raises(WritingForbidden):
            replace_file(tmp_path / "a", b"b")
        with pytest.raises(WritingForbidden), lock(tmp_path / "lock"):
            pass
    assert list(tmp_path.iterdir()) == []
    append_json_lines(tmp_path / "a", [{"b": 1}])
    assert (tmp_path / "a").exists()
