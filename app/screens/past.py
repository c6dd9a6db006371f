"""What was said before, drawn again: a session that was taken up, another branch of it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from learnchat.app.sessions.resuming import take_up
from learnchat.app.went_along import known_to
from learnchat.learning.clock import local
from learnchat.learning.text import one_line, shorten
from learnchat.widgets.chips import knew
from learnchat.widgets.earlier import LEFT, RIGHT, Earlier
from learnchat.widgets.past import PastMessage, past_entry
from learnchat.widgets.views import Entry

if TYPE_CHECKING:
    from collections.abc import Sequence

    from learnchat.app.screens.chat import ChatScreen
    from learnchat.learning.transcripts.branches import Branches
    from learnchat.learning.transcripts.session import SessionFile, Utterance
    from learnchat.widgets.conversation import Conversation

# Messages whose heights are known before anything is drawn: more than a large terminal shows. All others get theirs
# from a thread, while what is in view stands.
MEASURED_FIRST = 12
# Of its title, beside what it took: in the last row of 80 columns the figures are to be read.
TITLE_LENGTH = 24


class Past:
    """Shows the session's path in the conversation.

    Args:
        screen: the chat.
    """

    def __init__(self, screen: ChatScreen) -> None:
        self._screen = screen

    async def go_to(self, file: SessionFile, message: str) -> None:
        """Show a message in its session, which is gone on with where it is not the one that is open."""
        screen = self._screen
        if file.session != await screen.engine.call(lambda parts: parts.transcript.session):
            await self.resume(file, message)
            return
        await self._choose_branch(message)
        await self.show(at=message)
        screen.show_hint(f"This conversation, at the message that was found · {self._way_to_the_end}")

    async def resume(self, file: SessionFile, at: str = "") -> None:
        """Go on with a session: it is shown, and given to the model with the next message. Where it can't be read,
        that is said, and the conversation before goes on.

        Args:
            file: the session.
            at: the id of the message that is shown; by default the end is.
        """
        screen = self._screen
        screen.action_stop()
        try:
            resumed = await screen.engine.call(take_up, file)
        except OSError as error:
            screen.tell(f"The conversation {file.session} can't be read: {error.strerror or error}.")
            return
        saved = resumed.saved
        screen.session.take_up(saved, resumed.attached)
        await self._choose_branch(at)
        screen.given.take_up(saved.branches.path())
        screen.observation = None
        screen.show_state("")
        await self.show(at=at)
        count = len(saved.branches.path())
        took = screen.session.spent.words() if screen.session.spent else ""
        facts = (
            f"Resumed “{shorten(saved.title, TITLE_LENGTH)}”",
            f"{count:,} message{'' if count == 1 else 's'}",
            self._way_to_the_end if at else took,
        )
        screen.show_hint(" · ".join(filter(None, facts)))
        for sentence in resumed.remarks():
            screen.say(sentence)
        screen.memory_changed()

    @property
    def _way_to_the_end(self) -> str:
        return f"{self._screen.asking.shown('chat.end')} leads to the end"

    async def _choose_branch(self, message: str) -> None:
        """Look at the branch that has a message, as `/variant` does."""
        session = self._screen.session
        if message in session.branches and all(said.id != message for said in session.path):
            session.branches.choose(message)
            await session.choose(session.branches.tip)

    async def show(self, *, without_last: bool = False, at: str = "") -> None:
        """Draw the path anew.

        Args:
            without_last: leave out its last message, which is about to be drawn otherwise.
            at: the id of the message at the top of the view; where there is none of it, the end is shown.
        """
        branches, path = self._screen.session.branches, self._screen.session.path
        conversation = self._screen.conversation
        cleared = conversation.clear()
        messages = path[:-1] if without_last else path
        earlier = Earlier()
        await cleared
        if not messages:
            return
        await conversation.mount(earlier)
        width = max(conversation.scrollable_content_region.width - LEFT - RIGHT, 1)
        top = next((place for place, said in enumerate(messages) if said.id == at), None)
        entries = await asyncio.to_thread(_entries, messages, branches, width, top)
        earlier.take(entries)
        conversation.anchor()
        if top is not None:
            conversation.call_after_refresh(_scroll_to, conversation, earlier, top)


def _scroll_to(conversation: Conversation, earlier: Earlier, place: int) -> None:
    """Scroll a message to the top; one so near the end that it can't stand there is in view anyway."""
    row = earlier.virtual_region.y + earlier.rows_of(place).start
    if row < conversation.max_scroll_y:
        conversation.scroll_to(y=row, animate=False)


def _entries(messages: Sequence[Utterance], branches: Branches, width: int, top: int | None) -> list[Entry]:
    """In a thread: what is drawn of the messages, those that come into view with their heights."""
    entries = [past_entry(_past(each, branches)) for each in messages]
    seen = entries[-MEASURED_FIRST:] if top is None else entries[top : top + MEASURED_FIRST]
    for entry in seen:
        entry.measure(width)
    return entries


def _past(said: Utterance, branches: Branches) -> PastMessage:
    if said.role == "user":
        return PastMessage("user", said.text, attached=_attached(said))
    name = str(said.facts.get("model") or "model")
    seconds = said.facts.get("thought_seconds")
    return PastMessage(
        "assistant",
        said.text,
        name,
        _state(said, branches),
        thought=str(said.facts.get("thought") or ""),
        seconds=seconds if isinstance(seconds, int) else 0,
    )


def _attached(said: Utterance) -> str:
    """Names of what went along with a message."""
    attached = said.facts.get("attached")
    items = attached if isinstance(attached, list) else []
    return ", ".join(one_line(str(item.get("name"))) for item in items if isinstance(item, dict))


def _state(said: Utterance, branches: Branches) -> str:
    """What stands behind the name below a reply: when it came, and what became of it."""
    place = branches.place(said.id)
    facts = [
        f"{local(said.at):%Y-%m-%d %H:%M}" if said.at is not None else "",
        f"variant {place.number} of {place.of}" if place.of > 1 else "",
        "stopped" if said.facts.get("stopped") else "",
        knew(known_to(said)),
    ]
    return " · ".join(filter(None, facts))
