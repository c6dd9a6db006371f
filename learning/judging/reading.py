"""What is read, and how much of it: one exchange, or the last five."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from learnchat.learning.judging.events import SINGLE, EventType
from learnchat.learning.transcripts.session import Utterance

SHORTEST_MESSAGE = 10
"""Characters. "yes", "go on" and "thanks" are not read."""

REPLY_LIMIT = 2_000
"""Characters of the reply in a reading of one exchange: enough to know what the user's words were about."""

USER_LIMIT = 4_000
"""Characters of the user's message in such a reading. What is longer is pasted; a log's beginning says what it is."""

MESSAGE_LIMIT = 3_000
"""Characters of each message in a deep reading …"""

WINDOW_LIMIT = 8_000
"""… and of all of them: about 2,700 tokens."""

WINDOW_EXCHANGES = 5
"""So many of the last exchanges are read deeply …"""

DEEP_EVERY = 5
"""… after every so many, so that each is read deeply once."""


class Depth(StrEnum):
    """How closely is read."""

    SINGLE = "single"
    """One exchange, after it."""
    DEEP = "deep"
    """The last exchanges together: what is spread over them."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """A message of the user, and what the model answered."""

    user: Utterance
    reply: str = ""
    reply_id: str = ""

    @property
    def key(self) -> str:
        """The same for the same words in the same place, whenever they are read."""
        return _hash((self.user.id, self.user.text))

    @property
    def masked(self) -> bool:
        """Whether a secret was taken out of it: nothing is learned from such a message."""
        return self.user.facts.get("masked") is True

    @property
    def too_short(self) -> bool:
        """Whether the user said too little for a reading of its own."""
        return len(self.user.text.strip()) < SHORTEST_MESSAGE


@dataclass(frozen=True, slots=True)
class Passage:
    """A message as it is shown to a judge: its beginning, as far as there is room."""

    message: Utterance
    length: int
    """Characters of the message's text that are shown, from its beginning."""
    usable: bool = True
    """Whether it may be evidence: no secret was taken out of it."""

    @property
    def text(self) -> str:
        """What is shown."""
        return self.message.text[: self.length]

    @property
    def is_cut(self) -> bool:
        return self.length < len(self.message.text)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a judge is given to read."""

    depth: Depth
    passages: tuple[Passage, ...]
    """Oldest first."""
    last: str = ""
    """The key of the last exchange in it."""

    @property
    def types(self) -> tuple[EventType, ...]:
        """What is listened for."""
        return SINGLE if self.depth is Depth.SINGLE else tuple(EventType)

    @property
    def key(self) -> str:
        """The same for the same words read in the same way."""
        return _hash((self.depth.value, *(f"{each.message.role}\0{each.text}" for each in self.passages)))


def exchanges(utterances: Iterable[Utterance]) -> list[Exchange]:
    """The exchanges of a conversation, oldest first. What the model said before the user said anything is left out;
    several texts of the model in a row are one reply."""
    found: list[Exchange] = []
    for said in utterances:
        if said.role == "user":
            found.append(Exchange(said))
        elif found:
            last = found[-1]
            reply = f"{last.reply}\n\n{said.text}" if last.reply else said.text
            found[-1] = Exchange(last.user, reply, last.reply_id or said.id)
    return found


def single_reading(exchange: Exchange) -> Reading:
    """One exchange."""
    passages = [_passage(exchange.user, USER_LIMIT, usable=not exchange.masked)]
    if exchange.reply:
        passages.append(_passage(_reply(exchange), REPLY_LIMIT))
    return Reading(Depth.SINGLE, tuple(passages), exchange.key)


def deep_reading(several: Sequence[Exchange]) -> Reading:
    """The last exchanges of some, as many as there is room for. Of what does not fit, the oldest leaves first, and of
    the oldest that is left the end."""
    messages: list[tuple[Utterance, bool]] = []
    for each in several[-WINDOW_EXCHANGES:]:
        messages.append((each.user, not each.masked))
        if each.reply:
            messages.append((_reply(each), True))
    room = WINDOW_LIMIT
    passages: list[Passage] = []
    for message, usable in reversed(messages):
        passage = _passage(message, min(MESSAGE_LIMIT, room), usable=usable)
        if not passage.length:
            break
        passages.append(passage)
        room -= passage.length
    return Reading(Depth.DEEP, tuple(reversed(passages)), several[-1].key if several else "")


def _reply(exchange: Exchange) -> Utterance:
    return Utterance(exchange.reply_id, "assistant", exchange.reply)


def _passage(message: Utterance, limit: int, *, usable: bool = True) -> Passage:
    return Passage(message, min(limit, len(message.text)), usable)


def _hash(parts: Iterable[str]) -> str:
    # 64 bits: of the readings of one session no two ever share it.
    return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()[:16]
