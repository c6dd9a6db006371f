"""Slash commands on sessions: go on with one, call it by a title, go another way from here."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from learnchat.app.screens.slash.handlers import Handlers
from learnchat.learning.errors import LearnchatError

if TYPE_CHECKING:
    from learnchat.app.parts import Parts
    from learnchat.learning.transcripts.session import SessionFile


def _find(parts: Parts, wanted: str) -> SessionFile:
    from learnchat.app.sessions.finding import find_session

    return find_session(parts.data.sessions, wanted, "/resume alone lists them.")


class SessionCommands(Handlers):
    """Resume, rename, fork."""

    async def command_resume(self, argument: str) -> None:
        if self._is_replying():
            return
        screen = self._screen
        if argument:
            try:
                file: SessionFile | None = await screen.engine.call(_find, argument)
            except LearnchatError as error:
                screen.tell(error.title, error.hint)
                return
        else:
            from learnchat.app.screens.sessions import SessionsScreen

            current = await screen.engine.call(lambda parts: parts.transcript.session)
            folder = screen.learnchat.directory
            file = await screen.app.push_screen_wait(SessionsScreen(screen.engine, current, folder))
        if file is not None:
            await screen.past.resume(file)

    async def command_rename(self, argument: str) -> None:
        from learnchat.learning.transcripts.shelf import kept_title

        # The one that is called so, whichever is open when a model has found a title.
        transcript = await self._screen.engine.call(lambda parts: parts.transcript)
        found = (argument, dict[str, Any]()) if argument else await self._asked_title()
        if found is None:
            return
        title, facts = found

        def name(parts: Parts) -> str:
            transcript.note(title=(kept := kept_title(title)), **facts)
            return kept

        try:
            title = await self._screen.engine.call(name)
        except OSError as error:
            self._screen.tell(f"The title could not be written: {error.strerror or error}.")
            return
        self._screen.show_hint(f"This conversation is “{title}” in /resume")

    async def _asked_title(self) -> tuple[str, dict[str, Any]] | None:
        """What the model would call the conversation, and what asking took; None where that came to nothing, which is
        said: then it keeps the title it has, of itself the beginning of the first message."""
        from learnchat.app.accounting import recorded
        from learnchat.app.models.new_keys import login_offer
        from learnchat.app.sessions.titling import ask_for_title

        screen, session = self._screen, self._screen.session
        name = session.model.name
        try:
            with screen.asides.shown(f"Asking {name} for a title… · esc stops"):
                title = await ask_for_title(session.model, session.path)
        except asyncio.CancelledError:
            screen.show_hint("Stopped; the conversation keeps the title it has.")
            return None
        except LearnchatError as error:
            screen.tell(f"{error.title} The conversation keeps the title it has.", error.hint or login_offer(error))
            return None
        if title.usage is None:
            return title.text, {}
        return title.text, {"usage": await asyncio.to_thread(recorded, title.usage, name)}

    async def command_fork(self, argument: str) -> None:
        screen = self._screen
        if self._is_replying() or (number := self._number(argument, "/fork")) is None:
            return
        path = screen.session.path
        asked = [place for place, said in enumerate(path) if said.role == "user"]
        if number > len(asked):
            screen.tell("There is no such message here.", f"You sent {len(asked)} in this conversation.")
            return
        # With the reply to it, where there is one.
        end = asked[-number + 1] if number > 1 else len(path)
        at = path[end - 1].id
        try:
            file = await screen.engine.call(_fork, at)
        except OSError as error:
            screen.tell(f"It could not be copied: {error.strerror or error}.")
            return
        if file is None:
            screen.tell("This conversation is not written to disk: there is nothing to fork.")
            return
        await screen.past.resume(file)
        screen.show_hint("From here it goes its own way · /resume leads back to the other one")


def _fork(parts: Parts, at: str) -> SessionFile | None:
    from learnchat.app.sessions.resuming import fork_here
    from learnchat.learning.transcripts.saved import read_saved
    from learnchat.learning.transcripts.session import list_sessions

    here = parts.transcript.session
    file = next((each for each in list_sessions(parts.data.sessions) if each.session == here), None)
    return fork_here(parts, read_saved(file), at) if file is not None else None
