from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from learnchat.learning import SessionTracker
from learnchat.learning.asking.inbox import Inbox
from learnchat.learning.hearing.analysis import Analyser
from learnchat.learning.proposal import JUDGE
from support.gates import ConfidenceGate
from support.judging import ScriptedJudge, make_draft
from support.memory import Place, make_place

SWITCH = "We're switching from Bootstrap to Tailwind CSS for the dashboard"
PNPM = "in here it is pnpm that runs the workspaces, mind you"


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return make_place(tmp_path)


def start(place: Place, judge: ScriptedJudge | None = None) -> SessionTracker:
    return SessionTracker.start(place.root, place.data_root, session="other-1", judge=judge, clock=place.clock)


def test_three_calls_put_what_is_heard_into_the_inbox_and_nothing_into_the_profile(place: Place) -> None:
    tracker = start(place)

    [heard] = tracker.log("user", SWITCH, id="m1")
    tracker.log("assistant", "Understood, Tailwind it is.")
    tracker.end()

    assert (heard.source.session, heard.source.message) == ("other-1", "m1")
    assert [each.id for each in place.open().inbox.pending()] == [heard.id]
    assert place.open().insights() == []


def test_a_judge_reads_after_each_exchange_and_at_the_end(place: Place) -> None:
    judge = ScriptedJudge(make_draft("The workspaces are run by pnpm", "it is pnpm that runs the workspaces"))
    tracker = start(place, judge)
    tracker.log("user", PNPM)
    tracker.log("assistant", "Noted.")
    later = tracker.log("user", "and now the tests of the parser")

    proposals = (*later, *tracker.end())

    assert [(each.statement, each.detector) for each in proposals] == [("The workspaces are run by pnpm", JUDGE)]
    assert len(judge.readings) == 3


def test_without_a_judge_the_rules_read(place: Place) -> None:
    deaf = Analyser([], ConfidenceGate())
    tracker = SessionTracker.start(place.root, place.data_root, analyser=deaf, clock=place.clock)
    tracker.log("user", "no, use pnpm here")
    tracker.log("assistant", "I ran npm install.")
    tracker.log("user", "I said use pnpm, not npm")
    tracker.log("assistant", "Sorry.")

    assert [each.statement for each in tracker.end()] == ["Use pnpm, not npm"]


def test_a_judge_that_fails_or_hangs_costs_nothing_else(place: Place) -> None:
    class Broken(ScriptedJudge):
        async def read(self, reading: object) -> None:  # type: ignore[override]
            raise RuntimeError("broken")

    for judge in (ScriptedJudge(fails=True), Broken()):
        tracker = start(place, judge)
        tracker.log("user", PNPM)
        tracker.log("assistant", "Noted.")
        assert tracker.end() == ()


def test_it_is_followed_without_screen_model_or_validation(place: Place) -> None:
    program = (
        "import sys\nfrom pathlib import Path\nfrom learnchat.learning import SessionTracker\n"
        "tracker = SessionTracker.start(Path(sys.argv[1]), Path(sys.argv[2]))\n"
        f"tracker.log('user', {SWITCH!r})\ntracker.end()\n"
        "print(sorted({'textual', 'rich', 'typer', 'pydantic', 'httpx', 'litellm'} & sys.modules.keys()))"
    )

    answer = subprocess.run(
        [sys.executable, "-c", program, str(place.root), str(place.data_root)],
        capture_output=True,
        text=True,
        check=True,
    )

    assert answer.stdout == "[]\n"
    assert len(place.open().inbox.all()) == 1


def test_the_example_of_the_readme_runs_and_does_what_is_said_there(place: Place, tmp_path: Path) -> None:
    readme = (Path(__file__).parents[3] / "README.md").read_text(encoding="utf-8")
    [example] = [block for block in re.findall(r"```python\n(.*?)```", readme, re.DOTALL) if "SessionTracker" in block]
    program = tmp_path / "follow.py"
    program.write_text(example, encoding="utf-8")

    done = subprocess.run(
        [sys.executable, program, str(place.root), str(place.data_root)], capture_output=True, text=True, check=True
    )

    waiting = [each.statement for each in place.open().inbox.pending()]
    fix = "the deploy fails with a timeout in the registry → fix: setting fetch-retries to 5 fixed it"
    assert done.stdout.splitlines() == [fix]
    assert waiting == ["We're switching from npm to pnpm in this project", fix]
    assert place.open().insights() == []


def test_what_a_judge_found_and_could_not_be_saved_is_saved_with_the_next_call(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    judge = ScriptedJudge(make_draft("The workspaces are run by pnpm", "it is pnpm that runs the workspaces"))
    tracker = start(place, judge)
    tracker.log("user", PNPM)
    tracker.log("assistant", "Noted.")
    with monkeypatch.context() as full:
        full.setattr(Inbox, "add", full_disk)
        with pytest.raises(OSError, match="No space"):
            tracker.end()
    assert place.open().inbox.all() == []

    assert [each.statement for each in tracker.end()] == ["The workspaces are run by pnpm"]
    assert tracker.end() == ()
    assert len(place.open().inbox.all()) == 1


def test_a_message_that_could_not_be_noted_can_be_logged_again(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    tracker = start(place)
    with monkeypatch.context() as full:
        full.setattr(Inbox, "add", full_disk)
        with pytest.raises(OSError, match="No space"):
            tracker.log("user", SWITCH, id="m1")

    assert [each.statement for each in tracker.log("user", SWITCH, id="m1")] == [SWITCH]
    assert tracker.log("user", SWITCH, id="m2") == ()


def full_disk(*arguments: object) -> None:
    raise OSError("No space left on device")
