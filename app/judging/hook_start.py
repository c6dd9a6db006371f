"""The foreground of `learnchat hook stop`: starts the work in a process of its own and is gone.

Standard library alone, and little of it: the assistant whose hook this is waits for it after every turn. The event on
standard input is handed on unread. Whatever goes wrong, the exit code is 0: a hook that fails would stop somebody
else's program.
"""

from __future__ import annotations

import os
import sys

PROGRAM = "learnchat.app.judging.hook_work"


def start() -> None:
    """Start the work on the event that comes by standard input. Never raises."""
    try:
        if sys.stdin is None or sys.stdin.isatty():
            sys.stderr.write(
                "learnchat: `hook stop` reads an assistant's event; `learnchat hook install` sets it up.\n"
            )
            return
        import subprocess

        detached = {"start_new_session": True} if os.name != "nt" else {"creationflags": _DETACHED_ON_WINDOWS}
        # -P: the directory it runs in is somebody's project, and nothing of that is to be imported.
        subprocess.Popen(
            [sys.executable, "-P", "-m", PROGRAM],
            stdin=sys.stdin,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            close_fds=True,
            **detached,
        )
    except Exception:
        # Nothing is lost: the next event reads what this one did not.
        return


# DETACHED_PROCESS and CREATE_NEW_PROCESS_GROUP; `subprocess` names them on Windows alone.
_DETACHED_ON_WINDOWS = 0x00000008 | 0x00000200
