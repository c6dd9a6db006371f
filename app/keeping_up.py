"""A conversation that goes on while insights come and go: in other windows, by another branch, by an edit. In the
engine's thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from learnchat.app.given import find_given

if TYPE_CHECKING:
    from learnchat.app.parts import Parts
    from learnchat.learning.profile.insight import Insight


def keep_up(parts: Parts) -> None:
    """Recall what is known now: not what is gone or was called out of place, but what came or was reworded since."""
    recall, session = parts.recall, parts.transcript.session

    def said_here(insight: Insight) -> bool:
        source = insight.decision.source
        return bool(source.message) and source.session == session

    ids = parts.profiles.insights().ids()
    recall.keep_only(set(ids))
    recall.take_up(recall.changed(ids, lambda names: find_given(parts, names)), said_here)
    recall.heed(parts.profiles.misplaced(), session)
