"""What the user says of insights that were given to a model: acts on memory, and counts. In the engine's thread."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from typing import TYPE_CHECKING

from learnchat.learning.identifiers import new_identifier
from learnchat.learning.memory.acts import Rewording, make_entry
from learnchat.learning.profile.errors import ProfileError
from learnchat.learning.profile.insight import Insight, Means
from learnchat.learning.proposal import REPLACEMENT, Proposal, Source
from learnchat.learning.recall.usage import Feedback, taken_up

if TYPE_CHECKING:
    from learnchat.app.parts import Parts
    from learnchat.app.went_along import Given
    from learnchat.learning.memory.profiles import Act


def find_given(parts: Parts, ids: Iterable[str]) -> list[Insight]:
    """The insights with these ids that are still there, in their order."""
    profiles = [profile for profile in (parts.profiles.project, parts.profiles.personal) if profile is not None]
    found = (profile.view().insight(name) for name in dict.fromkeys(ids) for profile in profiles)
    return [insight for insight in found if insight is not None]


def count_use(parts: Parts, ids: Iterable[str], question: str, reply: str) -> list[str]:
    """Count what went with a reply; returns the ids of what it took up. A count that can't be written is no failure."""
    given = find_given(parts, ids)
    used = taken_up(((each.id, each.statement) for each in given), question, reply)
    if not parts.temporary:
        with contextlib.suppress(OSError):
            parts.usage.note_given([each.id for each in given], used)
    return used


def note(parts: Parts, insight_id: str, feedback: Feedback) -> None:
    """Count what the user said. The act itself is done: a count that can't be written takes nothing back."""
    if not parts.temporary:
        with contextlib.suppress(OSError):
            parts.usage.note_feedback(insight_id, feedback)


def not_here(parts: Parts, insight_id: str, reply: Given) -> Act | None:
    """It holds, and does not bear here: not again in this conversation, and not with messages like this one.

    Raises:
        ProfileError: it is not there any more, or that can't be saved.
    """
    if parts.temporary:
        parts.recall.rebuild_without([insight_id])
        return None
    said = Source(reply.message, parts.transcript.session, reply.message_id)
    act = parts.profiles.misplace(insight_id, Means.COMMAND, said)
    note(parts, insight_id, Feedback.NOT_HERE)
    return act


def useful(parts: Parts, insight_id: str, reply: Given) -> Act | None:
    """It helped; of what was held back: it would have, so that is taken back.

    Raises:
        ProfileError: that can't be saved.
    """
    held = reply.held(insight_id)
    act = parts.profiles.place_again(held.by, Means.COMMAND) if held is not None and not parts.temporary else None
    note(parts, insight_id, Feedback.USEFUL)
    return act


def said_not_here(parts: Parts, insight_id: str) -> str:
    """What comes of it, for people."""
    words = "Noted: it does not bear here. It is not given again in this conversation"
    if parts.temporary:
        return f"{words}."
    words += ", and elsewhere not with messages like this one."
    # The block stands before anything was asked.
    if insight_id in parts.recall.whole_block().ids:
        words += " A new conversation begins with it all the same: it is pinned, or all that is known fits."
    return words


def said_useful(reply: Given, insight_id: str) -> str:
    return "Noted: it bears here, and is given again." if reply.held(insight_id) is not None else "Noted: useful."


def forget(parts: Parts, insight_id: str) -> Act:
    """
    Raises:
        ProfileError: it is not there any more, or it can't be saved.
    """
    return parts.profiles.forget(insight_id, Means.COMMAND)


def correct(parts: Parts, insight_id: str, statement: str) -> Act:
    """It never was so: it says the right thing from now on, or is forgotten where nothing is right.

    Raises:
        ProfileError: it is not there any more, or can't be saved so.
    """
    if statement:
        act = parts.profiles.edit(insight_id, Means.COMMAND, statement=statement)
    else:
        act = parts.profiles.forget(insight_id, Means.COMMAND)
    note(parts, insight_id, Feedback.WRONG)
    return act


def replace_outdated(parts: Parts, insight: Insight, statement: str) -> Act:
    """It was so, and is no longer: what holds now is a new insight, which replaces it. It stays, linked and inactive.

    Raises:
        ProfileError: it is not there any more, or what replaces it can't be saved.
    """
    if not find_given(parts, [insight.id]):
        raise ProfileError("It was changed or forgotten since.")
    proposal = Proposal(
        id=new_identifier(),
        kind=insight.kind,
        statement=statement,
        source=Source(quote=statement, session=parts.transcript.session),
        created=parts.clock.now().replace(microsecond=0),
        # The user typed it for that purpose.
        confidence=1.0,
        scope=insight.scope,
        tags=insight.tags,
        detector=REPLACEMENT,
        replaces=insight.id,
    )
    wording = Rewording(statement, insight.kind, insight.tags, insight.scope)
    act = parts.profiles.confirm(proposal, Means.REMEMBER, wording)
    note(parts, insight.id, Feedback.OUTDATED)
    return act


def check_statement(insight: Insight, text: str, *, empty: bool) -> None:
    """
    Args:
        insight: what is to be said otherwise.
        text: in which words.
        empty: whether none is an answer too.

    Raises:
        ProfileError: it is too long, has a secret in it, says nothing, or says what stands there already.
    """
    if text or not empty:
        make_entry(insight.id, text, insight.kind, insight.entry.confirmed)
    if text == insight.statement:
        raise ProfileError("That is what stands there already.", "Change it, or leave with esc.")
