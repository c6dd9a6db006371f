"""The beginning of an event's line in the journal: what has to be known of each event when a profile is opened."""

from __future__ import annotations

import re
import sys
from typing import NamedTuple


class Head(NamedTuple):
    """What is known of an event without reading all of it."""

    id: str
    name: str
    place: str
    number: int
    proposal: str | None
    undoes: str | None


# The beginning of a line as `event_record` and `render_json` write it; anchored, so that no text in it can pass for it.
_HEAD = re.compile(
    rb'{"event":"(\w+)","id":"([a-z0-9-]+)","at":"([^"\\]+)","means":"(\w+)","who":"\w+","place":"([a-z0-9-]+)",'
    rb'"number":(\d{1,9}),(?:"proposal":"([a-z0-9-]+)",)?(?:"undoes":"([a-z0-9-]+)",)?'
)


def read_head(line: bytes) -> Head | None:
    """The head of a journal's line; None when it does not begin as learnchat writes it."""
    found = _HEAD.match(line)
    if found is None:
        return None
    name, event_id, _, _, place, number, proposal, undoes = found.groups()
    return Head(
        event_id.decode(),
        name.decode(),
        # Thousands of events share a few of these.
        sys.intern(place.decode()),
        int(number),
        proposal.decode() if proposal is not None else None,
        undoes.decode() if undoes is not None else None,
    )


def split_head(line: bytes) -> tuple[str, str, bytes] | None:
    """When and by what means an event was done, and the line from its statement on; None as above."""
    found = _HEAD.match(line)
    return (found[3].decode(), found[4].decode(), line[found.end() :]) if found is not None else None
