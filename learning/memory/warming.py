"""What the first decision of a process has to import, imported before there is one."""

from __future__ import annotations


def warm() -> None:
    """Import it: 0.1 s, most of it the secret scanner; the files that follow need TinyDB. Not on the event loop."""
    import filelock  # noqa: F401

    from learnchat.learning.profile import storage  # noqa: F401
    from learnchat.learning.secrets import scanner

    scanner.warm()
