"""The messages of a conversation as a tree: an edited message and a regenerated reply stand beside the first one.

What is read, sent and shown is one branch of it: the path from the first message to the tip.
"""

from __future__ import annotations

from dataclasses import dataclass

from learnchat.learning.transcripts.session import Utterance

ROOT = ""
"""What stands above the first message, in place of an id."""


@dataclass(frozen=True, slots=True)
class Place:
    """Which of several a message is."""

    number: int
    """From 1."""
    of: int


class Branches:
    """A conversation's messages, and the branch that is looked at.

    The parent of a message is an id. What is typed while a reply comes stands below that reply, which may never come:
    such a message names in its fact `after` what it stands below then.
    """

    def __init__(self) -> None:
        self.tip = ROOT
        """The last message of the branch."""
        self._messages: dict[str, Utterance] = {}
        self._parents: dict[str, str] = {}
        self._children: dict[str, list[str]] = {}
        self._continued: set[str] = set()
        self._awaited: set[str] = set()
        self._arrivals = 0
        """How many messages arrived that others stood below already: each moves those."""
        self._walked: tuple[int, list[Utterance]] = (0, [])
        """The path that was last asked for, and the arrivals until then: the next one mostly goes on from its end."""

    def __len__(self) -> int:
        return len(self._messages)

    def __contains__(self, id: str) -> bool:
        return id in self._messages

    def __getitem__(self, id: str) -> Utterance:
        return self._messages[id]

    def all(self) -> list[Utterance]:
        """The messages of all branches, in the order in which they were said."""
        return list(self._messages.values())

    def add(self, message: Utterance, parent: str | None = None) -> None:
        """Add a message, which becomes the tip, unless another one has been said below it already: what is typed
        while a reply comes is recorded before that. One whose id is there already changes nothing.

        Args:
            message: with an id.
            parent: the id above it, which may be added later; None for the message that was added before.
        """
        if message.id in self._messages:
            return
        if parent is None or parent == message.id:
            parent = next(reversed(self._messages), ROOT)
        self._messages[message.id] = message
        self._parents[message.id] = parent
        if isinstance(continued := message.facts.get("continues"), str):
            self._continued.add(continued)
        self._children.clear()
        if parent not in self._messages:
            self._awaited.add(parent)
        if message.id in self._awaited:
            self._arrivals += 1
        if message.id not in self._awaited or self.tip == self.parent(message.id):
            self.tip = message.id

    def parent(self, id: str) -> str:
        """The message above one, or `ROOT`."""
        above = self._parents[id]
        if above not in self._messages:
            above = str(self._messages[id].facts.get("after") or ROOT)
        return above if above in self._messages and above != id else ROOT

    def path(self, tip: str | None = None) -> list[Utterance]:
        """The messages from the first to the tip, or to another message."""
        newer: list[Utterance] = []
        seen: set[str] = set()
        # Taken at once: other threads ask too.
        arrivals, (before, walked) = self._arrivals, self._walked
        end = walked[-1].id if walked and before == arrivals else ROOT
        id = self.tip if tip is None else tip
        # A damaged file may name parents in a circle.
        while id in self._messages and id not in seen and id != end:
            seen.add(id)
            newer.append(self._messages[id])
            id = self.parent(id)
        path = [*(walked if id == end and id else ()), *reversed(newer)]
        if id not in seen:
            self._walked = arrivals, path
        return list(path)

    def variants(self, id: str) -> list[str]:
        """The ids of what stands in one place with a message, itself among them, in the order they came.

        A reply that was stopped and then continued is part of what continued it.
        """
        role = self._messages[id].role
        found = [each for each in self._below(self.parent(id)) if self._messages[each].role == role]
        return [each for each in found if each == id or each not in self._continued]

    def place(self, id: str) -> Place:
        """Which of its variants a message is."""
        variants = self.variants(id)
        return Place(variants.index(id) + 1, len(variants))

    def choose(self, id: str) -> None:
        """Look at the branch that goes through a message, to the newest message below it."""
        seen: set[str] = set()
        while id not in seen and (below := self._below(id)):
            seen.add(id)
            id = below[-1]
        self.tip = id

    def _below(self, id: str) -> list[str]:
        if not self._children:
            for each in self._messages:
                self._children.setdefault(self.parent(each), []).append(each)
        return self._children.get(id, [])
