"""What the arguments of slash commands can be, where no table says it: models, services, conversations, messages."""

from __future__ import annotations

import asyncio
import os
import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from learnchat.app.slash_commands import SLASH_COMMANDS
from learnchat.app.slash_completion import Known, Values
from learnchat.learning.clock import local
from learnchat.learning.text import shorten

if TYPE_CHECKING:
    from learnchat.app.screens.chat import ChatScreen
    from learnchat.app.sessions.listing import Listed

# Of a message, beside its number.
_BEGINNING = 60
# Messages that are told by their numbers; an older one is found by scrolling up.
_MOST_NUMBERED = 50
# Conversations that are offered, the last ones begun first: reading a thousand takes a second.
_MOST_SESSIONS = 100
# Seconds after which what was asked for is asked for anew: a conversation that was just begun is offered.
_FRESH_FOR = 10.0
_MAY_HOLD_CODE = re.compile(r"```|~~~|^(?: {4}|\t)", re.MULTILINE)


class ArgumentValues:
    """The values of each command. What takes a file or the network to know is learned in a thread when such a command
    is first written; until then there are none.

    Args:
        screen: the chat.
        changed: called when more is known than when it was asked.
    """

    def __init__(self, screen: ChatScreen, changed: Callable[[], None]) -> None:
        self._screen = screen
        self._changed = changed
        replies = self._numbered("assistant")
        self.by_command: dict[str, Values] = {
            "help": _commands,
            "model": self._learned(self._models),
            "login": _services,
            "theme": self._learned(self._themes),
            "role": self._learned(self._roles),
            "resume": self._learned(self._sessions, again=True),
            "edit": self._numbered("user"),
            "fork": self._numbered("user"),
            "variant": self._variants,
            "copy": lambda: [*replies(), *self._blocks(), Known("all", "the conversation")],
            "save": lambda: [*replies(), *self._blocks(), Known("all", "the conversation")],
            "quote": lambda: [*replies(), *self._blocks()],
        }

    def _learned(self, ask: Callable[[], list[Known]], *, again: bool = False) -> Values:
        """Values that `ask` finds in a thread, once or each time they have grown old."""
        known: list[Known] = []
        asked_at = float("-inf")

        async def learn() -> None:
            nonlocal known
            known = await asyncio.to_thread(ask)
            self._changed()

        def values() -> Sequence[Known]:
            nonlocal asked_at
            now = self._screen.clock.monotonic()
            if asked_at == float("-inf") or (again and now - asked_at > _FRESH_FOR):
                asked_at = now
                self._screen.start(learn())
            return known

        return values

    # -- asked for in a thread

    def _models(self) -> list[Known]:
        from learnchat.app.models.listing import every_offer

        return [Known(each.name, each.reason) for each in every_offer(os.environ)]

    def _themes(self) -> list[Known]:
        from learnchat.themes.loader import AUTOMATIC, theme_names

        names = theme_names(self._screen.learnchat.locations.themes)
        return [*map(Known, names), Known(AUTOMATIC, "night or day, as the terminal is")]

    def _roles(self) -> list[Known]:
        from learnchat.app.roles import role_names

        return [*map(Known, role_names(self._screen.learnchat.locations.roles)), Known("off", "no role")]

    def _sessions(self) -> list[Known]:
        from learnchat.app.sessions.listing import listed_sessions

        folder, current = self._screen.engine.call_now(lambda parts: (parts.data.sessions, parts.transcript.session))

        def words(listed: Listed) -> str:
            is_open = " · open" if listed.id == current else ""
            mark = f" · {listed.mark}" if listed.mark else ""
            return f"{listed.title} · {local(listed.last):%Y-%m-%d %H:%M}{mark}{is_open}"

        found = listed_sessions(folder, most=_MOST_SESSIONS)
        # What was only asked on the command line comes last, as it is found by its words too.
        found.sort(key=lambda each: each.asked)
        return [Known(each.id, words(each), searched=True) for each in found]

    # -- at hand

    def _numbered(self, role: str) -> Values:
        """Messages by their numbers, counted back from the last."""

        def values() -> Sequence[Known]:
            texts = [said.text for said in self._screen.session.path if said.role == role]
            newest = texts[: -_MOST_NUMBERED - 1 : -1]
            return [Known(str(number), shorten(text, _BEGINNING)) for number, text in enumerate(newest, start=1)]

        return values

    def _blocks(self) -> list[Known]:
        """The code blocks of the newest reply that has any."""
        replies = (said.text for said in reversed(self._screen.session.path) if said.role == "assistant")
        blocks = next((found for reply in islice(replies, _MOST_NUMBERED) if (found := _code_in(reply))), ())
        return [Known(f"code {number}", shorten(text.strip(), _BEGINNING)) for number, text in enumerate(blocks, 1)]

    def _variants(self) -> Sequence[Known]:
        branches = self._screen.session.branches
        last = next((each for each in reversed(self._screen.session.path) if branches.place(each.id).of > 1), None)
        ids = branches.variants(last.id) if last is not None else []
        return [Known(str(number), shorten(branches[id].text, _BEGINNING)) for number, id in enumerate(ids, start=1)]


@lru_cache(_MOST_NUMBERED)
def _code_in(reply: str) -> tuple[str, ...]:
    """The code blocks of a reply. Parsing takes milliseconds, and this is asked with each letter."""
    if not _MAY_HOLD_CODE.search(reply):
        return ()
    from learnchat.app.code_blocks import code_blocks

    return tuple(block.text for block in code_blocks(reply))


def _commands() -> list[Known]:
    return [Known(each.name, each.summary) for each in SLASH_COMMANDS]


def _services() -> list[Known]:
    from learnchat.app.models.new_keys import providers_with_keys
    from learnchat.app.models.providers import title_of

    return [Known(name, title_of(name)) for name in providers_with_keys()]
