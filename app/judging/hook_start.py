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
        # -P: the directory it runs in is somebody's project, and nothing of that is to be imported.
        _spawn([sys.executable, "-P", "-m", PROGRAM])
    except Exception:
        # Nothing is lost: the next event reads what this one did not.
        return


def _spawn(command: list[str]) -> None:
    """Start a process of its own session on our standard input, without output.

    Without `subprocess` where that is possible: its import and its fork are a quarter of what the foreground takes.
    """
    if os.name != "nt":
        nowhere = [(os.POSIX_SPAWN_OPEN, each, os.devnull, os.O_WRONLY, 0) for each in (1, 2)]
        try:
            closed = [(os.POSIX_SPAWN_CLOSE, each) for each in _inherited()]
            os.posix_spawn(command[0], command, os.environ, file_actions=[*nowhere, *closed], setsid=True)
        except (NotImplementedError, OSError):
            # An older system has no `setsid` for it, or does not list what is open.
            pass
        else:
            return
    import subprocess

    detached = {"start_new_session": True} if os.name != "nt" else {"creationflags": _DETACHED_ON_WINDOWS}
    subprocess.Popen(command, stdin=sys.stdin, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **detached)


def _inherited() -> list[int]:
    """What an assistant has left open for us, and would wait for as long as the work keeps it open."""
    found = []
    for name in os.listdir("/dev/fd"):  # noqa: PTH208  # `pathlib` is not loaded
        try:
            if int(name) > 2 and os.get_inheritable(int(name)):
                found.append(int(name))
        except OSError:
            # It was the listing's own.
            continue
    return found


# DETACHED_PROCESS and CREATE_NEW_PROCESS_GROUP; `subprocess` names them on Windows alone.
_DETACHED_ON_WINDOWS = 0x00000008 | 0x00000200
