"""What happens on the chat screen after its first paint: the engine opens, and what it knows is shown."""

from __future__ import annotations

import asyncio
import contextlib
from importlib import import_module
from typing import TYPE_CHECKING

from learnchat.app.opening import opened
from learnchat.app.screens.origin import ask_origin
from learnchat.app.screens.revising import entry_of
from learnchat.app.screens.tidying import leave_out
from learnchat.learning.errors import LearnchatError

if TYPE_CHECKING:
    from learnchat.app.screens.chat import ChatScreen


async def begin(screen: ChatScreen) -> None:
    """Open the engine, and show what it knows."""
    await asyncio.to_thread(import_module, "learnchat.app.screens.prompting")
    prompting = screen.prompting
    try:
        found = await screen.engine.call(opened)
    except LearnchatError as error:
        screen.say(error.title, error.hint)
        return
    except OSError as error:
        screen.say(f"Nothing can be recorded or remembered: {error}.", "`learnchat doctor` says where and why.")
        return
    if screen.learnchat.resume is not None:
        # What is seen first is the conversation.
        await screen.past.resume(screen.learnchat.resume)
    await prompting.open()
    screen.asker.seconds = found.countdown
    screen.prompt.load_history(map(entry_of, found.history), draft=found.draft)
    for sentence in (*screen.learnchat.problems, *found.notices):
        screen.say(sentence)
    screen.rows.show(found.overview)
    if found.draft:
        screen.show_hint("Up brings back the draft you left.")
    await screen.commands.introduce_model()
    await ask_origin(screen)
    screen.opened = True
    # The SDK's imports, up to 2 s, while the user still reads or types: the first reply need not wait for them.
    # What fails, with a wrong address or certificate, fails again then, and is told as a reply's failure.
    with contextlib.suppress(Exception):
        await asyncio.to_thread(screen.session.warm)
    leave_out()
    await asyncio.to_thread(import_module, "learnchat.app.screens.judging")
    screen.judging.opened()
