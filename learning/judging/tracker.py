"""For other programs: follow a conversation in three calls, and have what is worth remembering in the inbox.

    tracker = SessionTracker.start(project_directory, user_data)
    tracker.log("user", "We use pnpm, not npm")
    tracker.log("assistant", "Understood.")
    tracker.end()

Detectors hear each message as it is logged. A judge reads after each exchange and at the end, in a thread of its own;
what it made of them is filed with the next call. All of it only ever proposes: the user decides, in the inbox.
"""

from __future__ import annotations

from collections import deque
from pathlib import Path
from typing import Self

from learnchat.learning.clock import Clock, SystemClock
from learnchat.learning.detection import CONTEXT_CHARACTERS, Message
from learnchat.learning.disk.project import find_project
from learnchat.learning.disk.user_data import UserData
from learnchat.learning.hearing.analysis import Analyser, default_analyser
from learnchat.learning.hearing.watcher import Watcher
from learnchat.learning.identifiers import new_identifier
from learnchat.learning.judging.judge import Judge, Judgement
from learnchat.learning.judging.reading import WINDOW_EXCHANGES
from learnchat.learning.judging.session import Due, JudgedSession
from learnchat.learning.judging.thread import JudgeThread
from learnchat.learning.judging.windows import WindowJudge
from learnchat.learning.memory.profiles import Profiles
from learnchat.learning.proposal import Proposal
from learnchat.learning.secrets.finding import find_secrets, masked
from learnchat.learning.transcripts.session import Role, Utterance

# Longer than this nobody waits at the end of a session; what is not read by then is not read.
PATIENCE_SECONDS = 60.0
# What a reading can need of the conversation: the last exchanges, with several texts of the model in each.
_KEPT_MESSAGES = 20 * WINDOW_EXCHANGES


class SessionTracker:
    """Follows one conversation. One thread calls it; it is made by `start`."""

    def __init__(self, profiles: Profiles, session: str, judge: Judge, analyser: Analyser, clock: Clock) -> None:
        self._profiles = profiles
        self._session = session
        self._readings = JudgeThread(judge)
        self._watcher = Watcher(analyser, profiles, profiles, clock)
        self._judged = JudgedSession(profiles, profiles.data.judged, session, self._was_heard, clock)
        self._heard: set[str] = set()
        self._unfiled: deque[tuple[Due, Judgement]] = deque()
        self._said: deque[Utterance] = deque(maxlen=_KEPT_MESSAGES)

    @classmethod
    def start(
        cls,
        directory: Path,
        user_data: Path,
        *,
        session: str = "",
        judge: Judge | None = None,
        analyser: Analyser | None = None,
        clock: Clock | None = None,
    ) -> Self:
        """Begin to follow a conversation.

        Args:
            directory: where it is about; the project is found from it.
            user_data: the user's data directory, as `learnchat locate data` prints it.
            session: its id, where it has one; proposals name it as their source.
            judge: reads along; None: rules that need no model.
            analyser: what listens; None: all detectors, with the gate as the user's answers have moved it.
            clock: the time.

        Raises:
            LearnchatError: the user's data can't be read.
        """
        clock = clock or SystemClock()
        profiles = Profiles.open(find_project(directory), UserData(user_data), clock)
        listening = analyser or default_analyser(dial=lambda: profiles.answers.dial(profiles.name))
        return cls(profiles, session or new_identifier(), judge or WindowJudge(), listening, clock)

    def log(self, role: Role, text: str, *, id: str = "") -> tuple[Proposal, ...]:
        """Note what was said. It waits for no judge.

        Returns what was heard in it, and what a judge made of what was said before: proposals, in the inbox already.

        Args:
            role: whose words: "user" or "assistant".
            text: verbatim.
            id: the message's id, where it has one.

        Raises:
            OSError: the inbox can't be written. Nothing was noted: the same can be logged again.
        """
        id = id or new_identifier()
        proposals = self._filed()
        if role == "user":
            # Now the exchange before it is complete.
            self._readings.put(self._judged.due(self._said))
        secrets = find_secrets(text)
        if role == "user":
            proposals[:0] = self._observed(Message(text, id, self._session, self._context()))
        else:
            self._watcher.said(text)
        self._said.append(Utterance(id, role, masked(text, secrets), facts={"masked": bool(secrets)}))
        return tuple(proposals)

    def _context(self) -> str:
        """The end of what the model has just said."""
        return self._said[-1].text[-CONTEXT_CHARACTERS:] if self._said and self._said[-1].role == "assistant" else ""

    def _observed(self, message: Message) -> tuple[Proposal, ...]:
        proposals = self._watcher.observe(message).proposals
        if proposals:
            self._heard.add(message.id)
        return proposals

    def end(self, patience: float = PATIENCE_SECONDS) -> tuple[Proposal, ...]:
        """The conversation is over: read its end once more as a whole.

        Returns what a judge proposed since the last call. Whatever goes wrong with it costs its proposals and nothing
        else.

        Args:
            patience: seconds that are waited for the judge.

        Raises:
            OSError: the inbox can't be written. It can be called again.
        """
        self._readings.put(self._judged.due(self._said, ended=True))
        self._readings.close(patience)
        return tuple(self._filed())

    def _filed(self) -> list[Proposal]:
        """What can't be filed now is kept, and filed with the next call."""
        self._unfiled.extend(self._readings.done())
        found: list[Proposal] = []
        while self._unfiled:
            found += self._judged.file(*self._unfiled[0]).proposals
            self._unfiled.popleft()
        return found

    def _was_heard(self, message: str) -> bool:
        return message in self._heard
