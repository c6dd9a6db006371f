"""What of memory went along with each reply, and why: the same for the screen and for lines of text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from learnchat.app.models.providers import OFFLINE
from learnchat.learning.clock import local
from learnchat.learning.text import one_line, shorten

if TYPE_CHECKING:
    from collections.abc import Sequence

    from learnchat.app.chat_session import ChatSession, Received
    from learnchat.learning.recall.misplaced import HeldBack
    from learnchat.learning.transcripts.session import Utterance

NOTHING = "Nothing was given to a reply in this conversation."

USED = "the reply took it up"
BEARING = "it bears on your message"
EARLIER = "it bore on an earlier message of this conversation"
JOINED = "it became known, or was changed, while this conversation went on"
RESUMED = "given with this reply, before the conversation was resumed"
STABLE = "it stands in every conversation: pinned, or all that is known fits"
# Of the message that something was called out of place in, as much as stands in a line.
SAID_LENGTH = 60


@dataclass(frozen=True, slots=True)
class Given:
    """What went with one reply: ids, the most telling first."""

    ids: tuple[str, ...]
    used: frozenset[str]
    bearing: frozenset[str]
    """What bears on the message."""
    earlier: frozenset[str]
    """What bore on an earlier one, and still goes along."""
    held_back: tuple[HeldBack, ...] = ()
    """What would have gone along, but for what the user said of such messages."""
    message: str = ""
    """What was replied to."""
    message_id: str = ""
    joined: frozenset[str] = frozenset()
    """What became known, or was reworded, since the conversation began."""
    resumed: bool = False
    """Read from the transcript, which has the ids alone."""
    searched: bool = False
    """No model replied, but a search: it knew nothing, and found what is telling."""

    @property
    def listed(self) -> tuple[str, ...]:
        """All ids that there is something to say about: what was held back stands last."""
        return tuple(dict.fromkeys((*self.ids, *(each.insight for each in self.held_back))))

    @property
    def telling(self) -> tuple[str, ...]:
        """Those that say something about this reply."""
        return tuple(name for name in self.ids if name in self.used | self.bearing)

    @property
    def told(self) -> tuple[str, ...]:
        """Those that are told of below the reply, the most telling first."""
        return self.telling if self.searched else self.ids

    def held(self, insight_id: str) -> HeldBack | None:
        """Why an insight was held back; None where it was not."""
        return next((each for each in self.held_back if each.insight == insight_id), None)

    def why(self, insight_id: str) -> str:
        """Why an insight was given, or was not."""
        held = self.held(insight_id)
        if held is not None:
            on = f"{local(held.by.at):%Y-%m-%d}"
            return f"not given: on {on} you said “not here” of “{shorten(one_line(held.by.said), SAID_LENGTH)}”" + (
                f", {held.alike:.0%} alike" if held.alike < 1 else ""
            )
        if self.resumed:
            return RESUMED
        reasons = ((self.joined, JOINED), (self.bearing, BEARING), (self.earlier, EARLIER))
        reason = next((reason for ids, reason in reasons if insight_id in ids), STABLE)
        return f"given because {reason}; {USED}" if insight_id in self.used else f"given because {reason}"

    def mark(self, insight_id: str) -> str:
        """The same in one sign: taken up, bears on the message, held back."""
        if self.held(insight_id) is not None:
            return "×"
        return "●" if insight_id in self.used else "○" if insight_id in self.bearing else " "


def known_to(reply: Utterance) -> int:
    """How many insights a model had with its reply, by its transcript; none where no model replied."""
    return 0 if reply.facts.get("model") == OFFLINE else len(recalled_with(reply))


def recalled_with(reply: Utterance) -> tuple[str, ...]:
    """Ids of the insights that went with a reply, by its transcript."""
    recalled = reply.facts.get("recalled")
    return tuple(each for each in recalled if isinstance(each, str)) if isinstance(recalled, list) else ()


class WentAlong:
    """What went with each reply, in their order."""

    def __init__(self) -> None:
        self.replies: list[Given] = []
        self._asked: Received | None = None
        self._bearing: tuple[str, ...] = ()
        self._earlier: set[str] = set()
        self._joined: set[str] = set()

    def take_up(self, said: Sequence[Utterance]) -> None:
        """A conversation was resumed: what went with its replies stands in its transcript."""
        by_id = {each.id: each for each in said}
        for reply in said:
            asked = by_id.get(str(reply.facts.get("parent", "")))
            if (ids := recalled_with(reply)) and asked is not None:
                none: frozenset[str] = frozenset()
                self.replies.append(Given(ids, none, none, none, message=asked.text, message_id=asked.id, resumed=True))

    def asked(self, received: Received) -> None:
        """A message was received: its reply is the next one."""
        self._earlier.update(self._bearing)
        self._bearing = tuple(name for name in received.recalled.ids if name not in received.recalled.joined)
        self._joined.update(received.recalled.joined)
        self._asked = received

    def replied(self, session: ChatSession) -> Given | None:
        """A reply came; None where nothing went with it and nothing was held back."""
        ids, used = session.given, session.used
        held_back = self._asked.recalled.held_back if self._asked is not None else ()
        if not ids and not held_back:
            return None
        telling = (*used, *(each for each in self._bearing if each in ids))
        given = Given(
            tuple(dict.fromkeys((*telling, *ids))),
            frozenset(used),
            frozenset(self._bearing),
            frozenset(self._earlier),
            tuple(each for each in held_back if each.insight not in ids),
            self._asked.text if self._asked is not None else "",
            self._asked.id if self._asked is not None else "",
            frozenset(self._joined),
            searched=session.model.name == OFFLINE,
        )
        self.replies.append(given)
        return given
