"""Reading LEARNED_INSIGHTS.md back, whoever wrote into it.

A line belongs to the block that its comment names, so blocks survive a merge that shuffled or doubled their lines. What
has no comment was written by a person: a new bullet, or a line below one.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time

from learnchat.learning.clock import parse_timestamp, timestamp
from learnchat.learning.identifiers import is_identifier
from learnchat.learning.kinds import BY_LABEL, Kind
from learnchat.learning.profile import markdown
from learnchat.learning.profile.documents import (
    QUOTE_LIMIT,
    REVISION_LIMIT,
    Document,
    clean_statement,
    clean_tags,
    is_document,
)
from learnchat.learning.profile.insight import STATEMENT_LIMIT, Entry
from learnchat.learning.text import neutralise, one_line

_COMMENT = re.compile(
    r"(?P<body>.*?)[ \t]*<!-- (?P<id>[a-z0-9-]{1,40})(?: (?P<revision>\d{1,7}))?"
    r"(?P<rest>(?: [\w:.-]{1,40}){0,3}) -->\s*\Z"
)
_BULLET = re.compile(r"[-*+][ \t]+(?P<text>.*)\Z", re.DOTALL)
_DETAILS = re.compile(r"(?:confirmed|because|tags|best before|replaces) |pinned(?: ·|\Z)")
_KINDS = {kind.value: kind for kind in Kind} | BY_LABEL
# Not git's line of equals signs: below a line of text it is a heading.
CONFLICT_MARKS = (b"\n<<<<<<< ", b"\n>>>>>>> ")
_END_OF_DAY = time(23, 59, 59, tzinfo=UTC)


@dataclass(slots=True)
class Block:
    """An insight as it stands in the file."""

    id: str = ""
    """Empty for a bullet that a person wrote."""
    revision: int = 1
    kind: Kind | None = None
    """As its comment says; None where it has none, or none that there is."""
    heading: Kind | None = None
    """As the heading above it says."""
    lines: list[str] = field(default_factory=list)
    """As they stand in the file."""
    words: list[str] = field(default_factory=list)
    """The statement's lines, as Markdown shows them."""
    quote: list[str] = field(default_factory=list)
    details: str | None = None
    times: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        return "\n".join(self.lines) + "\n"

    def entry(self, known: Entry | None, at: datetime, *, by_heading: bool = False) -> Entry | None:
        """What it says.

        Args:
            known: the entry that it was rendered from. What the block says as that was rendered is as it is there, for
                a block shows times by days and long words on one line.
            at: when it was confirmed, where it does not say so.
            by_heading: whether another heading than its kind's means that somebody moved it there.

        Returns:
            None where there is no statement, or one that is too long.
        """
        moved = by_heading and known is not None and self.heading not in (None, known.kind)
        if known is not None and not moved and self.text == markdown.block(known):
            return known
        said = self._entry(known, at, by_heading)
        if said is None or known is None:
            return said
        shown = parse(markdown.block(known).encode()).blocks[0]._entry(known, at, False)
        assert shown is not None
        same = {name: getattr(known, name) for name in _FIELDS if getattr(said, name) == getattr(shown, name)}
        return replace(said, **same)

    def _entry(self, known: Entry | None, at: datetime, by_heading: bool) -> Entry | None:
        kind = self.kind or (known.kind if known is not None else self.heading or Kind.FACT)
        if by_heading and known is not None and kind is known.kind:
            kind = self.heading or kind
        words = self.words if kind is Kind.PROCEDURE else [" ".join(self.words)]
        statement = clean_statement("\n".join(words), kind)
        if not any(letter.isalnum() for letter in statement) or len(statement) > STATEMENT_LIMIT:
            return None
        said = Entry(
            id=self.id,
            revision=self.revision,
            kind=kind,
            statement=statement,
            quote=one_line(" ".join(self.quote))[:QUOTE_LIMIT] or statement,
            confirmed=known.confirmed if known else _moment("", self.times[:1]) or at,
        )
        if self.details is None:
            if known is None:
                return said
            # Who deletes that line deletes a line of ours, and means none of what it said.
            return replace(
                said,
                **{name: getattr(known, name) for name in ("tags", "because", "expires", "replaces", "pinned")},
            )
        times = self.times
        if known is not None and not times:
            # An earlier learnchat showed days alone.
            times = tuple(timestamp(moment) for moment in (known.confirmed, known.expires) if moment is not None)
        return self._with_details(said, times)

    def _with_details(self, said: Entry, times: tuple[str, ...]) -> Entry:
        for detail in (self.details or "").split(markdown.SEPARATOR.strip()):
            name, _, value = detail.strip().partition(" ")
            if name == "confirmed":
                said = replace(said, confirmed=_moment(value, times[:1]) or said.confirmed)
            elif name == "because":
                said = replace(said, because=one_line(markdown.unescape(value))[:QUOTE_LIMIT])
            elif name == "tags":
                said = replace(said, tags=clean_tags(markdown.unescape(value).split(",")))
            elif name == "best":
                day = _moment(value.removeprefix("before "), times[1:2], _END_OF_DAY)
                said = replace(said, expires=day or said.expires)
            elif name == "replaces" and is_identifier(value):
                said = replace(said, replaces=value)
            elif name == "pinned":
                said = replace(said, pinned=True)
        return said


