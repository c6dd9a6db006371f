"""The check that keeps a judge honest: an event whose words nobody said is dropped.

A model's text alone is never enough. Each quote has to stand in the message it is said to be out of, or in another one
that was read; one at least in a message of the user's. The content has to speak of what the quotes speak of, and may
not bring a figure, a path or an address that was not said.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from learnchat.learning.hearing.own_words import kept_spans
from learnchat.learning.judging.events import CONTENT_LIMIT, WHY_LIMIT, Claim, Draft, Event, Evidence
from learnchat.learning.judging.reading import SHORTEST_MESSAGE, Passage, Reading
from learnchat.learning.language.prose import passages
from learnchat.learning.language.words import figures, stems
from learnchat.learning.text import shorten

SHORTEST_QUOTE = SHORTEST_MESSAGE
"""Characters: shorter words stand in every text, and prove nothing. A whole message may be shorter."""

LONGEST_QUOTE = 500
"""Characters: who quotes a page points at nothing."""

OWN_SHARE = 0.5
"""Share of a quote that has to stand in the user's prose. Not all: list marks and line ends are no prose."""

MOST_EVIDENCE = 6
"""Quotes that are kept of an event: error, cause and fix, each said twice."""

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
_ADDRESS = re.compile(r"\b(?:https?|ftp|file|ssh|git)\b:?//?[^\s)\]}>\"']+|\bwww\.[^\s)\]}>\"']+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Checked:
    """What is left of some drafts."""

    events: tuple[Event, ...]
    dropped: tuple[str, ...]
    """Why each of the others was dropped."""


def check(drafts: Iterable[Draft], reading: Reading) -> Checked:
    """Believe what can be found in what was read."""
    events: list[Event] = []
    dropped: list[str] = []
    for draft in drafts:
        event = _checked(draft, reading)
        if isinstance(event, Event):
            events.append(event)
        else:
            dropped.append(event)
    return Checked(tuple(events), tuple(dropped))


def _checked(draft: Draft, reading: Reading) -> Event | str:
    """The event of a draft, or why there is none."""
    if draft.type not in reading.types:
        return f"{draft.type} is not listened for in one exchange"
    content = _within(draft.content, CONTENT_LIMIT)
    if not content:
        return "the content is too long"
    found = [each for claim in draft.claims if (each := find(claim, reading.passages)) is not None]
    own = [each for each in found if each.role == "user" and _is_said(each, reading)]
    if not own:
        return "no words of the user's own" if found else "the quotes were not said"
    if reason := _stray(content, own, reading):
        return reason
    evidence = tuple(dict.fromkeys((*own, *found)))[:MOST_EVIDENCE]
    return Event(
        type=draft.type,
        content=content,
        why=shorten(draft.why, WHY_LIMIT),
        evidence=evidence,
        tags=draft.tags,
        keywords=draft.keywords,
        supersedes=shorten(draft.supersedes, CONTENT_LIMIT),
    )


def _is_said(evidence: Evidence, reading: Reading) -> bool:
    """Whether most of the words stand in the user's own prose: pasted code, logs and quoted lines nobody said."""
    messages = [each.message for each in reading.passages if each.message.id == evidence.message]
    message = next(each for each in messages if each.text[evidence.start : evidence.end] == evidence.quote)
    start, end = evidence.start, evidence.end
    said = sum(max(0, min(run.end, end) - max(run.start, start)) for run in passages(message.text))
    pasted = kept_spans(message.facts.get("pasted"), message.text)
    said -= sum(max(0, min(last, end) - max(first, start)) for first, last in pasted)
    return said >= OWN_SHARE * (end - start)


def _stray(content: str, own: Sequence[Evidence], reading: Reading) -> str:
    """Why a content does not follow from what was said; empty where it may."""
    said = " ".join(each.text for each in reading.passages)
    subject = set(stems(content))
    quoted = {stem for each in own for stem in stems(each.quote)}
    if not subject & quoted:
        return "the content is about something else than the quotes"
    known = figures(said)
    plain = said.lower()
    if any(figure not in known and figure not in plain for figure in figures(content)):
        return "the content has a figure or a path that was not said"
    if any(address.rstrip(".,;:!?").lower() not in plain for address in _ADDRESS.findall(content)):
        return "the content has an address that was not said"
    return ""


def _within(text: str, limit: int) -> str:
    """As many whole sentences as fit; empty where the first is too long."""
    if len(text) <= limit:
        return text
    kept = ""
    for sentence in _SENTENCE_END.split(text):
        longer = f"{kept} {sentence}".strip()
        if len(longer) > limit:
            break
        kept = longer
    return kept


def find(claim: Claim, read: Sequence[Passage]) -> Evidence | None:
    """Where the words of a claim were said: in the message that it names, else in the user's, else in any.

    Case, kinds of quotation mark and dash, runs of white space, the way in which Unicode writes a letter, and what is
    not seen may differ; what is kept is what was said.
    """
    for passage in _in_order(claim, read):
        span = _span(claim.quote, passage.text)
        if span is None:
            continue
        start, end = span
        quote = passage.message.text[start:end]
        if len(quote) > LONGEST_QUOTE or (len(quote) < SHORTEST_QUOTE and quote != passage.message.text.strip()):
            continue
        return Evidence(passage.message.id, passage.message.role, quote, start, end)
    return None


def _in_order(claim: Claim, read: Sequence[Passage]) -> Iterator[Passage]:
    usable = [each for each in read if each.usable]
    named = read[claim.message - 1] if claim.message and 0 < claim.message <= len(read) else None
    if named is not None and named.usable:
        yield named
    yield from (each for each in usable if each is not named and each.message.role == "user")
    yield from (each for each in usable if each is not named and each.message.role != "user")


_FOLDED = str.maketrans(
    {
        **dict.fromkeys("“”„‟«»″", '"'),
        **dict.fromkeys("‘’‚‛‹›′´`", "'"),
        **dict.fromkeys("‐‑‒–—―−", "-"),
    }
)
_AROUND = " \t\n\"'“”‘’«».…"


def _span(quote: str, text: str) -> tuple[int, int] | None:
    """Where a quote stands in a text, in characters of the text."""
    for wanted in dict.fromkeys((quote, quote.strip(), quote.strip(_AROUND))):
        if (at := _find(wanted, text)) >= 0:
            return at, at + len(wanted)
    folded, places = _folded(text)
    wanted = _folded(quote.strip(_AROUND))[0].strip()
    at = _find(wanted, folded)
    if at < 0:
        return None
    covered = places[at : at + len(wanted)]
    return min(covered), max(covered) + 1


def _find(wanted: str, text: str) -> int:
    """Where whole characters, with their accents, stand in a text; -1 where they do not."""
    at = text.find(wanted) if wanted else -1
    while at >= 0 and unicodedata.combining(text[at + len(wanted) : at + len(wanted) + 1] or " "):
        at = text.find(wanted, at + 1)
    return at


def _folded(text: str) -> tuple[str, list[int]]:
    """A text without what copies differ in, and for each of its characters where it stood.

    Characters are taken apart (Unicode's form KD), so that letters with accents are the same however they are written.
    """
    characters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        for each in _plain(character):
            if each == " " and characters and characters[-1] == " ":
                continue
            at = len(characters)
            # Accents of one letter stand in one order (Unicode, "Canonical Ordering Algorithm").
            while 0 < unicodedata.combining(each) < (unicodedata.combining(characters[at - 1]) if at else 0):
                at -= 1
            characters.insert(at, each)
            places.insert(at, place)
    return "".join(characters), places


@lru_cache(maxsize=4096)
def _plain(character: str) -> str:
    """What is compared of a character; nothing where it is not seen."""
    apart = unicodedata.normalize("NFKD", character).translate(_FOLDED).casefold()
    apart = unicodedata.normalize("NFKD", apart).translate(_FOLDED)
    return "".join(" " if each.isspace() else each for each in apart if unicodedata.category(each) != "Cf")
