"""Bringing into the files what the journal has beyond them: the second half of every decision.

A decision is acknowledged when the journal has it, on the disk. Everything else follows from the journal, at once (the
commands) or a little later (the chat, which writes several decisions together when nobody asks for anything, and at its
end). What holds in between:

- Every learnchat reads the journal's unwritten events over the files: documents, trust and tombstones. It reads the
  folder first, then the journal, then the trust; an event is noted as written last of all. So at any moment it finds a
  decision in one of them at least.
- Other programs (git, an editor) see the files as they were; each of the two is replaced at once, never half.
- A process that is killed loses nothing: whoever opens the profile next writes what has no note.
- Two processes may write the same events at once, for the project's lock is not held while the files are written, so
  that nobody's next decision waits for them. An event carries results: twice is once, and of an id the higher revision
  stays. What is not in the folder (trust, tombstones) is brought there under the project's lock, and only by who still
  finds the event without its note: for it may have been taken back since.
- A disk that is full or read-only keeps it all in the journal; it is tried again.
"""

from __future__ import annotations

from pathlib import Path

from learnchat.learning.clock import Clock
from learnchat.learning.disk.locks import lock
from learnchat.learning.disk.notes import Notes, change_notes
from learnchat.learning.disk.user_data import ProfileData
from learnchat.learning.identifiers import new_identifier
from learnchat.learning.profile.documents import PROFILE_ID, SCHEMA, schema_document
from learnchat.learning.profile.event import MIGRATED, Event
from learnchat.learning.profile.folder import ProfileFolder
from learnchat.learning.profile.insight import Means
from learnchat.learning.profile.journal import Journal
from learnchat.learning.profile.recovery import rebuild
from learnchat.learning.profile.rendered import Rendered
from learnchat.learning.profile.tombstones import Tombstones
from learnchat.learning.profile.trust import Trust


class Settling:
    """Brings what the journal of one profile has into its other files.

    Args:
        folder: the profile folder.
        data: the user's side of it.
        place: the path that the profile is bound to: the project's root, or the personal profile's folder.
        journal, trust, tombstones, rendered: the files of the user's side.
        clock: the time.
        notices: takes what the user has to know.
    """

    def __init__(
        self,
        folder: ProfileFolder,
        data: ProfileData,
        place: Path,
        journal: Journal,
        trust: Trust,
        tombstones: Tombstones,
        rendered: Rendered,
        clock: Clock,
        notices: list[str],
    ) -> None:
        self._folder = folder
        self._data = data
        self._place = place
        self._journal = journal
        self._trust = trust
        self._tombstones = tombstones
        self._rendered = rendered
        self._clock = clock
        self._notices = notices

    def settle(self) -> None:
        """Write all that is not written yet, in one go.

        Raises:
            OSError: something can't be written; it stays in the journal.
        """
        self._journal.refresh()
        if self._is_older() and any(event.documents for event in self._journal.unwritten()):
            self.migrate()
        if self._journal.unwritten() or self._is_damaged():
            self._write(self._journal.unwritten())

    def _is_older(self) -> bool:
        """Whether `insights.json` has an earlier schema, and no act yet that brings it to the present one."""
        return self._folder.content().older is not None and not any(
            event.name == MIGRATED for event in self._journal.unwritten()
        )

    def migrate(self) -> None:
        """Take into the journal that a file of an earlier schema is brought to the present one; `settle` does it.

        The act carries what the file says, as any act does; so a crash at any moment after it loses nothing, and the
        file as it was is kept beside the new one before that takes its place. It says yes to nothing: what somebody
        else wrote waits for the review as before.

        Raises:
            OSError: the journal can't be written.
        """
        with lock(self._data.lock):
            self._journal.refresh()
            content = self._folder.content()
            if not self._is_older():
                return
            sentence = f"{self._folder.insights.name} from schema {content.older} to {SCHEMA}"
            place, documents = self._data.folder.name, tuple(content.documents)
            self._journal.append(
                Event(
                    new_identifier(),
                    MIGRATED,
                    self._clock.now().replace(microsecond=0),
                    Means.COMMAND,
                    place,
                    statement=sentence,
                    documents=documents or (schema_document(),),
                )
            )
        left = f"; {content.unread} of its records are no insights, and stand only there" if content.unread else ""
        self._notices.append(
            f"{self._folder.insights} was in an earlier form (schema {content.older}). It is written in the present "
            f"one, with {len(documents)} insights; as it was it is kept beside it{left}."
        )

    def _is_damaged(self) -> bool:
        """Whether `insights.json` is to be rebuilt: unreadable, and the journal has something to rebuild it from.

        Where this user never saved anything it is somebody else's file, and stays as it is until then.
        """
        content = self._folder.content()
        return bool(content.damage) and not content.conflict and any(e.documents for e in self._journal.events())

    def _write(self, events: list[Event]) -> None:
        documents = [document for event in events for document in event.documents]
        if documents or self._is_damaged():
            with self._folder.writing():
                if self._folder.content().damage:
                    self._notices.append(rebuild(self._folder, self._journal, self._rendered, self._clock.now()))
                was = [document for event in events for document in event.before]
                self._folder.write(documents, was, self._clock.now(), self._rendered)
            self._note_profile_ids()
        if events:
            with lock(self._data.lock):
                self._journal.refresh()
                left = {event.id for event in self._journal.unwritten()}
                self._note([event for event in events if event.id in left])

    def _note(self, events: list[Event]) -> None:
        """Trust and tombstones of some events, and that all of them has arrived; under the project's lock."""
        self._trust.record(mark for event in events for mark in event.marks.items())
        for event in events:
            if event.refuses:
                self._tombstones.set(event.id, event.at, event.name, event.statement)
            self._tombstones.lift(*event.lifts)
            self._tombstones.restore(*event.restores)
        if events:
            self._journal.mark_written(events)

    def _note_profile_ids(self) -> None:
        seen = [d["profile"] for d in self._folder.content().documents if d["id"] == PROFILE_ID and "profile" in d]

        def change(notes: Notes) -> None:
            notes["path"] = str(self._place)
            known = notes.get("profiles")
            notes["profiles"] = sorted({*map(str, known if isinstance(known, list) else []), *map(str, seen)})

        change_notes(self._data, change)
