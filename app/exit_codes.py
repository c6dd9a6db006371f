"""What `learnchat` ends with, for scripts."""

from __future__ import annotations

from learnchat.learning.errors import LearnchatError

FAILURE = 1
USAGE = 2
SECRET = 3
"""A secret would have left the machine; of its own, so that a script can tell it from a failure."""
INTERRUPTED = 130
"""128 + SIGINT, as shells count it."""


class UsageError(LearnchatError):
    """The command line can't be understood."""
