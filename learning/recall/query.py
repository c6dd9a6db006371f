"""What people type to find something: words, and filters among them: `type:fact tag:db since:2w pool size`.

One language for the box in the chat and for the command line. A filter that is not understood is an error with the
nearest right one, never a search for something else.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from learnchat.learning.clock import from_local, parse_timestamp
from learnchat.learning.errors import LearnchatError
from learnchat.learning.kinds import BY_LABEL, Kind
from learnchat.learning.profile.insight import Insight

HELP = "type:KIND, tag:TAG and since:2w (or since:2026-11-01) narrow a search; all else are words."
"""One line for whoever asks how to search."""

# Any other word with a colon in it is a word: people search for `std::vector`, `http://…` and `TODO:`.
_FILTER = re.compile(r"(?i)(type|kind|tag|since):(.*)\Z", re.DOTALL)
_AGE = re.compile(r"(\d{1,4})(h|d|w|m|y)\Z")
_UNITS: Mapping[str, timedelta] = {
    "h": timedelta(hours=1),
    "d": timedelta(days=1),
    "w": timedelta(weeks=1),
    "m": timedelta(days=30),
    "y": timedelta(days=365),
}
_AGES = "Write it like 12h, 3d, 2w, 6m or 1y, or as a date: 2026-11-01."


class QueryError(LearnchatError):
    """A filter that can't be understood."""


@dataclass(frozen=True, slots=True)
class Query:
    """What is searched for."""

    text: str = ""
    """The words; empty: all that the filters let through, newest first."""
    kinds: frozenset[Kind] = frozenset()
    """One of these; empty: any."""
    tags: frozenset[str] = frozenset()
    """All of these, in lower case."""
    since: datetime | None = None

    def admits(self, insight: Insight) -> bool:
        """Whether the filters let an insight through; the words are not looked at."""
        entry = insight.entry
        if self.kinds and entry.kind not in self.kinds:
            return False
        if self.since is not None and entry.confirmed < self.since:
            return False
        return not self.tags or self.tags <= {tag.lower() for tag in entry.tags}

    def demand_messages(self) -> None:
        """Say so where a filter is for insights alone.

        Raises:
            QueryError: a kind or a tag is asked for, and messages have neither.
        """
        if self.kinds or self.tags:
            name = "type:" if self.kinds else "tag:"
            raise QueryError(
                f"Messages have no {name.rstrip(':')}, insights do.", f"Leave {name} out, or use `recall`."
            )


def parse_query(text: str, now: datetime, *, kinds: frozenset[Kind] = frozenset(), since: str = "") -> Query:
    """Read what was typed.

    Args:
        text: the words and filters.
        now: what ages are counted from.
        kinds: asked for elsewhere, by an option: one of these, or of those in the text.
        since: asked for elsewhere; the later of both counts.

    Raises:
        QueryError: a filter can't be understood; says which and what was probably meant.
    """
    words: list[str] = []
    found_kinds, tags = set(kinds), set[str]()
    moments = [_moment(since, now)] if since else []
    for word in text.split():
        match = _FILTER.match(word)
        if match is None:
            words.append(word)
            continue
        name, value = match[1].lower(), match[2]
        if not value:
            raise QueryError(f"{match[1]}: stands there without a value.", HELP)
        if name == "tag":
            tags.update(tag.lower() for tag in value.split(",") if tag)
        elif name == "since":
            moments.append(_moment(value, now))
        else:
            found_kinds.update(read_kind(each) for each in value.split(",") if each)
    return Query(" ".join(words), frozenset(found_kinds), frozenset(tags), max(moments, default=None))


def read_kind(text: str) -> Kind:
    """The kind that is meant by its name or its label, dashes and case aside.

    Raises:
        QueryError: there is no such kind; names the nearest.
    """
    names = {kind.value: kind for kind in Kind}
    names |= {_plain(label): kind for label, kind in BY_LABEL.items()}
    wanted = _plain(text)
    if wanted in names:
        return names[wanted]
    near = difflib.get_close_matches(wanted, names, n=1, cutoff=0.5)
    begins = [name for name in names if name.startswith(wanted)] if len(wanted) > 1 else []
    meant = names[(begins or near)[0]].value if begins or near else ""
    hint = f"Did you mean type:{meant}? " if meant else ""
    raise QueryError(f"There is no kind {text}.", f"{hint}Kinds are: {', '.join(kind.value for kind in Kind)}.")


def _plain(text: str) -> str:
    return re.sub(r"[\s-]+", "_", text.strip().lower())


def _moment(text: str, now: datetime) -> datetime:
    match = _AGE.match(text.lower())
    if match is not None:
        try:
            return now - int(match[1]) * _UNITS[match[2]]
        except OverflowError:
            raise QueryError(f"{text} is longer ago than there are dates.", _AGES) from None
    try:
        if len(text) == len("2026-11-01"):
            # The beginning of that day, where the user is.
            return from_local(datetime.fromisoformat(text))
        return parse_timestamp(text)
    except (ValueError, OverflowError):
        raise QueryError(f"{text} is no time.", _AGES) from None
