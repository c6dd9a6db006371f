"""Finding for people: insights by a query, messages of all sessions, guidance before a task.

What the model is given with a message comes from `giving`; both rank alike.
"""

from __future__ import annotations

from learnchat.learning.clock import Clock
from learnchat.learning.disk.notes import read_notes
from learnchat.learning.disk.user_data import ProfileData, UserData
from learnchat.learning.language.words import stems
from learnchat.learning.memory.holdings import Holdings
from learnchat.learning.recall.found import Excerpt, FoundInsight, FoundMessage
from learnchat.learning.recall.guidance import Guidance, guidance
from learnchat.learning.recall.query import Query
from learnchat.learning.recall.search import Index
from learnchat.learning.text import shorten
from learnchat.learning.transcripts.session import list_sessions, read_session

# A screen of results; whoever wants more narrows the search.
LIMIT = 20
# Of a message, in a list.
EXCERPT_LENGTH = 200


class Finder:
    """Searches of one place. Synchronous, and it reads files: call it in a thread.

    Args:
        profiles: what is remembered here.
        data: where the sessions of this place lie.
        user_data: where those of all places do.
        clock: the time.
    """

    def __init__(self, profiles: Holdings, data: ProfileData, user_data: UserData, clock: Clock) -> None:
        self._profiles = profiles
        self._data = data
        self._user_data = user_data
        self._clock = clock

    def insights(self, query: Query, limit: int = LIMIT) -> list[FoundInsight]:
        """What is remembered here, project and personal, best first; without words newest first."""
        admitted = [insight for insight in self._profiles.insights() if query.admits(insight)]
        if not query.text:
            newest = sorted(admitted, key=lambda insight: insight.entry.confirmed, reverse=True)
            return [FoundInsight(insight, 1.0, True) for insight in newest[:limit]]
        return [FoundInsight(insight, 1.0, True) for insight in Index(admitted).search(query.text, limit)]

    def messages(self, query: Query, limit: int = LIMIT, *, all_projects: bool = False) -> list[FoundMessage]:
        """What was said in the sessions of this place, or of all, best first; without words newest first.

        Raises:
            QueryError: the query asks for what only insights have.
        """
        query.demand_messages()
        wanted = set(stems(query.text))
        found: list[FoundMessage] = []
        for data in self._places(all_projects):
            project = str(read_notes(data).get("path") or "")
            for file in list_sessions(data.sessions):
                for said in read_session(file.path):
                    if query.since is not None and (said.at or file.started) < query.since:
                        continue
                    shared = wanted & set(stems(said.text))
                    if shared or not wanted:
                        part = len(shared) / len(wanted) if wanted else 1.0
                        excerpt = Excerpt(shorten(said.text, EXCERPT_LENGTH))
                        found.append(
                            FoundMessage(project, file.session, file.path, said.id, said.role, said.at, excerpt, part)
                        )
        found.sort(key=lambda each: -each.confidence)
        return found[:limit]

    def guide(self, text: str) -> Guidance:
        """What is known that bears on a task."""
        return guidance(self.insights(Query(text), limit=100))

    def _places(self, all_projects: bool) -> list[ProfileData]:
        if not all_projects:
            return [self._data]
        projects = sorted(path for path in self._user_data.projects.glob("*") if path.is_dir())
        return [*map(ProfileData, projects), self._user_data.personal]
