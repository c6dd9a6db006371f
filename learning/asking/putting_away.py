"""Keeping the inbox short: what was decided or lapsed long ago is put away into a file that no opening reads.

Every learnchat reads the whole inbox when it opens, 40 ms for a thousand proposals, and a year has thousands. Nothing
is lost: what is put away is read by what looks back that far.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from learnchat.learning.asking.inbox import LAPSES_AFTER, Inbox
from learnchat.learning.asking.matching import SKIP_HOLDS
from learnchat.learning.disk.files import append_json_lines, parse_json_line, replace_file
from learnchat.learning.disk.locks import lock
from learnchat.learning.disk.user_data import ProfileData
from learnchat.learning.proposal import ProposalState

# A skipped one is looked for as long as it holds; all else is undone in a day or never.
KEPT = SKIP_HOLDS + timedelta(days=1)
# Fewer are not worth a file that is written anew.
LEAST_PROPOSALS = 50


def put_away(inbox: Inbox, data: ProfileData, now: datetime) -> int:
    """Put away what was decided or lapsed long ago; lines that can't be read stay.

    A crash between the two files leaves a proposal in both, which is once as well as twice.

    Args:
        inbox: of a place.
        data: the user's side of it.
        now: the time.

    Returns:
        How many proposals were put away.

    Raises:
        OSError: a file can't be read or written.
    """
    with lock(data.lock):
        old = _old(inbox, now - KEPT)
        if len(old) < LEAST_PROPOSALS:
            return 0
        kept: list[bytes] = []
        away = []
        for line in data.inbox.read_bytes().split(b"\n"):
            record = parse_json_line(line) or {}
            made = record.get("proposal")
            name = made.get("id") if isinstance(made, dict) else record.get("id")
            if isinstance(name, str) and name in old:
                away.append(record)
            else:
                kept.append(line)
        append_json_lines(data.older_inbox, away)
        replace_file(data.inbox, b"\n".join(kept))
    return len(old)


def _old(inbox: Inbox, before: datetime) -> set[str]:
    return {
        proposal.id
        for proposal in inbox.all()
        if proposal.state is not ProposalState.PENDING
        if (inbox.decided(proposal.id) or proposal.created + LAPSES_AFTER) < before
    }