_FIELDS = ("statement", "quote", "confirmed", "tags", "because", "expires", "replaces", "pinned")


@dataclass(slots=True)
class MarkdownContent:
    """What was read of the file."""

    blocks: list[Block] = field(default_factory=list)
    """Of ids, in the order of the file; of an id one for each revision, and more where it stands there twice."""
    bullets: list[Block] = field(default_factory=list)
    """What a person wrote: no id."""
    documents: list[Document] = field(default_factory=list)
    """What stands in comments."""
    others: list[str] = field(default_factory=list)
    """Lines that are no part of an insight."""
    conflict: bool = False
    """A git merge was left unfinished in it."""
    whole: bool = False
    """It was not cut off."""
    readable: bool = True
    """It is UTF-8."""


def parse(data: bytes) -> MarkdownContent:
    """Read the file's bytes, of any origin. Linear in their length."""
    try:
        data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return MarkdownContent(others=data.decode("utf-8", "replace").splitlines(), readable=False)
    content = _Parser(data.decode("utf-8-sig").replace("\r\n", "\n")).content
    content.conflict = any(mark in b"\n" + data for mark in CONFLICT_MARKS)
    return content


class _Parser:
    def __init__(self, text: str) -> None:
        self.content = MarkdownContent()
        self._heading: Kind | None = None
        self._open: Block | None = None
        """The block that an indented line without a comment belongs to."""
        self._by_name: dict[tuple[str, int], list[Block]] = {}
        for line in text.split("\n"):
            self._take(line)
        for bullet in [each for each in self.content.bullets if not each.lines]:
            self.content.bullets.remove(bullet)

    def _take(self, line: str) -> None:
        stripped = line.strip()
        if not stripped:
            self._open = None
        elif stripped == markdown.LAST_LINE:
            self.content.whole = True
        elif stripped.startswith(markdown.DOCUMENT):
            self._take_document(stripped)
        elif stripped.startswith("#"):
            self._open = None
            label = stripped.lstrip("#").strip()
            self._heading = _KINDS.get(label.casefold())
            if stripped != markdown.TITLE and self._heading is None and label != markdown.NEW_HEADING:
                self.content.others.append(line)
        elif stripped.startswith(markdown.NOTE):
            pass
        elif (match := _COMMENT.match(line)) is not None and int(match["revision"] or 1) <= REVISION_LIMIT:
            self._take_marked(line, match)
        elif _BULLET.match(line):
            self._open = Block(heading=self._heading)
            self.content.bullets.append(self._open)
            self._add(self._open, line, line)
        elif self._open is not None and line[:1] in " \t":
            self._add(self._open, line, line)
        else:
            self.content.others.append(line)

    def _take_document(self, line: str) -> None:
        try:
            document = json.loads(line.removeprefix(markdown.DOCUMENT).removesuffix("-->"))
        except (ValueError, RecursionError):
            document = None
        if isinstance(document, dict) and is_document(document):
            self.content.documents.append(document)
        else:
            self.content.others.append(line)

    def _take_marked(self, line: str, match: re.Match[str]) -> None:
        body, rest = match["body"], match["rest"].split()
        is_first = body[:1] not in ("", " ", "\t") or bool(rest and rest[0].isidentifier())
        name = match["id"], int(match["revision"] or 1)
        same = self._by_name.setdefault(name, [])
        if not is_first:
            # Before a revision stood in every line, only the first one had it.
            found = same or (self._by_name.get((name[0], self._open.revision), []) if self._open else [])
            if found and line not in found[-1].lines:
                self._add(found[-1], line, body, tuple(rest))
            elif not found:
                self.content.others.append(line)
            return
        wrapped = self._open if self._open is not None and not self._open.id and not _BULLET.match(body) else None
        if any(line == each.lines[0] for each in same):
            self._open = next(each for each in same if line == each.lines[0])
            return
        block = Block(name[0], name[1], _KINDS.get(rest[0]) if rest else None, self._heading)
        if wrapped is not None:
            # An editor broke the line: its beginning looked like a bullet without an id.
            block.lines, block.words = wrapped.lines[:], wrapped.words[:]
            wrapped.lines.clear()
        self._add(block, line, body)
        same.append(block)
        self._open = block
        self.content.blocks.append(block)

    def _add(self, block: Block, line: str, body: str, times: tuple[str, ...] = ()) -> None:
        first = not block.lines
        block.lines.append(line)
        text = body.strip()
        if text.startswith(">"):
            block.quote.append(neutralise(markdown.unescape(text[1:].strip())))
        elif not first and _DETAILS.match(text):
            block.details, block.times = text, times or block.times
        elif text:
            bullet = _BULLET.match(text)
            block.words.append(neutralise(markdown.unescape(bullet["text"] if bullet else text)))


def _moment(day: str, exact: tuple[str, ...], at: time = time(tzinfo=UTC)) -> datetime | None:
    """A moment that is shown by its day: the exact one where it is of that day."""
    try:
        moment = parse_timestamp(exact[0]) if exact else None
    except ValueError:
        moment = None
    if moment is not None and (not day or f"{moment:%Y-%m-%d}" == day.strip()):
        return moment
    try:
        return datetime.combine(datetime.fromisoformat(day.strip()).date(), at)
    except ValueError:
        return None
