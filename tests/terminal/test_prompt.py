from __future__ import annotations

from pathlib import Path

import pytest

from support.terminal import LEARNCHAT, Terminal

ENTER, CTRL_C, CTRL_O, CTRL_R, TAB, ESCAPE = "\r", "\x03", "\x0f", "\x12", "\t", "\x1b"

pytestmark = pytest.mark.terminal


def test_what_is_piped_in_is_a_chip_and_keys_come_from_the_terminal(project: Path) -> None:
    with Terminal([], project, program=("/bin/sh", "-c", f"seq 1 312 | '{LEARNCHAT}'")) as terminal:
        terminal.wait_for("[standard input, 312 lines, 1 KB]")
        terminal.send("add them up" + ENTER)
        terminal.wait_for("with standard input 1 KB")
        terminal.send(CTRL_C + CTRL_C)
        assert terminal.wait_for_end() == 0


def test_a_pipe_that_does_not_end_holds_up_neither_typing_nor_leaving(project: Path) -> None:
    program = ("/bin/sh", "-c", f"mkfifo pipe; sleep 60 > pipe & '{LEARNCHAT}' < pipe; kill $!; echo IT WAS LEFT")
    with Terminal([], project, program=program) as terminal:
        terminal.wait_for("Reading what is piped in")
        terminal.send("typed")
        terminal.wait_for("› typed")
        terminal.send(CTRL_C + CTRL_C)
        terminal.wait_for("IT WAS LEFT")


def test_the_editor_has_the_terminal_and_gives_the_message_back(project: Path, tmp_path: Path) -> None:
    editor = tmp_path / "editor.sh"
    editor.write_text("#!/bin/sh\nprintf 'EDITOR IS HERE\\n'; read answer; printf '%s\\n' \"$answer\" >> \"$1\"\n")
    editor.chmod(0o700)
    with Terminal([], project, environment={"VISUAL": str(editor)}) as terminal:
        terminal.wait_for("No model is set up")
        terminal.send("draft")
        terminal.wait_for("› draft")
        terminal.send(CTRL_O)
        terminal.wait_for("EDITOR IS HERE")
        terminal.send("typed in the editor\n")
        terminal.wait_for("› draft typed in the editor")
        terminal.send(" and on")
        terminal.wait_for("typed in the editor and on")


def test_ctrl_c_in_the_editor_is_the_editors(project: Path, tmp_path: Path) -> None:
    editor = tmp_path / "editor.sh"
    editor.write_text(
        "#!/bin/sh\ntrap 'echo INTERRUPTED' INT\necho EDITOR IS HERE\n"
        'read answer || read answer\nprintf "%s\\n" "$answer" > "$1"\n'
    )
    editor.chmod(0o700)
    with Terminal([], project, environment={"VISUAL": str(editor)}) as terminal:
        terminal.wait_for("No model is set up")
        terminal.send(CTRL_O)
        terminal.wait_for("EDITOR IS HERE")
        terminal.send("\x03")
        terminal.wait_for("INTERRUPTED")
        terminal.send("typed after it\n")
        terminal.wait_for("› typed after it")
        terminal.send(" and on")
        terminal.wait_for("› typed after it and on")


def test_a_command_typed_at_once_is_completed_and_run(project: Path) -> None:
    with Terminal([], project) as terminal:
        terminal.wait_for("No model is set up")
        terminal.send("/why-n" + ENTER)
        terminal.wait_for("You have not said anything yet.")
        terminal.send("/")
        terminal.wait_for("save a statement now")
        terminal.send(ESCAPE)
        terminal.wait_until_gone("save a statement now")
