"""Ctrl+Z as a shell's programs have it: into the background, until `fg`."""

from __future__ import annotations

import os
import signal
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.driver import Driver


def shell_waits() -> bool:
    """Whether a shell with jobs started this program, and so can bring it back.

    Such a shell leads its session and gives every job a process group of its own. Where the program leads the session
    itself (`xterm -e learnchat`, a container) nobody would ever wake it.
    """
    return sys.platform != "win32" and os.getpgrp() != os.getsid(0)


def suspend(driver: Driver) -> None:
    """Give the terminal back and stop all of the job: whoever started this program (make, a script) waits for it, and
    the shell waits for them. Textual's own way stops this process alone; and by SIGTSTP the others would stop, and the
    shell take the terminal, before it is given back.
    """
    if sys.platform != "win32":
        driver.suspend_application_mode()
        # Textual's handler of SIGCONT takes the terminal again, and tells the program by this that it did.
        driver._must_signal_resume = True  # type: ignore[attr-defined]
        os.killpg(os.getpgrp(), signal.SIGSTOP)
