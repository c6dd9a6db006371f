from __future__ import annotations

import re
from pathlib import Path

import pytest

from support.model_server import ModelServer, Reply
from support.terminal import LEARNCHAT, Terminal

pytestmark = pytest.mark.terminal

COLOUR = re.compile(rb"\x1b\[(?:\d+;)*(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])[;m]")
MODEL = "anthropic/claude-test"
SWITCH = "We're switching from Bootstrap to Tailwind CSS for the dashboard"
QUESTION = b"\x1b]11;?"
DAYS_GROUND = b"48;2;251;250;246"


def row_of(terminal: Terminal, part: str) -> int:
    return next(number for number, row in enumerate(terminal.rows) if part in row)


def test_no_colour_reaches_the_terminal(project: Path) -> None:
    with Terminal([], project, environment={"NO_COLOR": "1"}) as terminal:
        terminal.wait_for("Ask, or say what is so")
        terminal.send(f"{SWITCH}\r")
        terminal.wait_for("Remember this?")
        terminal.press_until("\x19", "Learned:")
        terminal.send("/insights\r")
        terminal.wait_for("What is known here")
        terminal.send("\x1b\x03\x03")
        assert terminal.wait_for_end() == 0
        assert COLOUR.findall(terminal.raw) == []
        assert b"\x1b[7m" in terminal.raw


def test_a_light_terminal_gets_the_light_theme_and_what_is_typed_meanwhile_is_typed(project: Path) -> None:
    with Terminal([], project) as terminal:
        terminal.wait(lambda: QUESTION in terminal.raw, "the question")
        terminal.send("\x1b]11;rgb:ffff/ffff/ffff\x1b\\# We use uv\r")
        terminal.wait_for("Learned: We use uv")
        assert DAYS_GROUND in terminal.raw
        # Nothing of the answer was shown, neither before the screen nor on it.
        assert b"rgb:" not in terminal.raw
        terminal.send("\x03\x03")
        assert terminal.wait_for_end() == 0


def test_the_chat_stands_below_what_the_shell_printed_and_leaves_it_there(project: Path) -> None:
    program = ("/bin/sh", "-c", f"echo printed before; {LEARNCHAT} --inline; stty -a > after.txt")
    with Terminal([], project, program=program) as terminal:
        terminal.wait_for("Ask, or say what is so")
        assert "printed before" in terminal.text
        assert b"\x1b[?1049h" not in terminal.raw
        terminal.send(f"{SWITCH}\r")
        terminal.wait_for("Remember this?")
        begins = {part: row_of(terminal, part) for part in ("learnchat", "╭─ Remember this?")}
        # The header's row, and those of what was said.
        assert begins["╭─ Remember this?"] - begins["learnchat"] > 5
        terminal.press_until("\x0e", "Skipped")
        terminal.send("# We use uv\r")
        terminal.wait_for("Learned: We use uv")
        terminal.send("\x03\x03")
        assert terminal.wait_for_end() == 0
        assert "printed before" in terminal.text
    assert " echo " in (project / "after.txt").read_text()


def test_what_was_said_below_the_prompt_stays_in_the_terminal(project: Path) -> None:
    program = ("/bin/sh", "-c", f"echo printed before; {LEARNCHAT} --inline --model {MODEL}; echo printed after")
    with (
        ModelServer() as server,
        Terminal(
            [],
            project,
            size=(80, 40),
            environment={"ANTHROPIC_API_KEY": "test-key", "ANTHROPIC_BASE_URL": server.url},
            program=program,
        ) as terminal,
    ):
        server.will(
            Reply(pieces=("## Deploying\n\nUse **make", " deploy**:\n\n- one\n- two\n")),
            Reply(pieces=("Half",), ends="stalled"),
        )
        terminal.wait_for("Ask, or say what is so")
        terminal.send("how do we deploy?\r")
        terminal.wait_for("• two")
        terminal.send("# We use uv\r")
        terminal.wait_for("Learned: We use uv")
        terminal.send("and then?\r")
        terminal.wait_for("Half")
        terminal.send("\x03\x03")
        assert terminal.wait_for_end() == 0
        said = terminal.text
    parts = ["printed before", "› how do we deploy?", "Deploying", "Use make deploy:", "• one", "› and then?", "Half"]
    places = [said.index(part) for part in (*parts, "(stopped)", "Learned: 1", "printed after")]
    assert places == sorted(places)
    assert "Ask, or say what is so" not in said
