"""Whether what a profile is made of agrees: `insights.json`, the Markdown, the journal, the trust."""

from __future__ import annotations

from learnchat.learning.profile.insight import EntryState
from learnchat.learning.profile.profile import Profile


def problems(profile: Profile) -> list[str]:
    """What is wrong with a profile's files, in plain sentences; [] when all agree."""
    found = []
    folder = profile.folder
    unwritable = profile.unwritable
    if unwritable is not None:
        found.append(f"Nothing can be saved: {unwritable}.")
    view, content = profile.view(), folder.content()
    if content.damage and not content.conflict:
        found.append(f"{folder.insights} {content.damage}.")
    if view.not_understood:
        found.append(f"{folder.insights} has {view.not_understood} documents that are no insights.")
    # Replaced here and forgotten there, it holds nowhere: both lines may stay.
    twice = [name for name in view.twice if any(e.state is EntryState.ACTIVE for e in view.standing(name).entries)]
    found += [f"Insight {name} stands twice in {folder.insights}, in two wordings." for name in twice]
    waiting = len(profile.journal.unwritten())
    if waiting:
        found.append(f"{waiting} decisions are in the journal and not yet in {folder.path}.")
    if profile.journal.unreadable:
        found.append(f"{profile.journal.unreadable} lines of {profile.data.journal} can't be read.")
    if folder.insights.exists() and not folder.markdown.exists():
        found.append(f"{folder.markdown} is missing; it does not agree with insights.json beside it.")
    found += [f"{path} was set aside; look at it, then delete it." for path in folder.kept_aside()]
    sharing = profile.sharing.problem() if profile.sharing is not None else None
    return found + ([sharing] if sharing else [])
