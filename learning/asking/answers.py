"""The user's answers, as far as the dial needs them: kind, probability, yes or no, to which message. No words.

`answers.jsonl` in the user's data is derived: journals and inboxes have all of it, and `rebuild` makes it anew from
them. It is there so that the dial of one project needs no file of another.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime

from learnchat.learning.asking.dial import Answer, Dial, moved
from learnchat.learning.asking.inbox import Inbox
from learnchat.learning.clock import parse_timestamp, timestamp
from learnchat.learning.disk.files import Record, make_private_directory, render_json, replace_file
from learnchat.learning.disk.locks import lock
from learnchat.learning.disk.record_log import RecordLog
from learnchat.learning.disk.user_data import ProfileData, UserData
from learnchat.learning.kinds import Kind
from learnchat.learning.memory.history import STATES
from learnchat.learning.profile.journal import Journal
from learnchat.learning.proposal import UNWEIGHED, Proposal, ProposalState

COUNTING = 2
"""The rules by which decisions become answers here. A file that was made by earlier ones is made anew, once: by the
first, each answer to a message counted, and so did a skip of what no toast had shown."""

_ANSWERED = {ProposalState.CONFIRMED: "confirmed", ProposalState.SKIPPED: "refused", ProposalState.NEVER: "refused"}


def counted_as(proposal: Proposal) -> str | None:
    """What a decision counts as: "confirmed" or "refused"; None: as nothing.

    A proposal that waits or lapsed counts as nothing. So does one that was skipped in the inbox and never shown by a
    toast: whoever clears the inbox says nothing about what they want to be asked.
    """
    if proposal.state is ProposalState.SKIPPED and proposal.asked is None:
        return None
    return _ANSWERED.get(proposal.state)


class Answers:
    """`answers.jsonl`.

    Args:
        user_data: the user's data directory.
    """

    def __init__(self, user_data: UserData) -> None:
        self._user_data = user_data
        self._log = RecordLog(user_data.answers)
        self._answers: dict[str, Answer | None] = {}
        self._resets: list[tuple[Kind | None, datetime]] = []
        self._counting = 1
        self._dials: dict[str, Dial] = {}

    def all(self) -> list[Answer]:
        """What counts: answers that were not undone, and came after the last reset of their kind; oldest first.

        Several of the same kind to one message that come out alike are one: it is one message that was heard amiss.

        Raises:
            OSError: the file is there and can't be read.
        """
        anew, records = self._log.news()
        if anew:
            self._answers, self._resets, self._counting = {}, [], 1
        for record in records:
            self._take(record)
        given = [answer for answer in self._answers.values() if answer is not None and self._counts(answer)]
        return _once_a_message(sorted(given, key=lambda answer: answer.at))

    def dial(self, place: str) -> Dial:
        """The dial in a place, by all answers up to now. Where they can't be read: the gate as shipped."""
        try:
            if place not in self._dials or self._log.changed():
                self._dials = {place: Dial.learned(self.all(), place)}
        except OSError:
            return Dial()
        return self._dials[place]

    def note(self, proposal: Proposal, place: str, at: datetime) -> None:
        """Note where a proposal stands after a decision, or after one was undone.

        Not synced to the disk: what a power cut takes is in the journal. An answer to what came from a file or a
        judge says nothing about the gate, which did not weigh it.

        Raises:
            OSError: it can't be written.
        """
        if proposal.detector in UNWEIGHED:
            return
        self._append(_record(proposal, place, at))

    def reset(self, kind: Kind | None, at: datetime) -> None:
        """Let the answers up to now count no longer.

        Args:
            kind: of this kind; None: of all.
            at: now.

        Raises:
            OSError: it can't be written.
        """
        self._append(_reset_record(kind, at))

    def rebuild(self) -> list[Answer]:
        """Make the file anew, from the decisions in the journals and the proposals in the inboxes. Resets stay.

        Raises:
            OSError: something can't be read or written.
        """
        with lock(self._user_data.answers_lock):
            self.all()
            records: list[Record] = [{"counting": COUNTING}]
            records += [_reset_record(kind, at) for kind, at in self._resets]
            records += [_record(proposal, place, at) for proposal, place, at in self._decided()]
            make_private_directory(self._user_data.root)
            replace_file(self._user_data.answers, "".join(render_json(each) + "\n" for each in records).encode())
        return self.all()

    def recount(self) -> bool:
        """Make the file anew where it was made by other rules than those of today; whether it was.

        Raises:
            OSError: something can't be read or written.
        """
        self.all()
        outdated = self._user_data.answers.exists() and self._counting < COUNTING
        if outdated:
            self.rebuild()
        return outdated

    def _decided(self) -> Iterator[tuple[Proposal, str, datetime]]:
        """Every proposal that was decided and not undone, with the place and the moment; oldest first in each place.

        A decision that holds everywhere is in the personal journal, and its proposal in the inbox of the place."""
        inboxes: dict[str, Inbox] = {}
        for data in places(self._user_data):
            journal = Journal(data.journal)
            journal.refresh()
            for event in journal.events():
                if event.proposal is None or event.name not in STATES or journal.is_undone(event):
                    continue
                if event.place not in inboxes:
                    inboxes[event.place] = Inbox(self._place(event.place), _NoClock())
                inbox = inboxes[event.place]
                proposal = inbox.get(event.proposal) or inbox.older.get(event.proposal)
                if proposal is not None and proposal.detector not in UNWEIGHED:
                    yield replace(proposal, state=STATES[event.name]), event.place, event.at

    def _place(self, name: str) -> ProfileData:
        personal = self._user_data.personal
        return personal if name == personal.folder.name else ProfileData(self._user_data.projects / name)

    def _counts(self, answer: Answer) -> bool:
        return not any(kind in (None, answer.kind) and answer.at <= at for kind, at in self._resets)

    def _take(self, record: Record) -> None:
        # A line of a later learnchat, or a damaged one, counts as nothing.
        with contextlib.suppress(KeyError, TypeError, ValueError):
            if "counting" in record:
                self._counting = int(record["counting"])
                return
            if "reset" in record:
                kind = record["reset"]
                self._resets.append((None if kind is None else Kind(kind), parse_timestamp(record["at"])))
                return
            name, said = str(record["id"]), record["answer"]
            # Undone, and decided again: then it is the last answer again.
            self._answers.pop(name, None)
            self._answers[name] = None if said is None else _read(record)

    def _append(self, record: Record) -> None:
        with lock(self._user_data.answers_lock):
            self._log.append([record], durable=False)


