"""One profile: its folder, and the user's side of it. Everything about it is read and written here.

The way of a decision: the project's lock, the journal (acknowledged), the folder's lock, both files, trust and
tombstones, and last a note in the journal that all of it has arrived. Whatever has no such note is applied again at
the next opening: an event carries results, so that is harmless.
"""

from __future__ import annotations

from pathlib import Path

from learnchat.learning.clock import Clock
from learnchat.learning.files import identity
from learnchat.learning.kinds import Scope
from learnchat.learning.locks import lock
from learnchat.learning.notes import Notes, change_notes
from learnchat.learning.profile import markdown
from learnchat.learning.profile.documents import PROFILE_ID, Document, by_id, resolve
from learnchat.learning.profile.errors import ProfileError
from learnchat.learning.profile.folder import ProfileFolder, unwritable_directory
from learnchat.learning.profile.insight import Decision, Entry, Means
from learnchat.learning.profile.journal import Event, Journal
from learnchat.learning.profile.lineup import Insights
from learnchat.learning.profile.sharing import Sharing
from learnchat.learning.profile.tombstones import Tombstone, Tombstones
from learnchat.learning.profile.trust import Mark, Trust
from learnchat.learning.profile.view import View, Weigher, make_view
from learnchat.learning.proposal import Source
from learnchat.learning.user_data import ProfileData

# A full disk is not full for ever; between tries, reading must not be slowed by writing that fails.
RETRY_SECONDS = 30.0


