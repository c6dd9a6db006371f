"""The log: what went wrong inside, for a bug report. Never what was said: no message, no insight, no key."""

from __future__ import annotations

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

# Two files of this size hold months: only failures are logged.
SIZE_LIMIT = 500_000
LOGGER = logging.getLogger("learnchat")


def open_log(folder: Path) -> None:
    """Write the log into `folder`, from now on. Where that can't be, there is none: the chat goes on.

    Nothing goes to the terminal, on which the screen is drawn.
    """
    LOGGER.propagate = False
    if LOGGER.handlers:
        return
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        handler: logging.Handler = RotatingFileHandler(
            folder / "learnchat.log", maxBytes=SIZE_LIMIT, backupCount=1, encoding="utf-8", delay=True
        )
    except OSError:
        handler = logging.NullHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    LOGGER.addHandler(handler)


def log_failure(error: BaseException) -> None:
    """Note where something failed: the kind of error and the lines of code, without its text, which may quote a file
    or a message."""
    import traceback

    frames = "".join(traceback.format_list(traceback.extract_tb(error.__traceback__)))
    LOGGER.error("%s\n%s", type(error).__name__, frames)
