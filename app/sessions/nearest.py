"""Which sessions may have been meant by what is no id: those whose id is nearly so, or whose title has the words."""

from __future__ import annotations

import contextlib
import difflib
from collections.abc import Sequence

from learnchat.learning.text import shorten
from learnchat.learning.transcripts.saved import read_saved
from learnchat.learning.transcripts.session import SessionFile

NAMED = 3
# Sessions whose titles are read, the newest: each is a file.
MOST_READ = 200
# Of an id: half of what was typed stands in it, in order.
LIKENESS = 0.5
TITLE_LENGTH = 40


def nearest(files: Sequence[SessionFile], wanted: str) -> list[tuple[SessionFile, str]]:
    """The sessions that are nearest to what was asked for, each with its title; the likeliest first.

    Args:
        files: the sessions there are, the newest first.
        wanted: what was typed, in small letters.
    """
    titles = {file.session: _title(file) for file in files[:MOST_READ]}
    words = wanted.split()
    called = [file for file in files[:MOST_READ] if all(word in titles[file.session].casefold() for word in words)]
    # Compared with as much of each as was given: an id is longer than what people type of it.
    heads = {file.session[: len(wanted)]: file for file in reversed(files)}
    alike = [heads[head] for head in difflib.get_close_matches(wanted, heads, n=NAMED, cutoff=LIKENESS)]
    found = list({file.session: file for file in (*alike, *called)}.values())[:NAMED]
    return [(file, shorten(titles.get(file.session) or _title(file), TITLE_LENGTH)) for file in found]


def _title(file: SessionFile) -> str:
    with contextlib.suppress(OSError):
        return read_saved(file).title
    return ""
