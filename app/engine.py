"""The engine behind the chat: everything that reads or writes files, in one thread, in order.

The event loop never waits for it. One thread, because order is part of durability: a message is in the transcript
before it is observed, a proposal in the inbox before it is asked. The engine's modules are imported in that thread
too, after the first paint.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

from learnchat.app.housekeeping import keep_house
from learnchat.app.idle import Idle

if TYPE_CHECKING:
    from learnchat.app.locations import Locations
    from learnchat.app.settings import Configuration
    from learnchat.learning.asking.budget import Budget, Quiet
    from learnchat.learning.asking.switches import SwitchFile
    from learnchat.learning.clock import Clock
    from learnchat.learning.disk.project import Project
    from learnchat.learning.disk.user_data import ProfileData
    from learnchat.learning.hearing.watcher import Watcher
    from learnchat.learning.judging.session import JudgedSession
    from learnchat.learning.memory.committing import Uncommitted
    from learnchat.learning.memory.profiles import Act, Profiles
    from learnchat.learning.recall.finding import Finder
    from learnchat.learning.recall.giving import Recall
    from learnchat.learning.recall.usage import Usage
    from learnchat.learning.transcripts.session import Transcript, Utterance

# After a decision the files follow when nothing was asked for so long: a person's time for an answer in the inbox.
IDLE_SECONDS = 0.5
# Whatever is asked for meanwhile: the chat itself looks at the files now and then.
LONGEST_SECONDS = 2.0
# How long the engine's thread may compute before the event loop gets its turn; Python's own 5 ms are all a key has.
SWITCH_SECONDS = 0.001
# How long a message may wait for the index of a profile that is new to it; what is not in it yet does not bear on it.
PATIENCE_SECONDS = 0.05
# A full disk is not full for ever.
RETRY_SECONDS = 30.0

Result = TypeVar("Result")
Arguments = ParamSpec("Arguments")


@dataclass(slots=True)
class Parts:
    """What the engine is made of, once it is open. Only its thread touches them."""

    clock: Clock
    project: Project
    data: ProfileData
    configuration: Configuration
    profiles: Profiles
    watcher: Watcher
    transcript: Transcript
    recall: Recall
    finder: Finder
    """Searches for people: insights, messages, guidance."""
    budget: Budget
    quiet: Quiet
    uncommitted: Uncommitted
    switches: SwitchFile
    usage: Usage
    """How often insights were given, and what came of it."""
    history: Sequence[Utterance]
    """The user's earlier messages in this project, oldest first."""
    opened: datetime
    """To the second, as what is written."""
    temporary: bool = False
    """Nothing is written to disk: no transcript, no proposal, no log."""
    decided: list[str] = field(default_factory=list)
    """Ids of the acts on memory in this run."""
    judged: dict[str, JudgedSession] = field(default_factory=dict)
    """The sessions that a judge follows, by their ids: what was noted of one is read once."""

    def begin_session(self) -> None:
        """A new conversation: a transcript of its own, and the profile as it is now."""
        from learnchat.learning.recall.giving import Recall

        self.transcript = new_transcript(self.data, self.project, self.clock, self.temporary)
        self.finder.update(PATIENCE_SECONDS)
        self.recall = Recall(self.profiles.insights(), self.configuration.recall.budget, self.finder.bearings)

    def keep_up(self) -> None:
        """Recall what is known by now, in this conversation too."""
        from learnchat.app.keeping_up import keep_up

        keep_up(self)

    def decide(self, act: Callable[[Parts], Act | None]) -> Act | None:
        """Carry out an act on memory; what it took away is no longer recalled, in this conversation either."""
        before = set(self.profiles.insights().ids())
        done = act(self)
        self.recall.rebuild_without(before.difference(self.profiles.insights().ids()))
        if done is not None:
            self.decided.append(done.id)
        return done

    def catch_up(self) -> str | None:
        """What may wait until nothing else is to be done. Returns why the files can't be written, or None."""
        failure = None if self.temporary else self.profiles.settle()
        # The next message or decision would have to wait for it.
        self.profiles.insights()
        self.recall.prepare()
        return failure


def new_transcript(data: ProfileData, project: Project, clock: Clock, temporary: bool) -> Transcript:
    """The transcript of a new session; one that keeps nothing, where the conversation is temporary."""
    from learnchat.learning.transcripts.session import Transcript
    from learnchat.learning.transcripts.unrecorded import Unrecorded

    kind = Unrecorded if temporary else Transcript
    return kind.create(data.sessions, project.root, clock)


