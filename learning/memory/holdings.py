"""What is remembered here: the project's profile, the personal one and the inbox, read."""

from __future__ import annotations

from collections.abc import Sequence

from learnchat.learning.asking.answers import Answers
from learnchat.learning.asking.inbox import Inbox
from learnchat.learning.asking.matching import Matcher, refusal
from learnchat.learning.clock import Clock
from learnchat.learning.detection import Detection
from learnchat.learning.disk.mending import kept_aside
from learnchat.learning.disk.project import Project
from learnchat.learning.disk.user_data import ProfileData, UserData
from learnchat.learning.kinds import Scope
from learnchat.learning.memory.acts import refuse_secrets
from learnchat.learning.memory.history import History
from learnchat.learning.profile import agreement
from learnchat.learning.profile.errors import ProfileError
from learnchat.learning.profile.insight import Entry, Insight
from learnchat.learning.profile.lineup import Insights
from learnchat.learning.profile.profile import Profile
from learnchat.learning.profile.sharing import Sharing, SharingState
from learnchat.learning.proposal import Proposal
from learnchat.learning.scope import scope_of


class Holdings:
    """Everything remembered that holds here. It is what the watcher asks whether something is new, and gives its
    proposals to.

    Args:
        project: where the user is.
        user_data: the user's data directory.
        clock: the time.
    """

    def __init__(self, project: Project, user_data: UserData, clock: Clock) -> None:
        self._clock = clock
        self._place = project
        self.personal = Profile(user_data.personal_profile, user_data.personal, Scope.PERSONAL, clock, None)
        self.project: Profile | None = None
        self._sharing: Sharing | None = None
        self._data = user_data.personal
        if project.has_project:
            self._data = user_data.project(project.root)
            self._sharing = Sharing(project, self._data, clock)
            self.project = Profile(project.folder, self._data, Scope.PROJECT, clock, self._sharing)
        self._profiles = [self.personal] if self.project is None else [self.project, self.personal]
        self.inbox = Inbox(self._data, clock)
        self.history = History(self._profiles, self._data.folder.name)
        self.history.bring_up_to_date(self.inbox)
        self.answers = Answers(user_data)
        self._matcher = Matcher()

    def insights(self) -> Insights:
        """Active, confirmed or accepted, not expired: the project's, then the personal ones, newest first."""
        insights = Insights()
        for profile in self._profiles:
            insights = insights.followed_by(profile.insights())
        return insights

    def unaccepted(self) -> list[Entry]:
        """What stands in the folders and this user neither confirmed nor accepted: to be listed, never recalled."""
        return [entry for profile in self._profiles for entry in profile.unaccepted()]

    def find(self, prefix: str) -> Insight | Entry | None:
        """The insight or unaccepted entry with this id, or the only one whose id begins so.

        Raises:
            ProfileError: several ids begin so.
        """
        found: dict[str, Insight | Entry] = {}
        for profile in self._profiles:
            held: list[Insight | Entry] = [*profile.view().unaccepted, *profile.view().insights]
            found |= {each.id: each for each in held if prefix and each.id.startswith(prefix)}
        if prefix in found:
            return found[prefix]
        if len(found) > 1:
            raise ProfileError(f"{len(found)} ids begin with {prefix}.", "Type one more letter of it.")
        return next(iter(found.values()), None)

    @property
    def name(self) -> str:
        """What this place is called in records of all places: the name of the project's folder in the user's data."""
        return self._data.folder.name

    @property
    def data(self) -> ProfileData:
        """The user's side of this place: inbox, sessions, and what was read of them."""
        return self._data

    def put_off_writing(self) -> None:
        """From now on an act returns when the journal has it: whoever called this calls `settle` a little later."""
        for profile in self._profiles:
            profile.put_off_writing()

    @property
    def unsettled(self) -> bool:
        """Whether there is anything that only the journal has."""
        return any(profile.journal.unwritten() for profile in self._profiles)

    def settle(self) -> str | None:
        """Bring into the files what only the journal has. Returns why that failed, in one line, or None."""
        for profile in self._profiles:
            profile.settle()
        return next((why for profile in self._profiles if (why := profile.unwritten()) is not None), None)

    @property
    def unwritable(self) -> str | None:
        """Why nothing can be saved here, in one line; None when it can."""
        return self._profiles[0].unwritable

    @property
    def sharing(self) -> SharingState:
        """Whether the project's folder goes into git."""
        return SharingState.OUTSIDE if self._sharing is None else self._sharing.state

    def health(self, *, thorough: bool = True) -> list[str]:
        """What is wrong, in plain sentences; [] when all agrees.

        Args:
            thorough: compare the files line by line: half a second for ten thousand insights, else a tenth of it.
        """
        problems = [problem for profile in self._profiles for problem in agreement.problems(profile, thorough=thorough)]
        self.inbox.all()
        if self.inbox.unreadable:
            problems.append(f"{self.inbox.unreadable} lines of {self._data.inbox} can't be read.")
        problems += [f"{path} was set aside; look at it, then delete it." for path in kept_aside(self._data.inbox)]
        return self.notices() + problems

    def notices(self) -> list[str]:
        """What happened to the files that the user has to be told, each sentence once."""
        notices = [notice for profile in self._profiles for notice in profile.notices]
        for profile in self._profiles:
            profile.notices.clear()
        return notices

    def objection(self, detection: Detection) -> str | None:
        """Why something heard is not to be asked; None when it may be."""
        statement = detection.statement
        if self._matcher.matches(statement, (insight.statement for insight in self.insights())):
            return "already known"
        if self._matcher.waiting(statement, self.inbox) is not None:
            return "already waiting"
        skipped = self._matcher.skipped(statement, self.inbox, self._clock.now())
        if skipped is not None:
            return f"skipped on {skipped:%Y-%m-%d}"
        return refusal(stone for profile in self._profiles for stone in profile.refusals(statement))

    def replaces(self, detection: Detection) -> str | None:
        """The id of the insight that something heard contradicts or updates. Only one of the same scope: a project may
        differ from what holds everywhere."""
        scope = scope_of(detection.quote) if self.project is not None else Scope.PERSONAL
        known = (insight for insight in self.insights() if insight.scope is scope)
        replaced = self._matcher.replaced(detection.statement, known, detection.slots.get("to", ""))
        return replaced.id if replaced is not None else None

    def contradicted(self, insight: Insight) -> Insight | None:
        """Another insight of the same scope that holds beside this one, and that it seems to contradict or update."""
        others = (each for each in self.insights() if each.scope is insight.scope and each.id != insight.id)
        return self._matcher.replaced(insight.statement, others)

    def add(self, proposals: Sequence[Proposal]) -> None:
        """Keep new proposals: on the disk when it returns.

        Raises:
            ProfileError: there is a secret in one of them; none is kept.
            OSError: they can't be written.
        """
        for proposal in proposals:
            refuse_secrets(proposal.statement, proposal.source.quote, proposal.because, *proposal.tags)
        self.inbox.add(proposals)
