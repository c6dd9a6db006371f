"""How the terminal takes keys, where a program that was killed could not put that back.

Nothing can be done by what is killed (SIGKILL, a crash of the interpreter). What comes after it can: a shell hands its
commands the terminal as it is, without echo and lines, and no program that can be asked here is started so on purpose.
"""

from __future__ import annotations

from typing import Any

# Places in what `termios.tcgetattr` gives.
_INPUT, _OUTPUT, _LOCAL = 0, 1, 3


def left_raw(attributes: list[Any]) -> bool:
    """Whether neither echo nor lines are on: so leaves it only what was killed."""
    import termios

    return not attributes[_LOCAL] & (termios.ECHO | termios.ICANON)


def mended(attributes: list[Any]) -> list[Any]:
    """The same as `stty sane` has it in what matters, where it was left raw."""
    if not left_raw(attributes):
        return attributes
    import termios

    sane = list(attributes)
    sane[_INPUT] |= termios.ICRNL | termios.BRKINT | termios.IXON
    sane[_OUTPUT] |= termios.OPOST | termios.ONLCR
    sane[_LOCAL] |= termios.ECHO | termios.ECHOE | termios.ECHOK | termios.ICANON | termios.ISIG | termios.IEXTEN
    return sane


def was_left_raw(descriptor: int) -> bool:
    """The same, of a terminal; False where nobody can say."""
    try:
        import termios
    except ImportError:  # Windows
        return False
    try:
        return left_raw(termios.tcgetattr(descriptor))
    except termios.error:
        return False
