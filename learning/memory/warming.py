"""What the first message and the first decision of a process have to read, read before there is one."""

from __future__ import annotations


def warm() -> None:
    """Read it: 0.15 s, most of it the secret scanner; the files that follow need TinyDB. Not on the event loop."""
    import filelock  # noqa: F401

    from learnchat.learning.hearing import gate
    from learnchat.learning.profile import storage  # noqa: F401
    from learnchat.learning.secrets import scanner

    gate.warm()
    scanner.warm()