def places(user_data: UserData) -> list[ProfileData]:
    """Every project that this user has data about, then the personal folder.

    Raises:
        OSError: the folder is there and can't be read.
    """
    try:
        folders = sorted(folder for folder in user_data.projects.iterdir() if folder.is_dir())
    except (FileNotFoundError, NotADirectoryError):
        folders = []
    return [*map(ProfileData, folders), user_data.personal]


class _NoClock:
    """Inboxes are asked for what was decided only: whether a proposal lapsed does not matter."""

    def now(self) -> datetime:
        return datetime.min.replace(tzinfo=UTC)

    def monotonic(self) -> float:
        return 0.0


def _once_a_message(answers: Iterable[Answer]) -> list[Answer]:
    kept: list[Answer] = []
    seen: set[tuple[str, str, Kind, bool]] = set()
    for answer in answers:
        key = (answer.place, answer.message, answer.kind, answer.confirmed)
        # An answer of an earlier learnchat, and one to what was said elsewhere, names no message.
        if not answer.message or key not in seen:
            kept.append(answer)
        seen.add(key)
    return kept


def _record(proposal: Proposal, place: str, at: datetime) -> Record:
    return {
        "id": proposal.id,
        "place": place,
        "kind": proposal.kind.value,
        "probability": round(moved(proposal.confidence, -proposal.offset), 6),
        "answer": counted_as(proposal),
        "message": proposal.source.message,
        "at": timestamp(at),
    }


def _reset_record(kind: Kind | None, at: datetime) -> Record:
    return {"reset": kind.value if kind is not None else None, "at": timestamp(at)}


def _read(record: Record) -> Answer:
    if record["answer"] not in _ANSWERED.values():
        raise ValueError("no answer")
    return Answer(
        kind=Kind(record["kind"]),
        probability=float(record["probability"]),
        confirmed=record["answer"] == "confirmed",
        place=str(record["place"]),
        at=parse_timestamp(record["at"]),
        message=str(record.get("message", "")),
    )
