"""Saying of an insight that it holds, and does not bear where it was given.

That is an act on memory as any other: it is in the journal, is listed and can be undone. It changes no document.
"""

from __future__ import annotations

import contextlib
from dataclasses import replace
from typing import TYPE_CHECKING

from learnchat.learning.memory import acts
from learnchat.learning.memory.acts import Act, in_short
from learnchat.learning.memory.editing import Editing
from learnchat.learning.profile.errors import ProfileError
from learnchat.learning.profile.insight import Means
from learnchat.learning.proposal import Source

if TYPE_CHECKING:
    # 12 ms: search and SQLite, which most commands do without.
    from learnchat.learning.recall.misplaced import Misplaced


class Placing(Editing):
    """What is remembered here, and where it does not belong."""

    def misplace(self, entry_id: str, means: Means, said: Source) -> Act:
        """Note that an insight does not bear on a message it was given with, nor on such messages.

        Args:
            entry_id: the insight.
            means: how the user said it.
            said: the message. Its beginning is kept, without what looks like a secret.

        Raises:
            ProfileError: there is no such insight, or it can't be saved.
        """
        from learnchat.learning.recall.misplaced import SAID_LENGTH
        from learnchat.learning.secrets.finding import masked
        from learnchat.learning.secrets.scanner import find_all_secrets

        quote = masked(said.quote, find_all_secrets(said.quote))[:SAID_LENGTH]
        with self._acting():
            profile, insight = self._insight(entry_id)
            event = self._event(acts.MISPLACED, means, insight.statement)
            event = replace(event, source=replace(said, quote=quote), about=insight.id)
            self._record(profile, event)
            return Act(event.id, event.name, insight, None, f"Not here: {in_short(insight.statement)}")

    def place_again(self, misplaced: Misplaced, means: Means) -> Act:
        """Take such a word back, however old it is.

        Raises:
            ProfileError: it was taken back already, or that can't be saved.
        """
        with self._acting():
            for profile in self._profiles:
                said = next(
                    (each for each in profile.journal.standing(acts.MISPLACED) if each.id == misplaced.act), None
                )
                if said is not None:
                    event = replace(self._event(acts.UNDONE, means, said.statement), undoes=said.id, about=said.about)
                    self._record(profile, event)
                    insight = profile.view().insight(said.about)
                    return Act(event.id, event.name, insight, None, f"Bears here again: {in_short(said.statement)}")
        raise ProfileError("That was taken back already.")

    def misplaced(self) -> list[Misplaced]:
        """What the user said so and did not take back, oldest first; of what holds everywhere in other projects too."""
        from learnchat.learning.recall.misplaced import Misplaced

        found: list[Misplaced] = []
        for profile in self._profiles:
            # What can't be read holds nothing back.
            with contextlib.suppress(OSError):
                profile.journal.refresh()
            for event in profile.journal.standing(acts.MISPLACED):
                if event.source is not None:
                    source = event.source
                    found.append(Misplaced(event.id, event.about, source.quote, source.session, event.at))
        return found
