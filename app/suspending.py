"""Ctrl+Z as a shell's programs have it: into the background, until `fg`."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from learnchat.learning.errors import LearnchatError

if TYPE_CHECKING:
    from textual.app import App
    from textual.driver import Driver

    from learnchat.app.engine import Engine

# What is being written is written to its end: other windows would wait for its lock. A disk that takes longer hangs.
LONGEST_WRITE_SECONDS = 1.0
UNDO = "ctrl+_ undoes typing."


async def into_background(app: App[Any], engine: Engine) -> str:
    """Go into the background of the shell.

    Returns:
        Why not, and what else the key may have been meant for; empty where it did.
    """
    driver = app._driver
    if app.is_inline:
        return f"There is no background with --inline. {UNDO}"
    if driver is None or not driver.can_suspend or not _shell_waits():
        return f"Nothing here could bring it back from the background. {UNDO}"
    with suppress(LearnchatError, OSError, TimeoutError):
        await asyncio.wait_for(engine.call(lambda parts: None), LONGEST_WRITE_SECONDS)
    app.app_suspend_signal.publish(app)
    _suspend(driver)
    return ""


def _shell_waits() -> bool:
    """Whether a shell with jobs started this program, and so can bring it back.

    Such a shell leads its session and gives every job a process group of its own. Where the program leads the session
    itself (`xterm -e learnchat`, a container) nobody would ever wake it.
    """
    return sys.platform != "win32" and os.getpgrp() != os.getsid(0)


def _suspend(driver: Driver) -> None:
    """Give the terminal back and stop all of the job: whoever started this program (make, a script) waits for it, and
    the shell waits for them. Textual's own way stops this process alone; and by SIGTSTP the others would stop, and the
    shell take the terminal, before it is given back.
    """
    if sys.platform != "win32":
        driver.suspend_application_mode()
        # Textual's handler of SIGCONT takes the terminal again, and tells the program by this that it did.
        driver._must_signal_resume = True  # type: ignore[attr-defined]
        os.killpg(os.getpgrp(), signal.SIGSTOP)
