"""Slash commands on the model that answers."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from learnchat.app.screens.slash.handlers import Handlers
from learnchat.app.slash_commands import parse
from learnchat.learning.errors import LearnchatError

if TYPE_CHECKING:
    from learnchat.app.models.choice import Offer


class ModelCommands(Handlers):
    """Which model answers, and which could."""

    async def command_model(self, argument: str) -> None:
        if not argument and not (argument := await self._pick_model()):
            return
        call = parse(argument, typed=False)
        if call is not None and call.command is not None:
            # Typed in the list, where `/login` is what helps.
            self._screen.run_command(call.name, call.argument)
            return
        try:
            self._screen.tell(await self._screen.learnchat.change_model(argument))
        except LearnchatError as error:
            self._screen.tell(error.title, error.hint)

    async def command_login(self, argument: str) -> None:
        from learnchat.app.answering import open_answering
        from learnchat.app.models.keys import KeyFile
        from learnchat.app.models.new_keys import key_variable
        from learnchat.app.screens.login import LoginScreen

        screen, app = self._screen, self._screen.learnchat
        provider, _, more = argument.partition(" ")
        try:
            if provider:
                key_variable(provider)
        except LearnchatError as error:
            screen.tell(error.title, error.hint)
            return
        if more:
            screen.tell("A key is not written at the prompt, where it can be read.", f"/login {provider} asks for it.")
            return
        given = await app.push_screen_wait(LoginScreen(KeyFile(app.locations.keys), provider))
        if given is None:
            return
        # Anew: one that rests because it had no key is asked at once.
        screen.session.model = open_answering(screen.engine, screen.session.model.name)
        app.catalogue = None
        if app.choice.chosen:
            screen.tell(given.sentence, self._after_login(given.provider))
            return
        # Nobody answers yet: who gives a key wants one of its models.
        screen.tell(given.sentence)
        if chosen := await self._pick_model(given.provider):
            await self.command_model(chosen)
        else:
            screen.tell("No model is chosen yet.", "/model lists what the key offers.")

    def _after_login(self, provider: str) -> str:
        """Whether the key is used now, and what can be done with it."""
        session = self._screen.session
        if provider not in (name.strip().partition("/")[0] for name in session.model.name.split(",")):
            return f"{session.model.name} answers as before; /model lists what the key offers."
        waits = bool(session.path) and session.path[-1].role == "user"
        return "It is used from now on." + (" /retry sends your last message again." if waits else "")

    async def command_role(self, argument: str) -> None:
        from learnchat.app.roles import choose_role

        folder = self._screen.learnchat.locations.roles
        try:
            self._screen.tell(await asyncio.to_thread(choose_role, self._screen.session, folder, argument))
        except LearnchatError as error:
            self._screen.tell(error.title, error.hint)

    async def introduce_model(self) -> None:
        """With no model set up, say so, and name what was found on this machine."""
        if self._screen.session.model.name != "offline":
            return
        offers = await self._offers()
        self._screen.say(
            "No model is set up: until one is, answers come from what you confirmed.\n" + _offer_lines(offers)
        )

    async def _pick_model(self, provider: str = "") -> str:
        """What was picked from the list, or typed there; empty where nothing was.

        Args:
            provider: whose models are listed at first; empty for all.
        """
        from learnchat.app.models.keys import KeyFile
        from learnchat.app.models.listing import Catalogue
        from learnchat.app.screens.model_picker import ModelPicker, offered_now, read_services

        app = self._screen.learnchat
        if app.catalogue is None:
            app.catalogue = Catalogue()
        read = partial(read_services, app.catalogue, KeyFile(app.locations.keys))
        search = f"{provider}/" if provider else ""
        picker = ModelPicker(self._screen.session.model.name, app.aliases, offered_now(), read, search)
        return await app.push_screen_wait(picker) or ""

    async def _offers(self) -> Sequence[Offer]:
        from learnchat.app.models.listing import every_offer

        return await asyncio.to_thread(every_offer, os.environ)


def _offer_lines(offers: Sequence[Offer]) -> str:
    if not offers:
        return (
            "/login takes a key (or set ANTHROPIC_API_KEY, OPENAI_API_KEY or GEMINI_API_KEY), or start Ollama; then "
            "/model NAME (anthropic/…, openai/…, gemini/…, ollama/…) chooses one for this project."
        )
    width = max(len(offer.name) for offer in offers)
    return "\n".join(["Found:", *(f"  /model {offer.name:<{width}}  {offer.reason}" for offer in offers)])
