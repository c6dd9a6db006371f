"""Which words of a message name a file: `@src/main.py`, `@docs/`, `@"a name with spaces.txt"`, `@~/notes.txt`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

# Behind a letter it is an address (me@example.org), behind a quotation mark a string of code.
BEFORE = r"(?<![^\s(\[{,])"
MENTION = re.compile(BEFORE + r"@(?:\"([^\"\n]{1,400})\"|([^\s\"'`<>|@]{1,400}))")
# Code that is quoted in a message has decorators and scopes, no files.
_CODE = re.compile(r"```.*?(?:```|\Z)|`[^`\n]*`", re.DOTALL)
# What closes a sentence or a bracket behind a name.
_CLOSING = ".,;:!?)]}'…"
_EXPLICIT = re.compile(r"~?/|\.{1,2}/|~\Z|[A-Za-z]:[\\/]")
_SUFFIX = re.compile(r"[^/.]\.[A-Za-z0-9_]{1,10}\Z")


@dataclass(frozen=True, slots=True)
class Mention:
    """A word that may name a file.

    Attributes:
        names: what it may name, the longest first: the full stop behind a name may belong to the sentence.
        certain: whether a file must be meant. Else it may as well be a person, a decorator or an npm scope.
        likely: whether it has an ending such as `.py`: a file is meant where one is called nearly so.
    """

    names: tuple[str, ...]
    certain: bool
    likely: bool = False


def mentions(text: str) -> Iterator[Mention]:
    """The mentions in a message, in their order, none in quoted code."""
    if "@" not in text:
        return
    for match in MENTION.finditer(_CODE.sub(lambda code: " " * len(code[0]), text)):
        if quoted := match[1]:
            yield Mention((quoted,), certain=True)
            continue
        name = match[2]
        bare = name.rstrip(_CLOSING)
        names = tuple(dict.fromkeys(each for each in (name, bare) if each))
        if names:
            ends = bool(_SUFFIX.search(bare))
            yield Mention(names, certain=bool(_EXPLICIT.match(name)) or ("/" in bare and ends), likely=ends)


def written(path: str) -> str:
    """How a path is mentioned: in quotation marks where it has spaces."""
    return f'@"{path}"' if re.search(r"[\s'`<>|@]", path) or path[-1:] in _CLOSING else f"@{path}"
