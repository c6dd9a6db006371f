import json
import signal
import subprocess
from pathlib import Path

import pytest

from support.terminal import LEARNCHAT, Terminal

SWITCH = "We're switching from Bootstrap to Tailwind CSS for the dashboard"
ENTER, CTRL_C, CTRL_N, CTRL_Y = "\r", "\x03", "\x0e", "\x19"

pytestmark = pytest.mark.terminal


def insights(project: Path) -> list[str]:
    listed = subprocess.run([LEARNCHAT, "insights", "--json"], cwd=project, capture_output=True, text=True, check=True)
    return [insight["statement"] for insight in json.loads(listed.stdout)]


def waiting(project: Path) -> list[str]:
    listed = subprocess.run([LEARNCHAT, "inbox", "--json"], cwd=project, capture_output=True, text=True, check=True)
    return [proposal["statement"] for proposal in json.loads(listed.stdout)]


def open_and_be_asked(terminal: Terminal) -> None:
    terminal.wait_for("No model is set up")
    terminal.send(SWITCH + ENTER)
    terminal.wait_for("ctrl+y remember")


@pytest.mark.parametrize("size", [(80, 24), (200, 60)], ids=["80x24", "200x60"])
def test_chat_be_asked_confirm_and_have_it_remembered(project: Path, size: tuple[int, int]) -> None:
    with Terminal([], project, size) as terminal:
        open_and_be_asked(terminal)
        # Until it is armed a chord is swallowed, so it is pressed until it counts.
        terminal.press_until(CTRL_Y, "Learned:")
        terminal.send(CTRL_C + CTRL_C)
        assert terminal.wait_for_end() == 0
    lines = (project / ".learnchat" / "insights.json").read_text().splitlines()
    assert sum(SWITCH in line for line in lines) == 1
    assert (project / ".learnchat" / "LEARNED_INSIGHTS.md").read_text().count(SWITCH) == 1
    assert insights(project) == [SWITCH]
    with Terminal([], project, size) as terminal:
        terminal.wait_for("1 insight")
        terminal.wait_for("No model is set up")
        terminal.send("what do we use for CSS?" + ENTER)
        terminal.wait_for("What you confirmed about this")
        terminal.wait_for("Tailwind CSS for the dashboard (Switch")


def test_typing_goes_on_while_the_toast_is_up(project: Path) -> None:
    with Terminal([], project) as terminal:
        open_and_be_asked(terminal)
        terminal.send("yes n 1 please")
        terminal.wait_for("› yes n 1 please")
        assert "ctrl+y remember" in terminal.text
    assert insights(project) == []


def test_a_countdown_of_zero_saves_nothing(project: Path, isolation: Path) -> None:
    configuration = isolation / "configuration"
    configuration.mkdir()
    (configuration / "config.toml").write_text("[asking]\ncountdown = 5\n")
    with Terminal([], project) as terminal:
        open_and_be_asked(terminal)
        terminal.wait_until_gone("ctrl+y remember")
        terminal.wait_for("1 waiting")
    assert insights(project) == []
    assert waiting(project) == [SWITCH]
    assert not (project / ".learnchat").exists()


def test_a_program_killed_with_a_toast_up_loses_nothing(project: Path) -> None:
    with Terminal([], project) as terminal:
        open_and_be_asked(terminal)
        terminal.process.kill(signal.SIGKILL)
        terminal.wait_for_end()
    assert waiting(project) == [SWITCH]
    with Terminal([], project) as terminal:
        terminal.wait_for("1 waiting")
    answer = subprocess.run(
        [LEARNCHAT, "inbox", "confirm", ident(project)], cwd=project, capture_output=True, text=True
    )
    assert answer.returncode == 0, answer.stderr
    assert insights(project) == [SWITCH]


def ident(project: Path) -> str:
    listed = subprocess.run([LEARNCHAT, "inbox", "--json"], cwd=project, capture_output=True, text=True, check=True)
    return str(json.loads(listed.stdout)[0]["id"])


def test_a_large_hostile_paste_neither_garbles_nor_crashes(project: Path) -> None:
    hostile = "[/etc] \x1b[31mred\u202e שלום 👩‍👩‍👧 " + "x" * 200 + "\n"
    paste = (hostile * 500)[:100_000]
    with Terminal([], project) as terminal:
        terminal.wait_for("No model is set up")
        terminal.send("\x1b[200~" + paste.replace("\x1b", "") + "\x1b[201~")
        terminal.wait_for("[/etc]" if len(paste) < 20_000 else "pasted")
        terminal.send(ENTER)
        terminal.wait_for("Nothing is remembered yet")
        terminal.send("still here")
        terminal.wait_for("› still here")


def test_it_is_resized_without_harm(project: Path) -> None:
    with Terminal([], project, (200, 60)) as terminal:
        open_and_be_asked(terminal)
        terminal.resize(80, 24)
        terminal.wait_for("ctrl+y remember")
        terminal.resize(40, 12)
        terminal.send("abc")
        terminal.wait_for("› abc")


def test_without_a_terminal_it_says_what_to_use(project: Path) -> None:
    answer = subprocess.run([LEARNCHAT], cwd=project, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    assert answer.returncode == 1
    assert "needs a terminal" in answer.stderr
    assert "Traceback" not in answer.stderr


@pytest.mark.parametrize("signal_number", [signal.SIGTERM, signal.SIGHUP], ids=["SIGTERM", "SIGHUP"])
def test_asked_to_end_it_leaves_the_terminal_as_it_was(project: Path, signal_number: int) -> None:
    with Terminal([], project) as terminal:
        terminal.wait_for("No model is set up")
        terminal.send("half a thought")
        terminal.wait_for("› half a thought")
        terminal.process.kill(signal_number)
        assert terminal.wait_for_end() == 0
        assert terminal.raw.rstrip().endswith(b"\x1b[?1049l") or b"\x1b[?1049l" in terminal.raw[-200:]
    with Terminal([], project) as terminal:
        terminal.wait_for("Up brings back the draft you left")


def test_a_paste_without_marks_is_no_stream_of_keys(project: Path) -> None:
    with Terminal([], project) as terminal:
        terminal.wait_for("No model is set up")
        terminal.send("we use uv. " * 2000 + "\nand pnpm\n")
        terminal.wait_for("[pasted 2 lines, 22 KB]")
        terminal.send("still here")
        terminal.wait_for("still here")
