"""Random names for things: insights, proposals, sessions, messages, decisions."""

from __future__ import annotations

import re
import secrets

# Crockford's base 32 in lower case: no i, l, o, u, so that an id read aloud or off a screen is not mistaken.
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
# 32**10 is 2**50: of ten thousand insights made on two branches, two share an id once in 20 million merges.
LENGTH = 10

_IDENTIFIER = re.compile(r"[a-z0-9-]{1,40}\Z")


def new_identifier() -> str:
    """A random id. Random and not made of time, so that ids of two branches interleave when they are sorted."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def is_identifier(text: str) -> bool:
    """Whether a text from a file or the command line has the form of an id: no path, no case, no device name."""
    return bool(_IDENTIFIER.match(text))
