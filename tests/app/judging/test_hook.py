from __future__ import annotations

import json
import os
import select
import shlex
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from learnchat.app.judging.hook_work import StopEvent, read_event, work
from learnchat.app.locations import Locations
from learnchat.learning.clock import SystemClock
from learnchat.learning.disk.project import find_project
from learnchat.learning.memory.profiles import Profiles
from learnchat.learning.proposal import JUDGE
from support.assistants import MOMENT, claude_lines, codex_lines, gemini_lines, write_large
from support.judging import FOUND, HEARD, NOTHING, SAID
from support.model_server import ModelServer, Reply
from support.terminal import LEARNCHAT

SWITCH = "We're switching from Bootstrap to Tailwind CSS for the dashboard"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "shop"
    folder.mkdir()
    return folder


@pytest.fixture
def transcript(tmp_path: Path) -> Path:
    return tmp_path / "session.jsonl"


def stopped(transcript: Path, project: Path) -> None:
    work(StopEvent(transcript, "s1", project), Locations.find().user_data.root, SystemClock())


def profiles(project: Path) -> Profiles:
    return Profiles.open(find_project(project), Locations.find().user_data, SystemClock())


def waiting(project: Path) -> list[str]:
    return [each.statement for each in profiles(project).inbox.pending()]


def event_of(transcript: Path, project: Path) -> str:
    event = {"session_id": "s1", "transcript_path": str(transcript), "cwd": str(project), "hook_event_name": "Stop"}
    return json.dumps(event)


def test_what_the_user_told_the_assistant_waits_in_the_inbox_of_the_project(transcript: Path, project: Path) -> None:
    transcript.write_text(claude_lines([("user", SWITCH), ("assistant", "Understood.")]))

    stopped(transcript, project)

    [proposal] = profiles(project).inbox.pending()
    assert proposal.statement == SWITCH
    assert (proposal.source.session, proposal.source.message) == ("s1", "m0")
    assert profiles(project).insights() == []


def test_each_message_is_heard_once(transcript: Path, project: Path) -> None:
    transcript.write_text(claude_lines([("user", SWITCH), ("assistant", "Understood.")]))
    for _ in range(3):
        stopped(transcript, project)

    assert len(waiting(project)) == 1


def test_what_the_assistant_said_is_not_learned_nor_what_is_repeated_of_it(transcript: Path, project: Path) -> None:
    told = "You should be switching from Bootstrap to Tailwind CSS for the dashboard"
    transcript.write_text(
        claude_lines([("user", "what do you think?"), ("assistant", told), ("user", told), ("assistant", "Yes.")])
    )

    stopped(transcript, project)

    assert waiting(project) == []


def test_an_old_session_is_left_alone(transcript: Path, project: Path) -> None:
    old = datetime.now(UTC) - timedelta(days=3)
    transcript.write_text(claude_lines([("user", SWITCH), ("assistant", "Understood.")], at=old))

    stopped(transcript, project)

    assert waiting(project) == []


def test_a_secret_is_not_kept_and_not_sent(
    transcript: Path, project: Path, monkeypatch: pytest.MonkeyPatch, isolation: Path
) -> None:
    from support.secret_shapes import made

    key = "".join(("ghp_", made(36)))
    transcript.write_text(claude_lines([("user", f"the deploy uses {key}, mind you"), ("assistant", "Noted.")]))
    with ModelServer(Reply((NOTHING,)), ollama_models=("qwen2.5:3b",)) as server:
        monkeypatch.setenv("OLLAMA_HOST", server.url)
        stopped(transcript, project)
        assert key not in json.dumps([request.body for request in server.received])

    assert waiting(project) == []
    assert not any(key in path.read_text() for path in isolation.rglob("*.jsonl"))


def test_the_judge_reads_along_too(transcript: Path, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    transcript.write_text(claude_lines([("user", SAID), ("assistant", "Noted.")]))
    with ModelServer(Reply((FOUND,)), ollama_models=("qwen2.5:3b",)) as server:
        monkeypatch.setenv("OLLAMA_HOST", server.url)
        stopped(transcript, project)
        stopped(transcript, project)
        assert len(server.chats) == 1

    [proposal] = profiles(project).inbox.pending()
    assert (proposal.statement, proposal.detector) == (HEARD, JUDGE)


def test_no_service_is_asked_that_the_user_has_not_allowed(
    transcript: Path, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    transcript.write_text(claude_lines([("user", SAID), ("assistant", "Noted.")]))
    with ModelServer() as server:
        monkeypatch.setenv("ANTHROPIC_API_KEY", "k" * 20)
        monkeypatch.setenv("ANTHROPIC_BASE_URL", server.url)
        monkeypatch.setenv("LEARNCHAT_MODEL", "anthropic/claude-sonnet-5-5")
        stopped(transcript, project)

        assert server.chats == []


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "null", "42", '{"transcript_path": 3}', '{"transcript_path": "/nowhere", "cwd": "/"}', "{" * 99999],
)
def test_what_is_no_event_is_nothing_to_do(text: str) -> None:
    assert read_event(text, {}) is None


