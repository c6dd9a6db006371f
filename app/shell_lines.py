"""Lines that other chats hand to a shell, `!git status`, told from sentences: `!find the bug in the parser`."""

from __future__ import annotations

import re
import shutil

_FORM = re.compile(r"!((?:[./~]|\w)[\w./~+-]*)(?:[ \t]+(.*))?\Z")
_PATH_STARTS = ("./", "../", "~/", "/")

# Typed as programs are, and on no PATH.
_BUILTINS = "alias bg cd eval exec exit export fg history jobs pushd popd set source type ulimit unset"

# Words that hold a sentence together. A file or an argument is hardly ever called so; "which", "all" and "time" may be.
_OF_SENTENCES = """
    a about an and are because but can could did do does every for from has have her his how i in instead into is it
    its me my not of on or our please should some than that the their them then there these they this those to us was
    we were what when where whether who why will with would you your
"""

# An option, a variable, a pattern, a path, a file by its ending, an assignment, a pipe: no sentence has them first.
_OF_SHELLS = re.compile(r"-{1,2}\w.*|--|.*[$*|<>&;=`\\].*|\.{1,2}|[~./]*[\w.-]*/.*|[\w-]*\.\w{1,5}")
_QUOTED = re.compile(r"""(?<!\w)(?:"[^"]*"|'[^']*')""")
_ENDS_OF_SENTENCES = ".,:!?…"


def is_for_a_shell(line: str) -> bool:
    """Whether a line reads as one for a shell: an exclamation mark, a name, and behind it no sentence.

    Whether there is such a program is a question of its own (`is_program`).
    """
    form = _FORM.match(line)
    return form is not None and (form[1].startswith(_PATH_STARTS) or not _is_sentence(form[2] or ""))


def is_program(line: str) -> bool:
    """Whether the name at the beginning of such a line is one that a shell here could run.

    It reads the folders of the PATH, which may lie on a network: not for the event loop.

    Args:
        line: without its exclamation mark.
    """
    name = line.split(maxsplit=1)[0]
    return name.startswith(_PATH_STARTS) or name in _BUILTINS.split() or shutil.which(name) is not None


def _is_sentence(words: str) -> bool:
    """Whether what follows the first word goes on as a sentence: by what comes first, of either."""
    for word in _QUOTED.sub("$", words).split():
        if word.lower().rstrip(_ENDS_OF_SENTENCES) in _OF_SENTENCES.split():
            return True
        if _OF_SHELLS.fullmatch(word):
            return False
    return False
