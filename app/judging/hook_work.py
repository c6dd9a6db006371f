"""The work behind `learnchat hook stop`, in a process of its own: hears the end of an assistant's session.

Only the tail of its transcript is read. What detectors and judge find waits in the inbox of the project that the
session is about; nobody is asked anything here.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import sys
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from learnchat.app.judging.opening import Judging
    from learnchat.learning.clock import Clock
    from learnchat.learning.judging.session import JudgedSession
    from learnchat.learning.transcripts.session import Utterance

# An event is a few hundred bytes, and is there before the hook is called.
_EVENT_LIMIT = 1_000_000
_EVENT_PATIENCE = 10.0
# After that somebody has hung, and the next event does what is left.
_WORK_SECONDS = 300.0
OBSERVED = "observed"
"""What is noted of a message that the detectors have heard."""


@dataclass(frozen=True, slots=True)
class StopEvent:
    """What an assistant says when it has answered. Claude Code's, Codex's and Gemini CLI's agree in these fields."""

    transcript: Path
    session: str
    directory: Path


def read_event(text: str, environment: Mapping[str, str]) -> StopEvent | None:
    """The event in a text; None where it is none, or its transcript is not there."""
    try:
        event = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(event, dict):
        return None
    name, session = event.get("transcript_path"), event.get("session_id")
    directory = event.get("cwd") or environment.get("CLAUDE_PROJECT_DIR")
    if not isinstance(name, str) or not isinstance(directory, str) or not Path(directory).is_dir():
        return None
    with contextlib.suppress(RuntimeError, OSError, ValueError):
        transcript = Path(name).expanduser()
        # A pipe would be waited for.
        if transcript.is_file():
            return StopEvent(transcript, session if isinstance(session, str) and session else name, Path(directory))
    return None


def main() -> None:
    """Read the event on standard input and do the work."""
    text = _read_input()
    event = read_event(text, os.environ)
    if event is None:
        return
    # However it ends, nobody is there to be told; the log is.
    timer = threading.Timer(_WORK_SECONDS, os._exit, (0,))
    timer.daemon = True
    timer.start()
    from learnchat.app.locations import Locations
    from learnchat.app.logs import log_failure, open_log
    from learnchat.learning.clock import SystemClock

    locations = Locations.find()
    with contextlib.suppress(OSError):
        open_log(locations.user_data.logs)
    try:
        work(event, locations.user_data.root, SystemClock())
    except Exception as error:
        log_failure(error)


def _read_input() -> str:
    """Standard input, as far as it is an event. Who never closes it is not waited for."""
    read: list[bytes] = []
    thread = threading.Thread(target=lambda: read.append(sys.stdin.buffer.read(_EVENT_LIMIT)), daemon=True)
    thread.start()
    thread.join(_EVENT_PATIENCE)
    return read[0].decode("utf-8", "replace") if read else ""


def work(event: StopEvent, data: Path, clock: Clock) -> None:
    """Hear what is new at the end of a session, and file what is worth remembering.

    Raises:
        LearnchatError, OSError: the user's data or the transcript can't be used.
    """
    from learnchat.app.configuration import load
    from learnchat.app.judging.opening import open_judging
    from learnchat.app.listening import open_analyser
    from learnchat.app.locations import Locations
    from learnchat.learning.asking.switches import SwitchFile
    from learnchat.learning.disk.locks import Busy, lock
    from learnchat.learning.disk.project import find_project
    from learnchat.learning.disk.user_data import UserData
    from learnchat.learning.hearing.watcher import Watcher
    from learnchat.learning.judging.memory import SessionMemory, forget_old
    from learnchat.learning.judging.session import JudgedSession
    from learnchat.learning.memory.profiles import Profiles
    from learnchat.learning.proposal import JUDGE

    said = _recent(event, clock)
    if not said:
        return
    locations = Locations.find()
    project = find_project(event.directory)
    configuration = load(locations, project.folder if project.has_project else None)
    profiles = Profiles.open(project, UserData(data), clock)
    folder = profiles.data.judged
    forget_old(folder, clock)
    try:
        # One at a time: while it works, the next event has nothing to do that is not done here or after it.
        with lock(folder / "hook.lock", timeout=0.0):
            memory = SessionMemory(folder, event.session, clock)
            analyser = open_analyser(SwitchFile(locations.detector_switches), configuration, profiles)
            _observe(said, event, Watcher(analyser, profiles, profiles, clock), memory)
            heard = {each.source.message for each in profiles.inbox.all() if each.detector != JUDGE}
            judged = JudgedSession(profiles, folder, event.session, lambda message: message in heard, clock)
            judging = open_judging(locations, configuration.judge, clock, _chat_model(project.root))
            if not judging.finder.is_off:
                asyncio.run(_judge(said, judged, judging))
    except Busy:
        return


def _recent(event: StopEvent, clock: Clock) -> list[Utterance]:
    """The end of the session, without secrets; nothing that is older than the memory of what was heard."""
    from learnchat.learning.judging.memory import KEPT
    from learnchat.learning.secrets.finding import find_secrets, masked
    from learnchat.learning.transcripts.tail import read_tail

    since = clock.now() - KEPT
    found: list[Utterance] = []
    for each in read_tail(event.transcript):
        if each.at is None or each.at > since:
            secrets = find_secrets(each.text)
            facts = {**each.facts, "masked": bool(secrets)}
            found.append(replace(each, text=masked(each.text, secrets), facts=facts))
    return found


def _observe(said: Sequence[Utterance], event: StopEvent, watcher: Any, memory: Any) -> None:
    """Let the detectors hear the messages that they have not heard, each once."""
    from learnchat.learning.detection import CONTEXT_CHARACTERS, Message
    from learnchat.learning.judging.reading import WINDOW_EXCHANGES, exchanges

    last = exchanges(said)[-WINDOW_EXCHANGES:]
    context = ""
    for each in last:
        key = each.user.id or each.key
        if not each.masked and not memory.has(OBSERVED, key):
            message = Message(each.user.text, each.user.id, event.session, context)
            watcher.observe(message)
            memory.note([(OBSERVED, key)])
        watcher.said(each.reply)
        context = each.reply[-CONTEXT_CHARACTERS:]


def _chat_model(root: Path) -> str:
    """The model that the user talks to in this project: its provider's small one may judge, once that was allowed."""
    from learnchat.app.configuration import read_early
    from learnchat.app.locations import Locations
    from learnchat.app.models.choice import choose_model
    from learnchat.learning.errors import LearnchatError

    with contextlib.suppress(LearnchatError):
        early = read_early(Locations.find(), root)
        return choose_model(None, os.environ, early.model, early.project_model).name
    return ""


async def _judge(said: Sequence[Utterance], judged: JudgedSession, judging: Judging) -> None:
    from learnchat.learning.judging.judge import NoJudgement

    for due in judged.due(said):
        with contextlib.suppress(NoJudgement):
            judged.file(due, await judging.chain.read(due.reading))


if __name__ == "__main__":
    main()