def test_the_directory_may_come_by_the_environment(transcript: Path, project: Path) -> None:
    transcript.write_text("")
    text = json.dumps({"session_id": "s1", "transcript_path": str(transcript)})

    assert read_event(text, {"CLAUDE_PROJECT_DIR": str(project)}) == StopEvent(transcript, "s1", project)
    assert read_event(text, {}) is None


def run_hook(stdin: str, directory: Path) -> subprocess.CompletedProcess[str]:
    program = "import sys; sys.argv = ['learnchat', 'hook', 'stop']; from learnchat.app.main import main; main()"
    return subprocess.run(
        [sys.executable, "-P", "-c", program], input=stdin, cwd=directory, capture_output=True, text=True, timeout=30
    )


def until(condition: Callable[[], object]) -> None:
    end = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_the_foreground_is_back_and_the_work_goes_on_in_a_process_of_its_own(transcript: Path, project: Path) -> None:
    write_large(transcript, [("user", SWITCH), ("assistant", "Understood.")], 3_000_000)

    done = run_hook(event_of(transcript, project), project)

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    until(lambda: waiting(project) == [SWITCH])


@pytest.mark.parametrize("stdin", ["", "nonsense", '{"transcript_path": "/nowhere"}'])
def test_whatever_comes_the_exit_code_is_zero(stdin: str, project: Path) -> None:
    done = run_hook(stdin, project)

    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.parametrize("redirected", ["<&-", "<&- >&- 2>&-", "</dev/null"])
def test_without_standard_streams_the_exit_code_is_zero_too(redirected: str, project: Path) -> None:
    done = subprocess.run(["sh", "-c", f"{shlex.quote(LEARNCHAT)} hook stop {redirected}"], cwd=project, timeout=30)

    assert done.returncode == 0


@pytest.mark.skipif(os.name == "nt", reason="no such rights there")
def test_a_directory_that_can_not_be_written_costs_the_proposals_alone(
    transcript: Path, project: Path, isolation: Path
) -> None:
    transcript.write_text(claude_lines([("user", SWITCH), ("assistant", "Understood.")]))
    # A file in its place: rights would not keep root from writing.
    (isolation / "data").write_text("")

    done = run_hook(event_of(transcript, project), project)
    work_done = subprocess.run(
        [sys.executable, "-P", "-m", "learnchat.app.judging.hook_work"],
        input=event_of(transcript, project),
        capture_output=True,
        text=True,
        timeout=60,
    )

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert (work_done.returncode, work_done.stdout, work_done.stderr) == (0, "", "")
    assert (isolation / "data").read_text() == ""


def test_a_line_longer_than_the_tail_hides_only_itself_and_what_is_before_it(transcript: Path, project: Path) -> None:
    output = {"type": "user", "uuid": "t", "sessionId": "s1", "message": {"role": "user", "content": "x" * 3_000_000}}
    before = claude_lines([("user", "the API returns cents, never euros"), ("assistant", "Noted.")])
    transcript.write_text(f"{before}{json.dumps(output)}\n" + claude_lines([("user", SWITCH), ("assistant", "Yes.")]))

    stopped(transcript, project)

    assert waiting(project) == [SWITCH]


def test_a_symbolic_link_to_a_session_is_read_and_one_to_nothing_is_no_event(
    transcript: Path, project: Path, tmp_path: Path
) -> None:
    transcript.write_text(claude_lines([("user", SWITCH), ("assistant", "Understood.")]))
    link, broken = tmp_path / "link.jsonl", tmp_path / "broken.jsonl"
    link.symlink_to(transcript)
    broken.symlink_to(tmp_path / "nowhere")

    stopped(link, project)

    assert waiting(project) == [SWITCH]
    assert read_event(event_of(broken, project), {}) is None


