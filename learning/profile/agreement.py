"""Whether what a profile is made of agrees: `insights.json`, the Markdown, the journal, the trust. And its mending."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from learnchat.learning.disk.files import identity
from learnchat.learning.disk.mending import kept_aside
from learnchat.learning.profile.documents import Document, entry_document, highest_revision, is_forgotten
from learnchat.learning.profile.insight import Entry, EntryState
from learnchat.learning.profile.journal_mending import lost_decisions, mend_journal
from learnchat.learning.profile.profile import Profile, reason

DISAGREES = "does not agree with insights.json beside it"
"""What is said of a Markdown file that the next write renders anew, a review's too."""


def problems(profile: Profile, *, thorough: bool = True) -> list[str]:
    """What is wrong with a profile's files, in plain sentences; [] when all agree.

    What was changed outside is not wrong: it waits for the review.

    Args:
        profile: the profile.
        thorough: compare all of it, line by line. Else files that are those very ones which were written together last
            are taken to agree, and an act that was read in full before is not read again.
    """
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
    unreadable = profile.journal.unreadable if thorough else profile.journal.torn
    if unreadable:
        found.append(f"{unreadable} lines of {profile.data.journal} can't be read.")
    if thorough or not _are_as_written(profile):
        found += _markdown_problems(profile)
    lost = lost_decisions(profile)
    if lost:
        found.append(f"{profile.data.journal} lacks the decisions behind {len(lost)} insights.")
    set_aside = [*folder.aside.damaged(), *kept_aside(profile.data.journal)]
    found += [f"{path} was set aside; look at it, then delete it." for path in set_aside]
    sharing = profile.sharing.problem() if profile.sharing is not None else None
    return found + ([sharing] if sharing else [])


def _are_as_written(profile: Profile) -> bool:
    """Whether both files are the very ones that were written last, the one rendered from the other."""
    markdown = identity(profile.folder.markdown)
    rendered = profile.rendered
    return markdown is not None and rendered.is_identity(markdown) and rendered.is_insights(profile.folder.insights)


def _markdown_problems(profile: Profile) -> list[str]:
    folder = profile.folder
    # A file of an earlier schema has no Markdown of ours beside it yet.
    unfit = folder.link() is not None or folder.content().damage or folder.content().older is not None
    if not folder.insights.exists() or unfit:
        return []
    if not folder.markdown.exists():
        return [f"{folder.markdown} is missing; it {DISAGREES}."]
    differing = len(_not_shown(profile))
    if not differing:
        return []
    return [f"{folder.markdown} {DISAGREES}: it does not show {differing} insights."]


def _not_shown(profile: Profile) -> list[Entry]:
    """What is active in `insights.json`, and neither stands so in the Markdown nor was changed there by somebody."""
    folder, edits = profile.folder, profile.edits()
    content = folder.markdown_content()
    if content is None or content.conflict:
        return []
    shown: dict[str, list[Entry | None]] = {}
    unwritten = {document["id"] for event in profile.journal.unwritten() for document in event.documents}
    standing = {document["id"]: document for document in folder.content().documents}
    for block in content.blocks:
        known = standing.get(block.id)
        entry = folder.reader.entry(known) if known is not None else None
        shown.setdefault(block.id, []).append(block.entry(entry, datetime.min))
    entries = [folder.reader.entry(document) for document in standing.values()]
    return [
        entry
        for entry in entries
        if entry is not None and entry.state is EntryState.ACTIVE
        if entry.id not in edits.changed and entry.id not in edits.removed and entry.id not in unwritten
        if entry not in shown.get(entry.id, [])
    ]


def repair(profile: Profile, now: datetime) -> list[str]:
    """Mend what can be: write what only the journal has, rebuild and render anew what is damaged.

    Returns:
        What was done, in plain sentences. What somebody changed outside is left to the review, and what was set aside
        to the user.
    """
    done: list[str] = []
    folder = profile.folder
    try:
        done += mend_journal(profile, now)
        profile.migrate()
        waiting = len(profile.journal.unwritten())
        profile.settle()
        if waiting and not profile.journal.unwritten():
            done.append(f"{waiting} decisions were written into {folder.path}.")
        unreadable = _in_the_journal(profile)
        markdown = _markdown_problems(profile)
        if unreadable or markdown:
            with folder.writing():
                folder.write(unreadable, [], now, profile.rendered)
            if unreadable:
                done.append(f"{len(unreadable)} insights of {folder.insights} were restored from your journal.")
            if markdown:
                done.append(f"{folder.markdown} was rendered anew.")
        if profile.sharing is not None and profile.sharing.problem() is not None:
            profile.sharing.keep_private()
            done.append(f"{folder.path} is hidden from git again.")
    except OSError as error:
        done.append(f"Not all could be mended: {reason(error)}.")
    return done


def _in_the_journal(profile: Profile) -> list[Document]:
    """Documents that are no insights any more, as this user said yes to them, in a revision above what is there."""
    view, found = profile.view(), []
    for name in view.outline.ids:
        documents, mark = view.of(name), view.marks.get(name)
        if mark is None or all(is_forgotten(each) or profile.folder.reader.entry(each) for each in documents):
            continue
        entry = profile.wordings.find(name, mark.hash)
        if entry is not None:
            found.append(entry_document(replace(entry, revision=highest_revision(documents, name) + 1)))
    return found
