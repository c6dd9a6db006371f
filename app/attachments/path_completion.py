"""Completing `@path` from the files of the project, by any part of their names."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from learnchat.app.attachments.listing import list_files
from learnchat.app.attachments.mentions import BEFORE, written
from learnchat.learning.clock import Clock
from learnchat.learning.text import one_line
from learnchat.widgets.completions import Completion, Completions
from learnchat.widgets.prompt_helper import Place

_TOKEN = re.compile(BEFORE + r"@(?:\"([^\"]*)|([^\s\"'`<>|@]*))\Z")
_EXPLICIT = re.compile(r"~?/|\.\.?/|~\Z")
MOST_SHOWN = 50
# Weighing all of 50,000 names for one letter would be felt; their order matters only when they are few.
MOST_WEIGHED = 5_000
# Letters in their order but not side by side are looked for by a pattern, at 1 µs a name.
MOST_GUESSED = 20_000
# Seconds. A file that was just made is found when the next word is begun.
LISTED_FOR = 3.0


class PathCompletions:
    """What could be meant by `@` and some letters. Answers from what it knows, and learns in a thread.

    Args:
        root: the project's root.
        clock: the time.
        learn: starts work in the background, in a thread: a function, and what to do with its result.
    """

    def __init__(
        self, root: Path, clock: Clock, learn: Callable[[Callable[[], Any], Callable[[Any], None]], None]
    ) -> None:
        self._root = root
        self._clock = clock
        self._learn = learn
        self._names: list[str] = []
        self._folded: list[str] = []
        self._listed_at = float("-inf")
        self._listing = False
        self._folders: dict[str, list[str] | None] = {}
        self.changed: Callable[[], None] = lambda: None
        """Called when more is known than when it was asked."""

    def complete(self, place: Place) -> Completions | None:
        """What could be meant at a place; None where nothing is mentioned or nothing fits."""
        token = _TOKEN.search(place.before) if "@" in place.before else None
        if token is None:
            return None
        typed = token[1] if token[1] is not None else token[2]
        if _EXPLICIT.match(typed):
            return self._below(token.start(), typed)
        self.keep_listed()
        return self._among(token.start(), typed)

    def _among(self, start: int, typed: str) -> Completions | None:
        wanted = typed.casefold()
        if not wanted:
            # The top of the project: what one would see by `ls`.
            hits = [number for number, name in enumerate(self._names) if "/" not in name.rstrip("/")]
        else:
            hits = [number for number, name in enumerate(self._folded) if wanted in name]
        certain = {number: _rank(self._folded[number], wanted) for number in hits[:MOST_WEIGHED]}
        best = sorted(certain, key=certain.__getitem__)[:MOST_SHOWN]
        items = [_item(self._names[number], eager=bool(wanted) and certain[number][0] < _INSIDE) for number in best]
        if len(items) < MOST_SHOWN and 1 < len(wanted) <= 40 and len(self._names) <= MOST_GUESSED:
            letters = re.compile(".*".join(map(re.escape, wanted)))
            guessed = (number for number, name in enumerate(self._folded) if letters.search(name))
            near = sorted((self._names[number] for number in guessed if number not in certain), key=len)
            items += [_item(name, eager=False) for name in near[: MOST_SHOWN - len(items)]]
        return Completions(start, tuple(items), max(len(hits) - MOST_SHOWN, 0)) if items else None

    def complete_name(self, start: int, typed: str) -> Completions | None:
        """What file could be meant by a name without the `@`, to be put in from a column on. None of them is meant by
        Enter alone: a new file may be called as another one begins."""
        if _EXPLICIT.match(typed):
            found = self._below(start, typed)
        else:
            self.keep_listed()
            found = self._among(start, typed)
        if found is None:
            return None
        items = [replace(each, text=each.label, eager=False) for each in found.items]
        return replace(found, items=tuple(items))

    def keep_listed(self) -> None:
        """List the files, unless they were a moment ago."""
        if self._listing or self._clock.monotonic() - self._listed_at < LISTED_FOR:
            return
        self._listing = True
        self._learn(lambda: _with_folders(list_files(self._root)), self._listed)

    def _listed(self, names: list[str]) -> None:
        self._listing = False
        self._listed_at = self._clock.monotonic()
        if names != self._names:
            self._names = names
            self._folded = [name.casefold() for name in names]
            self.changed()

    def _below(self, start: int, typed: str) -> Completions | None:
        """What lies in a folder that is named by its own path."""
        folder, _, wanted = typed.rpartition("/")
        folder += "/"
        if folder not in self._folders:
            self._folders[folder] = None
            self._learn(lambda: _content(self._root, folder), lambda names: self._read(folder, names))
        names = self._folders[folder] or []
        fitting = [name for name in names if name.casefold().startswith(wanted.casefold())]
        # What is hidden is shown to whoever asks for it.
        shown = [name for name in fitting if wanted.startswith(".") or not name.startswith(".")]
        items = [_item(folder + name, eager=bool(wanted)) for name in shown[:MOST_SHOWN]]
        return Completions(start, tuple(items), max(len(shown) - MOST_SHOWN, 0)) if items else None

    def _read(self, folder: str, names: list[str]) -> None:
        # One folder at a time: what was read of another may have changed when it is asked for again.
        self._folders = {folder: names}
        self.changed()


# Ranks: from here on what was typed stands inside a name and does not begin one.
_INSIDE = 3


def _rank(name: str, wanted: str) -> tuple[int, int, int, str]:
    """How likely a path is meant, less is likelier: by where in it what was typed stands, then by depth and length."""
    base = name.rstrip("/").rpartition("/")[2]
    if base.startswith(wanted):
        place = 0
    elif name.startswith(wanted):
        place = 1
    elif f"/{wanted}" in name or "/" in wanted:
        place = 2
    else:
        place = _INSIDE if wanted in base else _INSIDE + 1
    return place, name.rstrip("/").count("/"), len(name), name


def _item(path: str, *, eager: bool) -> Completion:
    # A folder is gone on from; a file is a word that has ended.
    return Completion(written(path) + ("" if path.endswith("/") else " "), path, eager=eager)


def _with_folders(files: Iterable[str]) -> list[str]:
    """The files, and every folder that one of them lies in, with a slash at its end."""
    names = [file for file in files if _plain(file)]
    folders: dict[str, None] = {}
    for name in names:
        folder = name.rpartition("/")[0]
        while folder and f"{folder}/" not in folders:
            folders[f"{folder}/"] = None
            folder = folder.rpartition("/")[0]
    return sorted(folders) + names


def _plain(name: str) -> bool:
    """Whether a name can be written at the prompt as it is: no control characters, no line end, no quotation mark."""
    return one_line(name) == name and '"' not in name


def _content(root: Path, folder: str) -> list[str]:
    try:
        found = (root / Path(folder).expanduser()).iterdir()
        names = sorted(f"{each.name}/" if each.is_dir() else each.name for each in found)
        return [name for name in names if _plain(name)][:MOST_WEIGHED]
    except (OSError, RuntimeError, ValueError):
        return []
