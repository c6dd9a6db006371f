"""The transcript of a temporary conversation: it keeps nothing."""

from __future__ import annotations

from typing import Any

from learnchat.learning.identifiers import new_identifier
from learnchat.learning.transcripts.session import Role, Transcript


class Unrecorded(Transcript):
    """Has a session and gives ids, as every transcript does, and writes nothing."""

    def append(self, role: Role, text: str, *, id: str = "", **facts: Any) -> str:
        return id or new_identifier()

    def has_company(self) -> bool:
        return False

    def note(self, **facts: Any) -> None:
        """Nothing is kept of it."""