def open_parts(directory: Path, locations: Locations, clock: Clock, quiet: bool, temporary: bool = False) -> Parts:
    """Import the engine and open the project's files.

    Raises:
        LearnchatError: the configuration or the user's data can't be used at all.
    """
    from learnchat.app.configuration import load
    from learnchat.app.listening import open_analyser
    from learnchat.app.logs import open_log
    from learnchat.app.models.keys import KeyFile
    from learnchat.app.temporary import NothingAsked
    from learnchat.learning.asking.budget import Budget, Quiet
    from learnchat.learning.asking.switches import SwitchFile
    from learnchat.learning.disk.project import find_project
    from learnchat.learning.hearing.watcher import Watcher
    from learnchat.learning.memory.committing import Uncommitted
    from learnchat.learning.memory.profiles import Profiles
    from learnchat.learning.recall.finding import Finder
    from learnchat.learning.recall.giving import Recall
    from learnchat.learning.recall.usage import Usage
    from learnchat.learning.transcripts.session import prompt_history

    if not temporary:
        open_log(locations.user_data.logs)
    KeyFile(locations.keys).use(os.environ)
    project = find_project(directory)
    configuration = load(locations, project.folder if project.has_project else None)
    user_data = locations.user_data
    profiles = Profiles.open(project, user_data, clock)
    profiles.put_off_writing()
    data = user_data.project(project.root) if project.has_project else user_data.personal
    if not temporary and not user_data.answers.exists() and data.journal.exists():
        # Made by an earlier learnchat, or lost: it is derived.
        with contextlib.suppress(OSError):
            profiles.answers.rebuild()
    asking = configuration.asking
    silence = Quiet(data, clock)
    if quiet or asking.quiet:
        silence.set("session")
    switches = SwitchFile(locations.detector_switches)
    known = NothingAsked() if temporary else profiles
    model = configuration.recall.model_folder
    finder = Finder(profiles, data, user_data, in_memory=temporary, model=model, patience=PATIENCE_SECONDS)
    if finder.meanings is not None:
        finder.meanings.load_in_background()
    return Parts(
        clock=clock,
        project=project,
        data=data,
        configuration=configuration,
        profiles=profiles,
        watcher=Watcher(open_analyser(switches, configuration, profiles), known, known, clock),
        transcript=new_transcript(data, project, clock, temporary),
        recall=Recall(profiles.insights(), configuration.recall.budget, finder.bearings),
        finder=finder,
        budget=Budget(data, user_data, clock, per_hour=asking.per_hour, pause=asking.pause),
        quiet=silence,
        uncommitted=Uncommitted(project, clock),
        switches=switches,
        usage=Usage(data, clock),
        history=prompt_history(data.sessions),
        opened=clock.now().replace(microsecond=0),
        temporary=temporary,
    )


class Engine:
    """The thread, and what runs in it.

    Args:
        directory: where learnchat was opened.
        locations: the user's directories.
        clock: the time.
        quiet: no toasts in this run.
        temporary: nothing is written to disk.
    """

    def __init__(
        self, directory: Path, locations: Locations, clock: Clock, *, quiet: bool = False, temporary: bool = False
    ) -> None:
        self._directory = directory
        self._locations = locations
        self._clock = clock
        self._quiet = quiet
        self._temporary = temporary
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="engine")
        self._parts: Parts | None = None
        self._idle = Idle(self._begin_to_catch_up, LONGEST_SECONDS)
        self._failure: str | None = None
        self._closed = False
        self.failure_changed: Callable[[], None] = lambda: None
        """Called in the event loop when the files can't be written any more, or can be again."""

    def _open(self) -> Parts:
        if self._parts is None:
            sys.setswitchinterval(SWITCH_SECONDS)
            parts = self._parts = open_parts(
                self._directory, self._locations, self._clock, self._quiet, self._temporary
            )
            if not self._temporary:
                # After what is being asked for. When the program is closing already, the next opening does it.
                with contextlib.suppress(RuntimeError):
                    self._thread.submit(keep_house, parts)
        return self._parts

    async def call(
        self,
        function: Callable[Concatenate[Parts, Arguments], Result],
        *arguments: Arguments.args,
        **keywords: Arguments.kwargs,
    ) -> Result:
        """Run a function on the engine's parts, in its thread, after all that was asked of it before."""

        def job() -> Result:
            return function(self._open(), *arguments, **keywords)

        try:
            return await asyncio.get_running_loop().run_in_executor(self._thread, job)
        finally:
            # Several decisions are one write.
            self._idle.put_off(IDLE_SECONDS)

    def _begin_to_catch_up(self) -> None:
        if not self._closed:
            job = asyncio.get_running_loop().run_in_executor(self._thread, self._catch_up)
            job.add_done_callback(self._caught_up)

    async def catch_up(self) -> None:
        """Do now what is else done after a while."""
        await asyncio.get_running_loop().run_in_executor(self._thread, self._catch_up)

    def _catch_up(self) -> str | None:
        failure = self._parts.catch_up() if self._parts is not None else None
        self._read_on()
        return failure

    def _read_on(self) -> None:
        """Bring the search index up to date, a little at a time: what is asked for meanwhile comes before the rest."""
        if self._parts is not None and not self._closed and not self._parts.finder.read_on():
            # Closed meanwhile: the next opening goes on.
            with contextlib.suppress(RuntimeError):
                self._thread.submit(self._read_on)

    def _caught_up(self, job: asyncio.Future[str | None]) -> None:
        if job.cancelled() or self._closed:
            return
        error = job.exception()
        failure = f"{type(error).__name__}: {error}" if error is not None else job.result()
        if failure is not None:
            self._idle.put_off(RETRY_SECONDS)
        if failure != self._failure:
            self._failure = failure
            self.failure_changed()

    def call_now(
        self,
        function: Callable[Concatenate[Parts, Arguments], Result],
        *arguments: Arguments.args,
        **keywords: Arguments.kwargs,
    ) -> Result:
        """The same, waiting for the result: for a caller in a thread of its own, never for the event loop."""
        return self._thread.submit(lambda: function(self._open(), *arguments, **keywords)).result()

    def close(self) -> None:
        """Finish what was begun, bring the files up to date, then end the thread."""
        if not self._closed:
            self._closed = True
            if self._parts is not None and not self._temporary:
                self._thread.submit(self._parts.profiles.settle)
                self._thread.submit(self._parts.finder.close)
        self._thread.shutdown(wait=True)