class Profile:
    """One profile.

    Args:
        folder: the profile folder; it is made at the first confirmation.
        data: the user's side of it.
        scope: what its insights hold for.
        clock: the time.
        sharing: whether it goes into git; None for the personal profile.
    """

    def __init__(self, folder: Path, data: ProfileData, scope: Scope, clock: Clock, sharing: Sharing | None) -> None:
        self.data = data
        self.scope = scope
        self.sharing = sharing
        self.notices: list[str] = []
        """What happened that the user has to know, in plain sentences; whoever shows them clears the list."""
        self._clock = clock
        self.folder = ProfileFolder(
            folder,
            private=scope is Scope.PERSONAL,
            before_making=sharing.keep_private if sharing is not None else lambda: None,
        )
        self.journal = Journal(data.journal)
        self._trust = Trust(data.trust)
        self._tombstones = Tombstones(data.tombstones)
        self._weigher = Weigher(scope, self.folder.reader, self.journal.wording, self._decision)
        self._view = make_view({}, {}, self._weigher)
        self._seen: object = None
        self._unwritten: set[str] = set()
        self._put_off = False
        self._failure: str | None = None
        self._tried_at = float("-inf")
        self._refused = self._refusal()
        self.settle()

    # Reading

    def view(self) -> View:
        """What it says now; read again only when a file is another one than before.

        Raises:
            OSError: the user's data can't be read.
        """
        if self._failure is not None and self._clock.monotonic() - self._tried_at >= RETRY_SECONDS:
            self.settle()
        # Looked at before they are read: what changes in between is seen the next time.
        seen = (identity(self.folder.insights), identity(self.data.trust), self.folder.link())
        if seen != self._seen:
            self._view = self._read()
            self._seen = seen
        else:
            self.journal.refresh()
        for event in self.journal.unwritten():
            if event.id not in self._unwritten:
                self._view = self._view.changed(event.documents, event.marks)
                self._unwritten.add(event.id)
        return self._view

    def _read(self) -> View:
        # In this order: what is in the folder is in the journal by then, and what the journal notes as written is in
        # the trust. So whatever another process does meanwhile, nothing confirmed is missing or without its trust.
        try:
            content = self.folder.content()
            documents, damaged = content.documents, bool(content.damage)
        except OSError:
            documents, damaged = [], True
        self.journal.refresh()
        self._unwritten = set()
        if damaged:
            # A file that can't be read in full is no word on what is active: then the journal has it.
            events = self.journal.events()
            documents = resolve([*documents, *(document for event in events for document in event.documents)])
        view = make_view(by_id(documents), self._trust.marks(), self._weigher)
        self.folder.reader.forget_others(documents)
        return view

    def _decision(self, mark: Mark, entry: Entry) -> Decision:
        event = self.journal.find(mark.decision)
        if event is not None:
            return event.decision
        # The journal was lost; the mark alone says that, and when, this user said yes.
        return Decision(mark.decision, mark.at, Means.ACCEPTED, Source(quote=entry.quote))

    def entries(self) -> list[Entry]:
        """All that stands in the folder and has text."""
        return self.view().entries

    def insights(self) -> Insights:
        """Active, confirmed or accepted, not expired; newest first."""
        return self.view().insights_at(self._clock.now())

    def unaccepted(self) -> list[Entry]:
        """What this user neither confirmed nor accepted; newest first."""
        return self.view().unaccepted

    def refusals(self, statement: str) -> list[Tombstone]:
        """The tombstones that stand on a statement."""
        return self._tombstones.matching(statement, self.journal.unwritten())

    # Whether it can be written

    def _refusal(self) -> str | None:
        return self.folder.refusal() or unwritable_directory(self.data.folder)

    @property
    def refused(self) -> str | None:
        """Why nothing is taken on: it was known at the opening that nothing can be written, and is still so."""
        if self._refused is not None:
            self._refused = self._refusal()
        return self._refused

    @property
    def unwritable(self) -> str | None:
        """Why nothing can be written now, in one line; None when it can."""
        return self._refusal() or self._failure

    def unwritten(self) -> str | None:
        """Why some decisions are in the journal only; None when all are in the files."""
        return self._failure

    # Writing

    def put_off_writing(self) -> None:
        """From now on `record` returns when the journal has it; whoever called this calls `settle` a little later.

        In between everything is where it belongs for every learnchat: a reader takes what the journal has beyond the
        files. A process killed in between loses nothing, for the next opening settles.
        """
        self._put_off = True

    def record(self, event: Event) -> None:
        """Take an event into the journal, and bring what comes of it into the files.

        When the files can't be written it is kept: `unwritable` says why, and it is written when it can be.

        Raises:
            ProfileError: the journal can't be written; nothing happened.
        """
        try:
            with lock(self.data.lock):
                self.journal.append(event)
                if not self._put_off:
                    self.settle()
        except OSError as error:
            raise ProfileError(f"Nothing was saved: {reason(error)}.", f"Look at {self.data.journal}.") from error

    def follow(self, event: Event) -> None:
        """Lift and restore tombstones, because of a decision that another profile's journal has."""
        if event.lifts or event.restores:
            with lock(self.data.lock):
                self._tombstones.lift(*event.lifts)
                self._tombstones.restore(*event.restores)

    def settle(self) -> None:
        """Bring into the files what the journal has beyond them, all of it in one go.

        Failing is no error: see `unwritable`.
        """
        try:
            self.journal.refresh()
            if self.journal.unwritten() or self._is_damaged():
                self._write(self.journal.unwritten())
            self._failure = None
        except OSError as error:
            self._failure = reason(error)
        self._tried_at = self._clock.monotonic()

    def _is_damaged(self) -> bool:
        """Whether `insights.json` is to be rebuilt: unreadable, and the journal has something to rebuild it from.

        Where this user never saved anything it is somebody else's file, and stays as it is until then.
        """
        content = self.folder.content()
        return bool(content.damage) and not content.conflict and any(e.documents for e in self.journal.events())

    def _write(self, events: list[Event]) -> None:
        """The project's lock is not held while the files are written: so nobody's next decision waits for them.

        Two processes may write the same events: an event carries results, and of an id the higher revision stays.
        """
        documents = [document for event in events for document in event.documents]
        if documents or self._is_damaged():
            self.folder.prepare()
            with lock(self.folder.lock):
                self._rebuild_damaged()
                was = [document for event in events for document in event.before]
                self.folder.write(documents, was, self._clock.now())
            self._note_profile_ids()
        if events:
            with lock(self.data.lock):
                self.journal.refresh()
                # What another process has brought there meanwhile must not be done again: it may have been taken back.
                left = {event.id for event in self.journal.unwritten()}
                self._note([event for event in events if event.id in left])

    def _note(self, events: list[Event]) -> None:
        """Trust and tombstones of some events, and that all of them has arrived; under the project's lock."""
        marks: dict[str, Mark | None] = {}
        for event in events:
            marks.update(event.marks)
        self._trust.record(marks)
        for event in events:
            if event.refuses:
                self._tombstones.set(event.id, event.at, event.name, event.statement)
            self._tombstones.lift(*event.lifts)
            self._tombstones.restore(*event.restores)
        if events:
            self.journal.mark_written(events)

    def _rebuild_damaged(self) -> None:
        content = self.folder.content()
        if not content.damage:
            return
        ours = resolve(document for event in self.journal.events() for document in event.documents)
        name = self.folder.set_aside(self._clock.now())
        # What could still be read of the damaged file is kept by every write.
        self.folder.write(ours, [], self._clock.now())
        kept = {document["id"] for document in content.documents}
        more = sum(document["id"] not in kept for document in ours)
        self.notices.append(
            f"{self.folder.insights} {content.damage}. It was rebuilt: {len(kept)} of its lines could be read, {more} "
            f"came from your journal. The damaged file is kept as {name.name}; what others wrote in lines that can't "
            "be read is only there."
        )

    def _note_profile_ids(self) -> None:
        seen = [d["profile"] for d in self.folder.content().documents if d["id"] == PROFILE_ID and "profile" in d]

        def change(notes: Notes) -> None:
            notes["path"] = str(self.folder.path.parent if self.scope is Scope.PROJECT else self.folder.path)
            known = notes.get("profiles")
            notes["profiles"] = sorted({*map(str, known if isinstance(known, list) else []), *map(str, seen)})

        change_notes(self.data, change)

    # Health

    def problems(self) -> list[str]:
        """What is wrong with its files, in plain sentences; [] when all agree."""
        problems = []
        unwritable = self.unwritable
        if unwritable is not None:
            problems.append(f"Nothing can be saved: {unwritable}.")
        view, content = self.view(), self.folder.content()
        if content.damage and not content.conflict:
            problems.append(f"{self.folder.insights} {content.damage}.")
        if view.not_understood:
            problems.append(f"{self.folder.insights} has {view.not_understood} documents that are no insights.")
        problems += [f"Insight {name} stands twice in {self.folder.insights}, in two wordings." for name in view.twice]
        waiting = len(self.journal.unwritten())
        if waiting:
            problems.append(f"{waiting} decisions are in the journal and not yet in {self.folder.path}.")
        if self.journal.unreadable:
            problems.append(f"{self.journal.unreadable} lines of {self.data.journal} can't be read.")
        if self.folder.insights.exists() and not self._markdown_agrees(content.documents):
            problems.append(f"{self.folder.markdown} does not agree with insights.json beside it.")
        missing = self._missing(content.documents)
        if missing:
            problems.append(f"{missing} insights that you confirmed are not in {self.folder.path} any more.")
        problems += [f"{path} was set aside; look at it, then delete it." for path in self.folder.kept_aside()]
        sharing = self.sharing.problem() if self.sharing is not None else None
        return problems + ([sharing] if sharing else [])

    def _markdown_agrees(self, documents: list[Document]) -> bool:
        return self.folder.markdown_is(markdown.render(self.folder.reader.entries(documents)))

    def _missing(self, documents: list[Document]) -> int:
        present = {document["id"] for document in documents}
        unwritten = {document["id"] for event in self.journal.unwritten() for document in event.documents}
        marks = self._trust.marks()
        return sum(mark is not None and name not in present | unwritten for name, mark in marks.items())


def reason(error: OSError) -> str:
    """Why the system refused, in a few words, without a number."""
    if error.strerror:
        place = f" ({error.filename})" if error.filename else ""
        return error.strerror[:1].lower() + error.strerror[1:] + place
    return str(error)
