"""What an imported file says: a statement that may become a proposal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from learnchat.learning.kinds import Kind, Scope


@dataclass(frozen=True, slots=True)
class Candidate:
    """A statement in a file, as it stands there: nothing of it is checked or cleaned yet."""

    statement: str
    kind: Kind = Kind.FACT
    quote: str = ""
    """The words it came from, where the file has them."""
    tags: tuple[str, ...] = ()
    because: str = ""
    expires: datetime | None = None
    scope: Scope = Scope.PROJECT
