"""What the engine is made of, and how it is put together: the open files of a project, and what works on them.

Nothing of it is imported before the first paint.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

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

# How long a message may wait for the index of a profile that is new to it; what is not in it yet does not bear on it.
PATIENCE_SECONDS = 0.05


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
