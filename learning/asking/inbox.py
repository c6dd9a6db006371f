"""The inbox: every proposal and what became of it, on the disk from the moment it is made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

from learnchat.learning.clock import Clock, parse_timestamp, timestamp
from learnchat.learning.disk.files import Record, parse_json_line
from learnchat.learning.disk.locks import lock
from learnchat.learning.disk.mending import set_lines_aside
from learnchat.learning.disk.record_log import RecordLog
from learnchat.learning.disk.user_data import ProfileData
from learnchat.learning.kinds import Kind, Scope
from learnchat.learning.profile.event import read_source, source_record
from learnchat.learning.proposal import Proposal, ProposalState

# What nobody wanted to decide in a week is not worth a longer list.
LAPSES_AFTER = timedelta(days=7)


def proposal_record(proposal: Proposal) -> Record:
    return {
        "id": proposal.id,
        "kind": proposal.kind.value,
        "statement": proposal.statement,
        "source": source_record(proposal.source),
        "created": timestamp(proposal.created),
        "confidence": proposal.confidence,
        "scope": proposal.scope.value,
        "tags": list(proposal.tags),
        "slots": dict(proposal.slots),
        "detector": proposal.detector,
        "offset": proposal.offset,
        "replaces": proposal.replaces,
        "because": proposal.because,
        "expires": timestamp(proposal.expires) if proposal.expires is not None else None,
        "recheck": proposal.recheck,
    }


def read_proposal(record: Mapping[str, Any]) -> Proposal | None:
    """The proposal in a record, or None: damaged, or of a later learnchat."""
    try:
        source = read_source(record["source"])
        if source is None:
            return None
        expires = record.get("expires")
        return Proposal(
            id=str(record["id"]),
            kind=Kind(record["kind"]),
            statement=str(record["statement"]),
            source=source,
            created=parse_timestamp(record["created"]),
            confidence=float(record["confidence"]),
            scope=Scope(record.get("scope", Scope.PROJECT)),
            tags=tuple(str(tag) for tag in record.get("tags", [])),
            slots={str(name): str(value) for name, value in record.get("slots", {}).items()},
            detector=str(record.get("detector", "")),
            offset=float(record.get("offset", 0.0)),
            replaces=record.get("replaces"),
            because=str(record.get("because", "")),
            expires=parse_timestamp(expires) if expires is not None else None,
            recheck=record.get("recheck") is True,
        )
    except (AttributeError, KeyError, TypeError, ValueError, OverflowError):
        return None


class Inbox:
    """`inbox.jsonl` of one project, or of the user where there is no project.

    Args:
        data: the user's side of the project.
        clock: the time.
        file: another file of the same form.
    """

    def __init__(self, data: ProfileData, clock: Clock, file: Path | None = None) -> None:
        self._data = data
        self._clock = clock
        self._log = RecordLog(file or data.inbox)
        self._proposals: dict[str, Proposal] = {}
        self._decided: dict[str, datetime] = {}
        self._not_proposals = 0
        self.cleared: frozenset[str] = frozenset()
        """Ids of the acts that skipped all that waited, last time in this program: they are taken back together."""

    @property
    def unreadable(self) -> int:
        """Lines that could not be read or understood."""
        return self._log.unreadable + self._not_proposals

    def _refresh(self) -> dict[str, Proposal]:
        anew, records = self._log.news()
        if anew:
            self._proposals, self._decided, self._not_proposals = {}, {}, 0
        for record in records:
            self._take(record)
        return self._proposals

    def _take(self, record: Record) -> None:
        try:
            if record["event"] == "made":
                made = read_proposal(record["proposal"])
                if made is None:
                    self._not_proposals += 1
                else:
                    self._proposals.setdefault(made.id, made)
                return
            proposal, at = self._proposals.get(str(record["id"])), parse_timestamp(record["at"])
            if proposal is None:
                return
            if record["event"] == "asked":
                self._proposals[proposal.id] = replace(proposal, asked=proposal.asked or at)
            elif record["event"] == "state":
                self._proposals[proposal.id] = replace(proposal, state=ProposalState(record["state"]))
                self._decided[proposal.id] = at
        except (KeyError, TypeError, ValueError):
            self._not_proposals += 1

    def _append(self, records: Sequence[Record], *, durable: bool = True) -> None:
        with lock(self._data.lock):
            self._log.append(records, durable=durable)

    def add(self, proposals: Sequence[Proposal]) -> None:
        """Keep new proposals: on the disk when it returns.

        Raises:
            OSError: they can't be written.
        """
        if proposals:
            self._append([{"event": "made", "proposal": proposal_record(proposal)} for proposal in proposals])

    def all(self) -> list[Proposal]:
        """Every proposal in its state now, oldest first."""
        proposals = [self._now(proposal) for proposal in self._refresh().values()]
        return sorted(proposals, key=lambda proposal: proposal.created)

    def pending(self) -> list[Proposal]:
        """What waits for a decision, oldest first."""
        return [proposal for proposal in self.all() if proposal.state is ProposalState.PENDING]

    def _now(self, proposal: Proposal) -> Proposal:
        # Not written: that a week has passed is known without a record, and reading changes no file.
        if proposal.state is ProposalState.PENDING and self._clock.now() - proposal.created > LAPSES_AFTER:
            return replace(proposal, state=ProposalState.LAPSED)
        return proposal

    def get(self, prefix: str) -> Proposal | None:
        """The proposal with this id, or the only one whose id begins so."""
        proposals = self._refresh()
        if prefix in proposals:
            return self._now(proposals[prefix])
        found = [proposal for name, proposal in proposals.items() if prefix and name.startswith(prefix)]
        return self._now(found[0]) if len(found) == 1 else None

    @cached_property
    def older(self) -> Inbox:
        """What was put away, see `putting_away`. Nothing more is decided there."""
        return Inbox(self._data, self._clock, self._data.older_inbox)

    def decision(self, proposal_id: str) -> Proposal | None:
        """The proposal with this id, if it was decided."""
        known = self.get(proposal_id)
        return known if known is not None and self.decided(proposal_id) is not None else None

    def decided(self, proposal_id: str) -> datetime | None:
        """When a proposal was last decided."""
        self._refresh()
        return self._decided.get(proposal_id)

    def mark_asked(self, proposal_id: str) -> None:
        """Note that it was shown as a toast.

        Raises:
            OSError: it can't be written.
        """
        self._append([{"event": "asked", "id": proposal_id, "at": timestamp(self._clock.now())}])

    def set_state(self, proposal: Proposal | str, state: ProposalState) -> None:
        """Note what was decided. The decision itself is in the journal, so this does not wait for the disk.

        Raises:
            OSError: it can't be written.
        """
        name = proposal if isinstance(proposal, str) else proposal.id
        self._append(
            [{"event": "state", "id": name, "state": state.value, "at": timestamp(self._clock.now())}], durable=False
        )

    def mend(self) -> tuple[Path, int] | None:
        """Set aside the lines that can't be read: where they are now, and how many; None where all can be.

        Raises:
            OSError: it can't be written.
        """
        with lock(self._data.lock):
            return set_lines_aside(self._data.inbox, _is_readable, self._clock.now())


def _is_readable(line: bytes) -> bool:
    record = parse_json_line(line)
    try:
        if record is None or record["event"] == "made":
            return record is not None and read_proposal(record["proposal"]) is not None
        parse_timestamp(record["at"])
        return record["event"] != "state" or bool(ProposalState(record["state"]))
    except (KeyError, TypeError, ValueError):
        return False