@pytest.mark.parametrize(("write", "name"), [(codex_lines, "rollout.jsonl"), (gemini_lines, "session.jsonl")])
def test_other_assistants_sessions_are_heard_too(
    write: Callable[..., str], name: str, project: Path, tmp_path: Path
) -> None:
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
    session = tmp_path / name
    session.write_text(write([("user", SWITCH), ("assistant", "Understood.")]).replace(MOMENT, now))

    for _ in range(2):
        stopped(session, project)

    assert waiting(project) == [SWITCH]


def test_what_codex_and_gemini_cli_send_is_an_event(transcript: Path, project: Path) -> None:
    transcript.write_text("")
    common = {"session_id": "s1", "transcript_path": str(transcript), "cwd": str(project)}
    codex = common | {
        "turn_id": "t", "hook_event_name": "Stop", "model": "gpt-6.1", "permission_mode": "default",
        "stop_hook_active": False, "last_assistant_message": None,
    }  # fmt: skip
    gemini = common | {"hook_event_name": "AfterAgent", "timestamp": MOMENT, "prompt": "p", "prompt_response": "r"}

    for event in (codex, gemini):
        assert read_event(json.dumps(event), {}) == StopEvent(transcript, "s1", project)
    # Neither has a session to be read yet.
    assert read_event(json.dumps(codex | {"transcript_path": None}), {}) is None
    assert read_event(json.dumps(gemini | {"transcript_path": ""}), {}) is None


@pytest.mark.skipif(os.name == "nt", reason="nothing is inherited there")
def test_the_work_keeps_nothing_open_that_the_assistant_would_wait_for(project: Path) -> None:
    reading, writing = os.pipe()
    program = "import sys; sys.argv = ['learnchat', 'hook', 'stop']; from learnchat.app.main import main; main()"
    foreground = subprocess.Popen(
        [sys.executable, "-P", "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, pass_fds=[writing],
        cwd=project,
    )  # fmt: skip
    os.close(writing)
    assert foreground.wait(30) == 0

    # The work waits for the event, and has neither the pipe nor our output.
    assert foreground.stdin is not None
    assert foreground.stdout is not None
    for end in (reading, foreground.stdout.fileno()):
        # It waits for ten seconds.
        assert select.select([end], [], [], 5.0)[0], "held open"
        assert os.read(end, 1) == b""
    os.close(reading)
    foreground.stdin.close()
    foreground.stdout.close()


def test_nothing_of_the_project_is_imported(transcript: Path, project: Path) -> None:
    for name in ("json.py", "learnchat.py", "subprocess.py", "typing.py"):
        (project / name).write_text(f"open({str(project / 'was-imported')!r}, 'w').close()\n")
    transcript.write_text(claude_lines([("user", SWITCH), ("assistant", "Understood.")]))

    run_hook(event_of(transcript, project), project)

    until(lambda: waiting(project) == [SWITCH])
    assert not (project / "was-imported").exists()


def test_the_foreground_loads_no_command_line_no_engine_and_no_validation(project: Path) -> None:
    program = (
        "import sys; sys.argv = ['learnchat', 'hook', 'stop']\n"
        "from learnchat.app.main import main\n"
        "try:\n    main()\nexcept SystemExit as left:\n    print(left.code)\n"
        "heavy = {'typer', 'pydantic', 'textual', 'asyncio', 'dataclasses', 'subprocess'}\n"
        "print(sorted({name.split('.')[0] for name in sys.modules} & heavy))\n"
        "print([name for name in sys.modules if name.startswith('learnchat.learning')])"
    )

    done = subprocess.run([sys.executable, "-c", program], input="", capture_output=True, text=True, cwd=project)

    assert done.stdout.splitlines() == ["0", "[]", "[]"]


def test_one_session_is_worked_on_by_one_process_at_a_time(transcript: Path, project: Path) -> None:
    from learnchat.learning.disk.locks import lock

    transcript.write_text(claude_lines([("user", SWITCH), ("assistant", "Understood.")]))
    folder = profiles(project).data.judged
    with lock(folder / "hook.lock"):
        # Another process: within one the lock could be taken twice.
        child = subprocess.run(
            [sys.executable, "-P", "-m", "learnchat.app.judging.hook_work"],
            input=event_of(transcript, project),
            text=True,
            timeout=60,
            env=dict(os.environ),
        )
    assert child.returncode == 0
    assert waiting(project) == []
