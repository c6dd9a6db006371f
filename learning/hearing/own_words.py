"""The user's own words in a message: what they pasted is somebody else's, and not listened to.

Somebody else's decisions read like one's own: an article says "our team decided to use Kafka", a log says "never use
redis". What stands around a paste is heard as if the paste were not there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

from learnchat.learning.detection import Detection, Message
from learnchat.learning.remark import Remark

if TYPE_CHECKING:
    from learnchat.learning.transcripts.session import Utterance

Span: TypeAlias = tuple[int, int]

# Between the user's words before a paste and those after it: no sentence goes on across it.
_GAP = "\n\n"
# Where a paste that was changed afterwards is cut into pieces.
_CUT = re.compile(r"\n|(?<=[.!?])[ \t]")
_WORD = re.compile(r"\w+")
# So many words in a row stand in a message as in its paste because they are the paste: "we moved from npm" is said by
# many, but hardly beside an article that says it too.
_RUN = 4


def pasted_spans(text: str, pastes: Iterable[str]) -> tuple[Span, ...]:
    """Where pastes stand in a text, in order and apart; linear in its length for each.

    Args:
        text: as it is sent.
        pastes: as they came. Of one that was changed afterwards those lines and sentences are found that were not, or
            were only cut short, wrapped anew or made a list.
    """
    spans: list[Span] = []
    for paste in pastes:
        spans += _places(text, paste.strip())
    return _merged(spans)


def kept_spans(fact: object, text: str) -> tuple[Span, ...]:
    """The places that were written down with a message; none where that is no list of places in it."""
    if not isinstance(fact, list):
        return ()
    spans = [(each[0], each[1]) for each in fact if isinstance(each, list) and list(map(type, each)) == [int, int]]
    return _merged([span for span in spans if 0 <= span[0] < span[1] <= len(text)])


def kept_pastes(said: Utterance) -> tuple[str, ...]:
    """What of a message was pasted, as it was written down with it."""
    fact = said.facts.get("pasted")
    return tuple(said.text[start:end] for start, end in kept_spans(fact, said.text)) if fact else ()


def _places(text: str, paste: str) -> Iterable[Span]:
    if not paste:
        return ()
    whole = [found.span() for found in re.finditer(re.escape(paste), text)]
    return whole or _pieces_in(text, paste)


def _pieces_in(text: str, paste: str) -> Iterator[Span]:
    known = {piece for start, end in _cut(paste) if (piece := paste[start:end].strip())}
    taken = _words_taken(text, paste)
    for start, end in _cut(text):
        words = [word.start() for word in _WORD.finditer(text, start, end)]
        if text[start:end].strip() in known or (words and taken.issuperset(words)):
            yield start, end


def _words_taken(text: str, paste: str) -> set[int]:
    """Where those words of a text begin that follow each other in a paste too, at least as many as make a run."""
    runs = set(_runs(_WORD.findall(paste)))
    found = list(_WORD.finditer(text))
    taken: set[int] = set()
    for place, run in enumerate(_runs([word[0] for word in found])):
        if run in runs:
            taken.update(word.start() for word in found[place : place + _RUN])
    return taken


def _runs(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    return zip(*(words[start:] for start in range(_RUN)), strict=False)


def _cut(text: str) -> Iterator[Span]:
    start = 0
    for cut in _CUT.finditer(text):
        yield start, cut.end()
        start = cut.end()
    yield start, len(text)


def _merged(spans: list[Span]) -> tuple[Span, ...]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return tuple(merged)


@dataclass(frozen=True, slots=True)
class OwnWords:
    """A message without its pastes, and the way back."""

    message: Message
    """To be listened to."""
    _parts: Sequence[tuple[int, int, int]]
    """Start and end of each part in the message as it was sent, and its start in this one."""

    @classmethod
    def of(cls, message: Message) -> OwnWords:
        parts: list[tuple[int, int, int]] = []
        texts: list[str] = []
        start = at = 0
        for first, last in (*message.pasted, (len(message.text), len(message.text))):
            if own := message.text[start:first].strip():
                begin = message.text.index(own, start)
                parts.append((begin, begin + len(own), at))
                texts.append(own)
                at += len(own) + len(_GAP)
            start = last
        return cls(replace(message, text=_GAP.join(texts), pasted=()), parts)

    def detections(self, heard: Iterable[Detection]) -> tuple[Detection, ...]:
        """What was heard, where it stands in the message as it was sent; nothing that goes across a paste."""
        return tuple(
            replace(one, start=span[0], end=span[1])
            for one in heard
            if (span := self._place(one.start, one.end)) is not None
        )

    def remarks(self, made: Iterable[Remark]) -> tuple[Remark, ...]:
        """The same for remarks."""
        return tuple(
            replace(one, start=span[0], end=span[1])
            for one in made
            if (span := self._place(one.start, one.end)) is not None
        )

    def _place(self, start: int, end: int) -> Span | None:
        for first, last, at in self._parts:
            if at <= start and end <= at + last - first:
                return start - at + first, end - at + first
        return None
