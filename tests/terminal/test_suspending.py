from __future__ import annotations

import os
import re
import signal
from pathlib import Path

import pytest

from learnchat.app import suspending
from support.chat import open_chat
from support.terminal import LEARNCHAT, Terminal

BASH = ("/bin/bash", "--norc", "--noprofile", "-i")
# As a program that waits for it starts it: both are one job.
STARTED = [LEARNCHAT, f'sh -c "{LEARNCHAT}; exit"']


@pytest.mark.terminal
@pytest.mark.skipif(not Path("/bin/bash").exists(), reason="no bash here")
@pytest.mark.parametrize("command", STARTED, ids=["by the shell", "by a script"])
def test_ctrl_z_leads_to_the_shell_and_fg_back(tmp_path: Path, command: str) -> None:
    with Terminal([], tmp_path, program=BASH, environment={"PS1": "shell: "}) as terminal:
        terminal.wait_for("shell:")
        terminal.send(f"{command}\r")
        terminal.wait_for("No model is set up")
        terminal.send("half a thought")
        terminal.wait_for("half a thought")
        terminal.send("\x1a")
        terminal.wait_for("Stopped")
        terminal.send("echo back in $((40 + 2))\r")
        terminal.wait_for("back in 42")
        terminal.send("fg\r")
        terminal.wait(lambda: "half a thought" in terminal.text and "back in 42" not in terminal.text, "the chat")
        terminal.send(", and the rest")
        terminal.wait_for("half a thought, and the rest")


@pytest.mark.terminal
@pytest.mark.skipif(not Path("/bin/bash").exists(), reason="no bash here")
def test_below_the_shells_prompt_nothing_stops_it(tmp_path: Path) -> None:
    with Terminal([], tmp_path, program=BASH, environment={"PS1": "shell: "}) as terminal:
        terminal.wait_for("shell:")
        terminal.send(f"sh -c 'echo number $$.; exec {LEARNCHAT} --inline'\r")
        terminal.wait_for("No model is set up")
        number = re.search(r"number (\d+)\.", terminal.raw.decode(errors="replace"))
        assert number is not None
        terminal.send("half\x1a")
        terminal.wait_for("There is no background with --inline. ctrl+_ undoes typing.")
        os.kill(int(number[1]), signal.SIGTSTP)
        terminal.send(" a thought")
        terminal.wait_for("› half a thought")
        assert "Stopped" not in terminal.text


async def test_where_no_shell_waits_ctrl_z_only_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suspending, "_suspend", lambda driver: pytest.fail("nobody would wake it"))
    async with open_chat(tmp_path) as chat:
        await chat.type("abc")
        await chat.pilot.press("ctrl+z")
        await chat.until(lambda: "Nothing here could bring it back" in chat.status)
        assert chat.prompt.text == "abc"


@pytest.mark.parametrize(("group", "waits"), [(17, False), (18, True)])
def test_a_shell_waits_where_the_job_has_a_group_of_its_own(
    group: int, waits: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(suspending.os, "getsid", lambda process: 17)
    monkeypatch.setattr(suspending.os, "getpgrp", lambda: group)
    assert suspending._shell_waits() is waits
