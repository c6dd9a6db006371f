"""Putting text on the clipboard: by the platform's own tool, else by asking the terminal.

OSC 52 is xterm's sequence for it (invisible-island.net/xterm/ctlseqs, "Manipulate Selection Data"). No terminal answers
whether it took the text, so that is said. tmux passes it on when it is wrapped (`allow-passthrough on`), and takes it
itself when it is not (`set-clipboard on`): it is given both.
"""

from __future__ import annotations

import base64
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence

# A tool that can't reach its display may wait for ever.
TIMEOUT_SECONDS = 3.0
# xterm and tmux take no more by default, after base64: 100 KB and 1 MB. Above it nothing arrives, and nobody says so.
TERMINAL_LIMIT = 74_000


def copy(
    text: str,
    environment: Mapping[str, str],
    write: Callable[[str], None],
    *,
    platform: str = sys.platform,
    find: Callable[[str], str | None] = shutil.which,
) -> str:
    """Copy a text; returns what was done, to be said behind what was copied. May take `TIMEOUT_SECONDS`: for a thread.

    Args:
        text: to be copied.
        environment: tells whether there is a desktop, tmux, or another machine's terminal.
        write: writes to the terminal.
        platform: as `sys.platform`.
        find: the path of a program, or None.
    """
    size = counted(text)
    failed = ""
    for tool in tools(environment, platform):
        if find(tool[0]) is None:
            continue
        if _run(tool, text):
            return f"{size} copied with {tool[0]}"
        failed = f"{tool[0]} failed; "
    if len(text.encode("utf-8", "replace")) > TERMINAL_LIMIT:
        return f"not copied, {failed}{size} are more than a terminal takes; /save writes them to a file"
    for sequence in sequences(text, in_tmux=bool(environment.get("TMUX"))):
        write(sequence)
    return f"{failed}{size} to the terminal (OSC 52); paste to check"


def counted(text: str) -> str:
    """How long a text is, in words."""
    return f"{len(text):,} character{'' if len(text) == 1 else 's'}"


def tools(environment: Mapping[str, str], platform: str) -> list[Sequence[str]]:
    """The programs that reach the clipboard of whoever sits at the terminal, the best first."""
    if environment.get("SSH_TTY") or environment.get("SSH_CONNECTION"):
        # They would reach the other machine's clipboard; the terminal is here.
        return []
    if platform == "darwin":
        return [("pbcopy",)]
    if platform == "win32":
        return [("clip.exe",)]
    found: list[Sequence[str]] = []
    if environment.get("WAYLAND_DISPLAY"):
        found.append(("wl-copy",))
    if environment.get("DISPLAY"):
        found += [("xclip", "-selection", "clipboard"), ("xsel", "--clipboard", "--input")]
    if environment.get("WSL_DISTRO_NAME"):
        found.append(("clip.exe",))
    return found


def sequences(text: str, *, in_tmux: bool) -> list[str]:
    """What the terminal is sent."""
    data = base64.b64encode(text.encode("utf-8", "replace")).decode("ascii")
    plain = f"\x1b]52;c;{data}\x07"
    return [f"\x1bPtmux;{plain.replace(chr(27), chr(27) * 2)}\x1b\\", plain] if in_tmux else [plain]


def _run(tool: Sequence[str], text: str) -> bool:
    # clip.exe reads UTF-16; the others what the locale says, which is UTF-8 wherever there is one of them.
    data = text.encode("utf-16-le" if tool[0] == "clip.exe" else "utf-8", "replace")
    try:
        # Its output goes nowhere: xclip and wl-copy stay behind to serve the text, and would hold a pipe open.
        done = subprocess.run(
            tool, input=data, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=TIMEOUT_SECONDS, check=False
        )
    except (OSError, subprocess.SubprocessError):
        return False
    return done.returncode == 0
