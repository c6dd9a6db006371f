"""What stands around the prompt: completion, search, the editor, what goes along with a message, what waits."""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from learnchat.app.attachments.gathering import Attached, Workplace, gather
from learnchat.app.attachments.path_completion import PathCompletions
from learnchat.app.attachments.reading import Item, Limits, Unfit
from learnchat.app.keymap import shown_key
from learnchat.app.slash_completion import Values, complete_command
from learnchat.widgets.completing import Completing
from learnchat.widgets.completion_list import CompletionList
from learnchat.widgets.completions import Completions
from learnchat.widgets.history import Entry
from learnchat.widgets.key_act import KeyAct
from learnchat.widgets.prompt_helper import Place
from learnchat.widgets.reply import Reply
from learnchat.widgets.searching import Searching
from learnchat.widgets.waiting import Waiting

if TYPE_CHECKING:
    from learnchat.app.engine import Parts
    from learnchat.app.screens.chat import ChatScreen


# Of a project that is talked about every day, about two years.
MOST_SEARCHED = 10_000


def _workplace(parts: Parts, opened: Path) -> Workplace:
    """In the engine's thread: where files are looked up, and how much of them may go along."""
    given = parts.configuration.attachments
    limits = Limits(file=given.file_kb, message=given.message_kb, image=given.image_kb)
    return Workplace(parts.project.root, opened, limits)


def _whole_past(parts: Parts) -> list[str]:
    """In the engine's thread: what was said in this project, oldest first."""
    from learnchat.learning.transcripts.session import prompt_history

    return prompt_history(parts.data.sessions, MOST_SEARCHED)


