"""Finding for people: insights by a query, messages and sessions, guidance before a task.

What the model is given with a message comes from `giving`; both rank alike. The indexes behind it are made and brought
up to date here.
"""

from __future__ import annotations

import sqlite3
from datetime import datetime
from pathlib import Path

from learnchat.learning.disk.files import identity
from learnchat.learning.disk.notes import read_notes
from learnchat.learning.disk.user_data import ProfileData, UserData
from learnchat.learning.memory.holdings import Holdings
from learnchat.learning.profile.insight import Insight
from learnchat.learning.profile.profile import Profile
from learnchat.learning.profile.view import View
from learnchat.learning.recall.bearing import BEARS, Bearing, Bearings, StoredBearings, in_order
from learnchat.learning.recall.excerpts import MOST_CHARACTERS, excerpt
from learnchat.learning.recall.found import Excerpt, FoundInsight, FoundMessage, FoundSession
from learnchat.learning.recall.guidance import Guidance, guidance
from learnchat.learning.recall.index_file import IndexFile
from learnchat.learning.recall.meanings import FusedBearings, Meanings
from learnchat.learning.recall.message_index import MessageIndex, Search
from learnchat.learning.recall.query import Query
from learnchat.learning.recall.terms import wanted
from learnchat.learning.recall.unmarked import unmarked
from learnchat.learning.transcripts.session import SessionFile, Utterance, list_sessions, read_session

# A screen of results; whoever wants more narrows the search.
LIMIT = 20
# Of what a task finds, all that bears on it is looked at.
GUIDANCE_LIMIT = 100
# What the chat takes at a time to bring the index up to date: so long a message waits for it at most.
IDLE_SECONDS = 0.05


