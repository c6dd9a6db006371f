import sys
from pathlib import Path

import pytest

from learnchat.app.crashes import KEPT_REPORTS, keep_report, report_of, sentence_of
from learnchat.learning.clock import SystemClock
from learnchat.learning.disk.files import writing_nothing
from support.terminal import Terminal

SECRET = "sk-ant-very-secret-0123456789"
MESSAGE = "our launch is on the ninth of May"

# A program that fails where a message is taken, with the message and a key within reach.
CRASHING = """
import os
from learnchat.app.screens.chat import ChatScreen

def fail(self, text):
    key = os.environ["ANTHROPIC_API_KEY"]
    raise KeyError(text + key)

ChatScreen.send = fail
from learnchat.app.main import main
main()
"""


def failing() -> BaseException:
    try:
        try:
            local = SECRET
            raise ValueError(local)
        except ValueError as error:
            raise RuntimeError(MESSAGE) from error
    except RuntimeError as error:
        return error


def test_a_report_has_the_lines_of_code_and_no_value() -> None:
    report = report_of(failing(), SystemClock().now())
    assert "builtins.RuntimeError" in report
    assert "builtins.ValueError" in report
    assert "in failing" in report
    assert SECRET not in report
    assert MESSAGE not in report


def test_the_sentence_names_the_report_and_no_value(tmp_path: Path) -> None:
    report = keep_report(tmp_path / "logs", failing())
    assert report is not None
    assert report.stat().st_mode & 0o777 == 0o600
    sentence = sentence_of(failing(), report)
    assert str(report) in sentence
    assert MESSAGE not in sentence


def test_only_the_last_reports_are_kept(tmp_path: Path) -> None:
    for second in range(KEPT_REPORTS + 3):
        (tmp_path / f"crash-20200101T0000{second:02}Z.txt").write_text("old")
    report = keep_report(tmp_path, failing())
    kept = sorted(tmp_path.glob("crash-*.txt"))
    assert len(kept) == KEPT_REPORTS
    assert kept[-1] == report


def test_a_temporary_conversation_leaves_no_report(tmp_path: Path) -> None:
    with writing_nothing("this is a test"):
        assert keep_report(tmp_path, failing()) is None
    assert list(tmp_path.iterdir()) == []


@pytest.mark.terminal
@pytest.mark.parametrize("mode", [[], ["--inline"]], ids=["screen", "inline"])
def test_a_crash_leaves_the_terminal_as_it_was_and_a_report(shop: Path, isolation: Path, mode: list[str]) -> None:
    program = (sys.executable, "-c", CRASHING)
    with Terminal(mode, shop, environment={"ANTHROPIC_API_KEY": SECRET}, program=program) as terminal:
        terminal.wait_for("Ask, or say what is so")
        terminal.send(MESSAGE + "\r")
        assert terminal.wait_for_end() == 1
        written = terminal.raw
    ends = written[written.rindex(b"learnchat has crashed") - 400 :]
    if not mode:
        assert b"\x1b[?1049l" in ends
        assert b"\x1b[?25h" in ends
    assert b"KeyError" in ends
    assert b"Traceback" not in ends
    for private in (SECRET.encode(), MESSAGE.encode()):
        assert private not in written[written.rindex(b"learnchat has crashed") :]
    reports = list((isolation / "data" / "logs").glob("crash-*.txt"))
    assert len(reports) == 1
    report = reports[0].read_text()
    assert "KeyError" in report
    assert SECRET not in report
    assert MESSAGE not in report


def test_a_command_that_crashes_says_so_in_two_lines(shop: Path, isolation: Path) -> None:
    crashing = """
import sys
sys.argv = ["learnchat", "insights"]
import learnchat.app.commands.insights
def fail(*arguments, **keywords):
    raise KeyError("what was said")
learnchat.app.commands.insights.open_workplace = fail
from learnchat.app.main import main
main()
"""
    with Terminal([], shop, program=(sys.executable, "-c", crashing)) as terminal:
        assert terminal.wait_for_end() == 1
        assert b"learnchat has crashed: KeyError" in terminal.raw
        assert b"what was said" not in terminal.raw
        assert b"Traceback" not in terminal.raw
    assert len(list((isolation / "data" / "logs").glob("crash-*.txt"))) == 1