class Prompting:
    """The prompt's helpers, and what becomes of a message between Enter and the model.

    Made after the first paint.

    Args:
        screen: the chat.
    """

    def __init__(self, screen: ChatScreen) -> None:
        self._screen = screen
        self._prompt = screen.prompt
        self._workplace = Workplace(screen.learnchat.directory, screen.learnchat.directory)
        self._values: dict[str, Values] = {}
        self._given: dict[str, Item] = {}
        self._objected = ""
        self._waiting: list[str] = []
        self.order = asyncio.Lock()
        """Held while a message is made ready, so that the next one does not overtake it."""
        keys_of = screen.learnchat.keys_of
        self._rows = CompletionList(self._pick)
        self._waiting_rows = Waiting()
        self._searching = Searching(self._prompt, self._rows, keys_of("prompt.search"), self._search_all)
        self._searched_all = False
        self._completing = Completing(self._prompt, self._rows, self._complete)
        self._paths = PathCompletions(self._workplace.root, screen.clock, self._learn)
        self._paths.changed = self._completing.look
        screen.mount(self._waiting_rows, self._rows, before=self._prompt)
        self._prompt.helpers += [
            self._searching,
            self._completing,
            KeyAct(("up",), self._take_back_last),
            KeyAct(keys_of("prompt.editor"), self.edit),
        ]

    async def open(self) -> None:
        """Learn from the engine where the project is and how much may go along."""
        opened = self._screen.learnchat.directory
        self._workplace = await self._screen.engine.call(_workplace, opened)
        self._paths = PathCompletions(self._workplace.root, self._screen.clock, self._learn)
        self._paths.changed = self._completing.look

        self._offer_names()
        if (pipe := self._screen.learnchat.piped) is not None:
            self._screen.learnchat.piped = None
            self._take_piped(pipe)

    def _offer_names(self) -> None:
        """Models and themes, which no table has: asked for once, in a thread."""
        locations = self._screen.learnchat.locations

        def models() -> list[tuple[str, str]]:
            from learnchat.app.models.choice import offers, reachable_ollama

            found = [*offers(os.environ), *reachable_ollama(os.environ)]
            return [(offer.name, offer.reason) for offer in found]

        def themes() -> list[tuple[str, str]]:
            from learnchat.themes.loader import theme_names

            return [(name, "") for name in theme_names(locations.themes)]

        self._learn(models, lambda found: self.offer_values("model", lambda: found))
        self._learn(themes, lambda found: self.offer_values("theme", lambda: found))

    def _take_piped(self, pipe: int) -> None:
        from learnchat.app.piped_input import label, read_in_background

        here = asyncio.get_running_loop()

        def take(item: Item | Unfit | None) -> None:
            self._screen.rows.hint("")
            if isinstance(item, Unfit):
                self._screen.say(str(item))
            elif item is not None:
                self.attach(label(item), item)

        def done(item: Item | Unfit | None) -> None:
            # The program may have been left before the pipe ended.
            with contextlib.suppress(RuntimeError):
                here.call_soon_threadsafe(take, item)

        self._screen.rows.hint("Reading what is piped in…")
        read_in_background(pipe, self._workplace.limits, done)

    @property
    def takes_escape(self) -> bool:
        """Whether Esc closes something of the prompt's."""
        return self._completing.open or self._searching.open

    def _search_all(self) -> None:
        """The first time something is searched: read more of the past than Up goes back to."""
        if not self._searched_all:
            self._searched_all = True
            self._screen.start(self._load_past())

    async def _load_past(self) -> None:
        self._searching.load(await self._screen.engine.call(_whole_past))

    def begin(self, text: str) -> None:
        """Put the beginning of a command into the prompt, before what stands there."""
        self._prompt.call_back(Entry(text + self._prompt.draft))
        self._completing.look()

    def search(self) -> None:
        """Search what was sent."""
        self._prompt.focus()
        self._searching.begin()

    def offer_values(self, command: str, values: Values) -> None:
        """Complete the argument of a slash command from these."""
        self._values[command] = values

    # -- completion

    def _complete(self, place: Place) -> Completions | None:
        return complete_command(place, self._values) or self._paths.complete(place)

    def _pick(self, number: int) -> None:
        if self._searching.open:
            self._searching.pick(number)
        else:
            self._completing.pick(number)

    def _learn(self, ask: Callable[[], Any], tell: Callable[[Any], None]) -> None:
        async def work() -> None:
            tell(await asyncio.to_thread(ask))

        self._screen.start(work())

    # -- the editor

    def edit(self) -> bool:
        """Write the message in the user's own editor."""
        self._screen.start(self._edit_outside())
        return True

    async def _edit_outside(self) -> None:
        from textual.app import SuspendNotSupported

        from learnchat.app.editor import edit

        app, entry = self._screen.app, self._prompt.entry()
        try:
            # Nothing is painted over the editor; what comes meanwhile is painted when it has gone.
            with app.batch_update(), app.suspend():
                edited = await asyncio.to_thread(edit, entry.text, dict(os.environ))
        except SuspendNotSupported:
            self._screen.say("An editor can't be opened here: this terminal can't be handed over.")
            return
        app.refresh(layout=True)
        if edited.trouble:
            self._screen.say(edited.trouble, "Your message still stands in the prompt.")
        if edited.text is not None and edited.text != entry.text:
            self._prompt.call_back(Entry(edited.text, entry.typed))

    # -- what goes along

    def attach(self, label: str, item: Item) -> None:
        """Put something that is at hand into the prompt, as a chip that stands for it."""
        self._given[label] = item
        self._prompt.put_chip(label)

    async def attached(self, text: str) -> Attached | None:
        """What goes along with a message; None when something can't, and the message is back in the prompt.

        Sent once more as it is, it goes without.
        """
        if "@" not in text and not self._given:
            return Attached()
        attached = await asyncio.to_thread(gather, text, self._workplace, self._given)
        if attached.images and (blind := await asyncio.to_thread(self._blind)):
            attached = attached.without_images(f"{blind} can't see pictures: /model shows others.")
        if attached.problems and self._objected != text:
            self._objected = text
            key = shown_key(self._screen.learnchat.key_of("prompt.send"))
            self._screen.say(" ".join(attached.problems), f"Not sent: {key} again sends it without.")
            self._prompt.put_back(text)
            return None
        self._objected = ""
        return attached

    def _blind(self) -> str:
        from learnchat.app.attachments.seeing import blind_models

        return ", ".join(blind_models(self._screen.session.model.name, os.environ))

    # -- what waits

    @property
    def unsent(self) -> str:
        """All that was written and not sent: what waits, and the draft."""
        return "\n\n".join([*self._waiting, *filter(None, [self._prompt.draft])])

    def hold(self, text: str) -> bool:
        """Keep a message until the reply that comes has come; False where none comes."""
        if not self._screen.replies.active:
            return False
        self._waiting.append(text)
        self._show_waiting()
        return True

    def release(self) -> None:
        """The reply has come: send what waited first."""
        replies = self._screen.conversation.query_children(Reply)
        if replies and replies.last().has_class("-failed"):
            # What failed once would fail again, and the user may want to say something else now.
            self.take_back()
        elif self._waiting and not self._screen.replies.active:
            text = self._waiting.pop(0)
            self._show_waiting()
            self._screen.send(text)

    def take_back(self) -> None:
        """Put what waits back into the prompt, before what is written there."""
        if self._waiting:
            text = self.unsent
            self._waiting.clear()
            self._show_waiting()
            self._prompt.call_back(Entry(text))

    def _take_back_last(self) -> bool:
        if not self._waiting or self._prompt.text:
            return False
        self._prompt.call_back(Entry(self._waiting.pop()))
        self._show_waiting()
        return True

    def _show_waiting(self) -> None:
        self._waiting_rows.show(self._waiting, "Sent when this reply is complete. Up takes the last back, esc all.")
        self._screen.leaving.changed(self._prompt.text)