class Finder:
    """Searches of one place. Synchronous, and it reads and writes files: call it in a thread, always the same one.

    Args:
        profiles: what is remembered here.
        data: where the sessions of this place lie.
        user_data: where those of all places do.
        in_memory: nothing is to be written: no index is made.
        model: the folder of a model for finding insights by meaning too; None where none is configured.
        patience: how long what bears on a message may take to bring the index up to date, in seconds. None: as long as
            it takes; searches for people always do.
    """

    def __init__(
        self,
        profiles: Holdings,
        data: ProfileData,
        user_data: UserData,
        *,
        in_memory: bool = False,
        model: Path | None = None,
        patience: float | None = None,
    ) -> None:
        self._profiles = profiles
        self._data = data
        self._user_data = user_data
        self._held = [profile for profile in (profiles.project, profiles.personal) if profile is not None]
        self._files = {profile.data.folder: IndexFile(profile.data.search) for profile in self._held}
        self._indexes: dict[Path, MessageIndex] = {}
        self._in_memory = in_memory
        self._seen: list[View] = []
        self._stored = StoredBearings(
            [self._files[profile.data.folder] for profile in self._held],
            lambda: [profile.view().insights for profile in self._held],
            lambda: [_stamp(profile) for profile in self._held],
            in_memory=in_memory,
            patience=patience,
        )
        self.meanings = Meanings(model, self._all) if model is not None else None
        """To be loaded by whoever has the time; until then words alone find."""
        self.bearings: Bearings = self._stored if self.meanings is None else FusedBearings(self._stored, self.meanings)
        """What bears on a message, over all that is remembered here, expired or not."""

    def update(self, seconds: float | None = None) -> bool:
        """Bring the index of insights in line with what is remembered. What can't be written is searched in memory.

        Args:
            seconds: how long it may take; what is left is done the next time. None: all of it.

        Returns:
            Whether nothing is left.
        """
        views = [profile.view() for profile in self._held]
        if len(views) == len(self._seen) and all(one is other for one, other in zip(views, self._seen, strict=True)):
            return True
        if not self._stored.update(seconds):
            return False
        if self.meanings is not None:
            self.meanings.update()
        self._seen = views
        return True

    def read_on(self, seconds: float = IDLE_SECONDS) -> bool:
        """While nobody waits: bring the index up to date, then read into it what was said meanwhile.

        Args:
            seconds: how long that may take; what is left is done the next time.

        Returns:
            Whether nothing is left.
        """
        if not self.update(seconds):
            return False
        if self._in_memory:
            return True
        try:
            return self._messages(self._data).update(seconds)
        except (sqlite3.Error, OSError) as error:
            self._file(self._data).give_up(error)
            return True

    def insights(self, query: Query, limit: int = LIMIT) -> list[FoundInsight]:
        """What is remembered here, project and personal, best first; without words newest first."""
        if not query.text:
            admitted = [insight for insight in self._profiles.insights() if query.admits(insight)]
            newest = sorted(admitted, key=lambda insight: insight.entry.confirmed, reverse=True)
            return [FoundInsight(insight, 1.0, True) for insight in newest[:limit]]
        self.update()
        alive = set(self._profiles.insights().ids())
        known: dict[str, Insight] = {}
        found: list[Bearing] = []
        for bearing in self.bearings.find(query.text):
            insight = _insight(self._seen, bearing.id) if bearing.id in alive else None
            if insight is not None and query.admits(insight):
                known[bearing.id] = insight
                found.append(bearing)
            # Enough to order those whose scores are equal.
            if len(found) == 2 * limit:
                break
        return [_found(each, known[each.id]) for each in in_order(found, known.__getitem__)[:limit]]

    def messages(self, query: Query, limit: int = LIMIT, *, all_projects: bool = False) -> list[FoundMessage]:
        """What was said in the sessions of this place, or of all, best first; without words newest first.

        What stands around a message counts for its place, but one without any of the words is not found: whoever
        searches sees what has them, and reads on from there.

        Raises:
            QueryError: the query asks for what only insights have.
        """
        query.demand_messages()
        places = self._places(all_projects)
        if not query.text:
            return self._newest(query, limit, places)
        looked_for = wanted(query.text)
        found: list[tuple[float, int, int]] = []
        searches = [self._messages(data).search(query.text) for data in places]
        for index, search in enumerate(searches):
            ranked = search.ranked
            found += [(value, index, message) for message, value in ranked.messages.items() if ranked.holds(message)]
        found.sort(key=lambda each: (-each[0], each[1], each[2]))
        results: list[FoundMessage] = []
        seen: set[tuple[str, str]] = set()
        for _, index, number in found:
            if len(results) == limit:
                break
            place = searches[index].place(number)
            said = place.read() if place is not None else None
            if place is None or said is None or not _is_since(said.at or place.file.started, query.since):
                continue
            # A fork has the messages of what it was forked from.
            if (said.id, said.text) in seen:
                continue
            seen.add((said.id, said.text))
            confidence = _share(searches[index].ranked.confidence(number))
            results.append(
                _found_message(places[index], place.file, said, excerpt(_shown(said), looked_for), confidence)
            )
        return results

    def sessions(self, query: Query, limit: int = LIMIT, *, all_projects: bool = False) -> list[FoundSession]:
        """The sessions in which most was said about something, best first.

        Raises:
            QueryError: the query asks for what only insights have.
        """
        query.demand_messages()
        places = self._places(all_projects)
        found: list[tuple[float, ProfileData, SessionFile]] = []
        for data in places:
            search: Search = self._messages(data).search(query.text)
            found += [
                (value, data, search.sessions[session])
                for session, value in search.rank_sessions().items()
                if session in search.sessions and _is_since(search.sessions[session].started, query.since)
            ]
        found.sort(key=lambda each: (-each[0], each[2].path.name))
        return [FoundSession(_project(data), file.session, file.path, file.started) for _, data, file in found[:limit]]

    def guide(self, text: str) -> Guidance:
        """What is known that bears on a task."""
        return guidance(self.insights(Query(text), limit=GUIDANCE_LIMIT))

    def close(self) -> None:
        """Let go of the indexes."""
        for file in self._files.values():
            file.close()

    def _all(self) -> list[Insight]:
        return [insight for profile in self._held for insight in profile.view().insights]

    def _newest(self, query: Query, limit: int, places: list[ProfileData]) -> list[FoundMessage]:
        files = sorted(
            ((file, data) for data in places for file in list_sessions(data.sessions)),
            key=lambda each: each[0].started,
            reverse=True,
        )
        results: list[FoundMessage] = []
        seen: set[tuple[str, str]] = set()
        for file, data in files:
            for said in reversed(read_session(file.path)):
                if len(results) == limit:
                    return results
                if (said.id, said.text) not in seen and _is_since(said.at or file.started, query.since):
                    seen.add((said.id, said.text))
                    results.append(
                        FoundMessage(
                            _project(data),
                            file.session,
                            file.path,
                            said.id,
                            said.role,
                            said.at,
                            excerpt(_shown(said), ()),
                            1.0,
                        )
                    )
        return results

    def _places(self, all_projects: bool) -> list[ProfileData]:
        if not all_projects:
            return [self._data]
        projects = sorted(path for path in self._user_data.projects.glob("*") if path.is_dir())
        return [*map(ProfileData, projects), self._user_data.personal]

    def _messages(self, data: ProfileData) -> MessageIndex:
        if data.folder not in self._indexes:
            self._indexes[data.folder] = MessageIndex(self._file(data), data.sessions, in_memory=self._in_memory)
        return self._indexes[data.folder]

    def _file(self, data: ProfileData) -> IndexFile:
        return self._files.setdefault(data.folder, IndexFile(data.search))


def _found(bearing: Bearing, insight: Insight) -> FoundInsight:
    return FoundInsight(insight, _share(bearing.confidence), bearing.confidence >= BEARS)


def _insight(views: list[View], name: str) -> Insight | None:
    return next((found for view in views if (found := view.insight(name)) is not None), None)


def _stamp(profile: Profile) -> str:
    """Changes with whatever a profile's insights are read from."""
    folder, data = profile.folder, profile.data
    files = (folder.insights, folder.markdown, data.trust, data.rendered, data.journal)
    return repr((*map(identity, files), str(folder.link())))


def _found_message(
    data: ProfileData, file: SessionFile, said: Utterance, piece: Excerpt, confidence: float
) -> FoundMessage:
    return FoundMessage(_project(data), file.session, file.path, said.id, said.role, said.at, piece, confidence)


def _shown(said: Utterance) -> str:
    """What is shown of a message in a list: the user's own words as they are, a model's without Markdown."""
    return said.text if said.role == "user" else unmarked(said.text[:MOST_CHARACTERS])


def _share(confidence: float) -> float:
    """A confidence as people read it: one half where it is just enough, never quite one."""
    return confidence / (confidence + BEARS)


def _is_since(moment: datetime, since: datetime | None) -> bool:
    return since is None or moment >= since


def _project(data: ProfileData) -> str:
    return str(read_notes(data).get("path") or "")
