"""Which detections are listed, and in which words: a sentence of several clauses is offered once, or in parts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from learnchat.learning.detection import Detection, Message
from learnchat.learning.detectors.registry import BUILT_IN
from learnchat.learning.hearing.evidence import Sentence, evidence
from learnchat.learning.hearing.marks import listed_from, mark_in
from learnchat.learning.hearing.model_file import shipped
from learnchat.learning.remark import Remark
from learnchat.learning.text import one_line

# What joins a clause to the one before it. Left to `re` to compile when first needed, which is seldom.
_JOINT = r"(?i)[\s,;:(–—-]*(?:\b(?:and|but|so|also|because|since|however|although|whereas|so that)\b)?\s*\Z"


def sifted(
    message: Message, weighed: Sequence[Detection], threshold: float
) -> tuple[tuple[Detection, ...], list[Remark]]:
    """What is listed, and why the rest is not: too improbable, or said in surroundings that take its weight.

    Args:
        message: in which it was heard.
        weighed: the detections as the gate, and the user's dial, weighed them.
        threshold: the gate's.
    """
    sentences = {(one.start, one.end): one for one in evidence(message.text)} if weighed else {}
    listed: list[Detection] = []
    formed: dict[int, list[tuple[Sentence, Detection]]] = {}
    passed_over: dict[int, Remark] = {}
    for one in weighed:
        if one.slots or one.detector not in BUILT_IN:
            listed.append(one)
            continue
        sentence = sentences[one.start, one.end]
        if one.confidence >= listed_from(sentence, threshold):
            formed.setdefault(sentence.number, []).append((sentence, one))
        elif sentence.kinds and not sentence.is_clause and (mark := mark_in(sentence)):
            passed_over[sentence.number] = Remark(one.quote, one.start, one.end, one.kind, one.detector, mark.value)
    for heard in formed.values():
        listed.extend(_worded(heard, threshold))
    listed.sort(key=lambda detection: (detection.start, -detection.confidence))
    return tuple(listed), [remark for number, remark in passed_over.items() if number not in formed]


def _worded(heard: Sequence[tuple[Sentence, Detection]], threshold: float) -> list[Detection]:
    """One sentence's detections, as they are offered.

    Two clauses that are worth asking about and say something of their own are two insights. Otherwise the user's whole
    sentence says best what its best clause means, unless it is a question, a task or the like as a whole.
    """
    whole = [one for sentence, one in heard if not sentence.is_clause]
    parts = [one for sentence, one in heard if sentence.is_clause]
    asked = [one for sentence, one in heard if sentence.is_clause and sentence.kinds and one.confidence >= threshold]
    if len(asked) > 1:
        return asked
    if not parts:
        return whole
    best = max(parts, key=lambda detection: detection.confidence)
    if not whole:
        return [best]
    if whole[0].confidence >= best.confidence:
        return whole
    named_like_best = replace(
        whole[0], kind=best.kind, detector=best.detector, confidence=best.confidence, offset=best.offset
    )
    return [named_like_best]


def is_asked_clause(message: Message, detection: Detection) -> bool:
    """Whether it is a clause with a form of its own that the gate as shipped would ask about."""
    return detection.confidence >= shipped().threshold and any(
        one.is_clause and one.kinds and (one.start, one.end) == (detection.start, detection.end)
        for one in evidence(message.text)
    )


def without_clause(spoken: Detection, clause: Detection) -> Detection | None:
    """What a phrase heard, cut off before a clause that says something else; None where the clause is a part of it."""
    if not spoken.start < clause.start < spoken.end or any(value in clause.quote for value in spoken.slots.values()):
        return None
    before = spoken.quote[: clause.start - spoken.start]
    quote = before[: re.search(_JOINT, before).start()]  # type: ignore[union-attr]  # it matches nothing, too
    if not quote or not all(value in quote for value in spoken.slots.values()):
        return None
    return replace(spoken, statement=one_line(quote), quote=quote, end=spoken.start + len(quote))
