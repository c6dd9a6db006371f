"""One profile: its folder, and the user's side of it. Everything about it is read and written here.

The way of a decision: the project's lock, the journal (acknowledged), the folder's lock, both files, trust and
tombstones, and last a note in the journal that all of it has arrived. What comes after the journal is in `settling`.
"""

from __future__ import annotations

import contextlib
from dataclasses import replace
from pathlib import Path

from learnchat.learning.clock import Clock
from learnchat.learning.disk.files import Identity, identity
from learnchat.learning.disk.locks import lock
from learnchat.learning.disk.user_data import ProfileData
from learnchat.learning.kinds import Scope
from learnchat.learning.profile.decided import find_decision
from learnchat.learning.profile.documents import by_id
from learnchat.learning.profile.earlier import EarlierTrust
from learnchat.learning.profile.errors import ProfileError
from learnchat.learning.profile.event import Event
from learnchat.learning.profile.folder import ProfileFolder, unwritable_directory
from learnchat.learning.profile.insight import Decision, Entry, Means
from learnchat.learning.profile.insights_file import Content
from learnchat.learning.profile.journal import Journal
from learnchat.learning.profile.lineup import Insights
from learnchat.learning.profile.recovery import recovered
from learnchat.learning.profile.rendered import Rendered
from learnchat.learning.profile.seal import Seal
from learnchat.learning.profile.settling import Settling
from learnchat.learning.profile.sharing import Sharing
from learnchat.learning.profile.three_way import Edits
from learnchat.learning.profile.tombstones import Tombstone, Tombstones
from learnchat.learning.profile.trust import LateMarks, Mark, Trust
from learnchat.learning.profile.unread import UnreadContent
from learnchat.learning.profile.view import View, make_view
from learnchat.learning.profile.weighing import Weigher
from learnchat.learning.profile.wordings import Wordings
from learnchat.learning.proposal import Source

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
        self.rendered = Rendered(data.rendered)
        """What stood in the files when they were written last."""
        self._seal = Seal(data.outline)
        self.folder.is_known = self._seal.knows
        self._tombstones = Tombstones(data.tombstones)
        self.wordings = Wordings(self.journal)
        earlier = EarlierTrust(
            self.wordings,
            lambda name: self.folder.content().by_id.get(name, ()),
            lambda said: bool(self.refusals(said)),
        )
        self._weigher = Weigher(scope, self.folder.reader, self.wordings.find, self._decision, earlier.find)
        self._view = make_view({}, {}, self._weigher)
        self._edits = Edits()
        self._seen: object = None
        self._unwritten: set[str] = set()
        self._put_off = False
        self._failure: str | None = None
        self._tried_at = float("-inf")
        place = folder.parent if scope is Scope.PROJECT else folder
        self._settling = Settling(
            self.folder,
            data,
            place,
            self.journal,
            self._trust,
            self._tombstones,
            self.rendered,
            clock,
            self.notices,
        )
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
        files = (
            self.folder.insights,
            self.folder.markdown,
            self.data.trust,
            self.data.tombstones,
            self.data.rendered,
        )
        seen = (*map(identity, files), self.folder.link())
        if seen != self._seen:
            before, self._view = self._view, self._read()
            self._seen = seen
            before.let_go()
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
        trust, refused = identity(self.data.trust), identity(self.data.tombstones)
        try:
            content = self.folder.content()
        except OSError:
            content = Content(damage="can't be read")
        self.journal.refresh()
        self._unwritten = set()
        view = self._sealed(content, trust, refused)
        if view is None:
            damaged = bool(content.damage)
            documents = recovered(self.folder, self.journal, self._clock.now()) if damaged else content.documents
            view = make_view(by_id(documents), self._trust.marks(), self._weigher)
            self.folder.reader.forget_others(documents)
            # What an editor has laid out anew can't be read a line at a time.
            if not damaged and not content.conflict and content.lines:
                # Derived: what is not kept is found again.
                with contextlib.suppress(OSError):
                    self._seal.keep(self.folder.digest, trust, refused, view.outline)
        self._edits = self.folder.edits(self.rendered, self._clock.now())
        # What somebody took out of the Markdown is not recalled from the moment it is seen.
        return view.without(self._edits.removed)

    def _sealed(self, content: Content, trust: Identity | None, refused: Identity | None) -> View | None:
        if not isinstance(content, UnreadContent):
            return None
        outline = self._seal.outline(self.folder.digest, trust, refused, list(content.by_id))
        if outline is None or trust is None:
            return None
        return View(
            content.by_id, LateMarks(lambda: self._trust.marks_of(trust)), self._weigher, outline, {}, outline.settled()
        )

    def edits(self) -> Edits:
        """What somebody wrote into the Markdown and this user has not decided about."""
        self.view()
        decided = [document for event in self.journal.unwritten() for document in (*event.documents, *event.before)]
        return self._edits.without(decided)

    def _decision(self, mark: Mark, entry: Entry) -> Decision:
        found = find_decision(self.journal, mark.decision)
        if found is not None:
            decision, named = found
            # Who accepts ten at once says yes to the words of each.
            return decision if named else replace(decision, source=Source(entry.quote))
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
        self.journal.refresh()
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
        """From now on `record` returns when the journal has it; whoever called this calls `settle` a little later."""
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

    def migrate(self) -> None:
        """Bring a file of an earlier schema to the present one now; else the next decision does it.

        Raises:
            OSError: it can't be noted in the journal.
        """
        if self.folder.content().older is not None and self.refused is None:
            self._settling.migrate()
            self.settle()

    def settle(self) -> None:
        """Bring into the files what the journal has beyond them, all of it in one go.

        Failing is no error: see `unwritable`.
        """
        try:
            self._settling.settle()
            self._failure = None
        except OSError as error:
            self._failure = reason(error)
        self._tried_at = self._clock.monotonic()


def reason(error: OSError) -> str:
    """Why the system refused, in a few words, without a number."""
    if error.strerror:
        place = f" ({error.filename})" if error.filename else ""
        return error.strerror[:1].lower() + error.strerror[1:] + place
    return str(error)
