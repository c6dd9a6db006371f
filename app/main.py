"""Where `learnchat` starts: the chat's own arguments and an assistant's hook are known without the command line proper.

Nothing is imported here that every way in does not need: who calls the hook waits for it.
"""

from __future__ import annotations

import gc
import os
import sys


def main() -> None:
    """The entry point of the `learnchat` script."""
    try:
        code = _start(sys.argv[1:])
    except Exception as error:
        from learnchat.app.crashes import tell

        tell(error)
        code = 1
    # At its end Python would search all that is there for garbage, twice.
    gc.freeze()
    sys.exit(code)


def _start(arguments: list[str]) -> int:
    """Do what was asked for; returns the exit code."""
    if arguments == ["hook", "stop"]:
        # An assistant waits for it after each of its turns: nothing else is loaded.
        from learnchat.app.judging.hook_start import start

        start()
        return 0
    from learnchat.app.launching import open_chat, read_simply
    from learnchat.learning.errors import LearnchatError

    try:
        # When the shell asks what could come next, there are no arguments: `learnchat completion` has the variable.
        chat = None if "_LEARNCHAT_COMPLETE" in os.environ else read_simply(arguments)
    except FileNotFoundError:
        sys.stderr.write("learnchat: the current directory is gone. Change to one that is there.\n")
        return 1
    if chat is None:
        from learnchat.app.cli import run

        return run(arguments)
    try:
        return open_chat(chat)
    except LearnchatError as error:
        from learnchat.app.printing import complain

        complain(f"learnchat: {error}")
        return 1


if __name__ == "__main__":
    main()
