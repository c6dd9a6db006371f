"""Statements in Markdown that people and other tools wrote: CLAUDE.md, AGENTS.md, Claude OS's LEARNED_INSIGHTS.md.

A list item is a statement. Items below one that ends in a colon are read with it ("Tests: run make test"). Code,
comments, tables and front matter are none of it. Linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from learnchat.learning.kinds import BY_LABEL, Kind
from learnchat.learning.transfer.candidate import Candidate

# "src/" or "Node 20" alone says nothing that could be decided on.
FEWEST_WORDS = 3

_ITEM = re.compile(r"(?P<indent>[ \t]*)(?:[-*+]|\d{1,9}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?(?P<text>\S.*)\Z")
_FENCE = re.compile(r"[ \t]*(`{3,}|~{3,})")
_HEADING = re.compile(r"#{1,6}[ \t]+(?P<text>.*?)[ \t#]*\Z")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_LINK = re.compile(r"!?\[([^\[\]\n]{1,400})\]\([^()\n]{0,2000}\)")
_STRONG = re.compile(r"(\*\*|__)(?=\S)([^*_\n]{1,400}?)(?<=\S)\1")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
# A field as Claude OS writes it, one a line below a heading that is a time.
_FIELD = re.compile(r"\*\*(?P<name>Type|Confidence|Text|Context|Description)\*\*:[ \t]*(?P<value>.*)\Z")

# Words of a heading, and what its items are about. The first that is found counts.
HEADINGS: tuple[tuple[re.Pattern[str], Kind], ...] = tuple(
    (re.compile(rf"\b(?:{words})", re.IGNORECASE), kind)
    for words, kind in (
        ("gotcha|edge case|pitfall|caveat", Kind.EDGE_CASE),
        ("workaround", Kind.WORKAROUND),
        ("reject|not to use|avoid", Kind.REJECTED_IDEA),
        ("architect|structure", Kind.ARCHITECTURE_CHANGE),
        ("performance|optimi[sz]", Kind.PERFORMANCE_ISSUE),
        ("decision|decided", Kind.DECIDED_TO_USE),
        ("changes?|migrat|switch", Kind.SWITCHING),
        ("stack|technolog|tools?\\b", Kind.NOW_USING),
        ("bug|known issue", Kind.BUG_FIXED),
        ("convention|style|preference|rule|guideline|standard|workflow|do not|don't", Kind.PREFERENCE),
    )
)
_STANDING = re.compile(r"(?:always|never|prefer|avoid|do not|don't|please|must)\b", re.IGNORECASE)


@dataclass(slots=True)
class _Item:
    indent: int
    text: str
    heading: str
    line: str
    """As it stands there: the quote."""
    parent: bool = False
    """Others stand below it."""


def read_notes(text: str) -> list[Candidate]:
    """The statements in a Markdown text, in its order."""
    return [*_learned(text), *_items(text)]


def _learned(text: str) -> Iterator[Candidate]:
    """Blocks of fields, as Claude OS writes what it learned."""
    fields: dict[str, str] = {}
    for line in [*text.splitlines(), "**Type**: "]:
        match = _FIELD.match(line.strip())
        if match is None:
            continue
        if match["name"] == "Type" and fields.get("Text"):
            words = fields["Text"]
            kind = next((kind for kind in Kind if kind.value == fields.get("Type")), Kind.FACT)
            yield Candidate(statement=words, kind=kind, quote=fields.get("Context") or words)
        if match["name"] == "Type":
            fields = {}
        fields[match["name"]] = match["value"].strip()


def _items(text: str) -> Iterator[Candidate]:
    above: list[_Item] = []
    for item in _read(text):
        while above and above[-1].indent >= item.indent:
            above.pop()
        told = [each.text for each in above if each.text.endswith(":")]
        above.append(item)
        if item.parent and item.text.endswith(":"):
            continue
        statement = " ".join((*told, item.text))
        if len(statement.split()) >= FEWEST_WORDS:
            yield Candidate(statement=statement, kind=_kind(item), quote=item.line)


def _read(text: str) -> list[_Item]:
    items: list[_Item] = []
    heading, fence, open_item = "", "", False
    for line in _COMMENT.sub("", _without_front_matter(text)).splitlines():
        mark = _FENCE.match(line)
        if fence or mark:
            if not fence and mark:
                fence = mark[1]
            elif mark and mark[1][0] == fence[0] and len(mark[1]) >= len(fence) and not line.strip(" \t`~"):
                fence = ""
            open_item = False
            continue
        title, match = _HEADING.match(line), _ITEM.match(line)
        if title:
            heading, open_item = title["text"], False
        elif match:
            indent = len(match["indent"].expandtabs(4))
            if items and open_item and indent > items[-1].indent:
                items[-1].parent = True
            items.append(_Item(indent, _plain(match["text"]), heading, match["text"].strip()))
            open_item = True
        elif not line.strip() or line.lstrip().startswith((">", "|")):
            continue
        elif open_item and line[:1] in (" ", "\t"):
            items[-1].text += " " + _plain(line)
            items[-1].line += " " + line.strip()
        else:
            open_item = False
    return items


def _without_front_matter(text: str) -> str:
    if text.startswith("---\n"):
        end = text.find("\n---", 4)
        return text[end + 4 :] if end > 0 else text
    return text


def _plain(text: str) -> str:
    """Words without emphasis, links and escapes. Code stays marked: it is how such statements name things."""
    text = _STRONG.sub(r"\2", _LINK.sub(r"\1", text.strip()))
    return _ESCAPED.sub(r"\1", text).strip()


def _kind(item: _Item) -> Kind:
    named = BY_LABEL.get(item.heading.casefold())
    if named is not None:
        return named
    found = next((kind for words, kind in HEADINGS if words.search(item.heading)), None)
    if found is not None:
        return found
    return Kind.PREFERENCE if _STANDING.match(item.text) else Kind.FACT
