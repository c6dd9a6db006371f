"""The parts of a sentence that each say something by themselves: "we use pnpm, and our users are dentists".

Clauses are cut where something else may begin, for the gate to read. These are cut for the user: a part has a subject
of its own, points back to nothing, and hangs on no condition or reason, so that it can be kept without the other.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from learnchat.learning.detection import Detection

# Fewer words are no statement.
_LEAST_WORDS = 3
# More parts are a list, or made to be slow to read.
_MOST_PARTS = 4

_VERBS = (
    r"is|are|isn't|aren't|was|were|must|mustn't|should|shouldn't|can|can't|cannot|will|won't|has|have|hasn't|haven't"
    r"|do|don't|does|doesn't|never|always|only|returns?|runs?|uses?|lives?|needs?|keeps?|expects?|takes?|gives?|sends?"
)
# Left to `re` to compile and keep when first needed: most messages never come here.
_SUBJECT = rf"(?:(?:we|we're|we've|i|i'm|i've|our|my|the|all|every|each|no) |[\w./`-]+ (?:{_VERBS})\b)"
_BACK = (
    r"(?:it|its|they|their|this|that|these|those|he|she|which|who|what|then|there)\b|.* (?:it|them|that|this)[.!]?\Z"
)
_JOINT = rf"(?i)(?:;|,? (?:and|but)) (?={_SUBJECT})"
_HANGS = r"(?i)(?:if|when|whenever|unless|until|because|since|as|while|once|although|though|after|before|so)\b"


def parts(text: str) -> list[tuple[int, int]]:
    """The places of the parts that a sentence joins by "and", "but" or a semicolon; none where it holds only one.

    Whether each is worth asking about, the gate says.
    """
    found: list[tuple[int, int]] = []
    begin = 0
    for joint in re.finditer(_JOINT, text):
        found.append((begin, joint.start()))
        begin = joint.end()
    if not 0 < len(found) < _MOST_PARTS:
        return []
    found.append((begin, len(text)))
    return found if all(_is_alone(text[first:last], later=first > 0) for first, last in found) else []


def is_apart(detection: Detection, places: Sequence[tuple[int, int]]) -> bool:
    """Whether a detection overlaps none of these places, which are in order and apart from each other."""
    before = bisect_left(places, (detection.end,))
    return not before or places[before - 1][1] <= detection.start


def _is_alone(part: str, *, later: bool) -> bool:
    if len(part.split()) < _LEAST_WORDS or re.match(_HANGS, part):
        return False
    return not (later and re.match(f"(?i){_BACK}", part))
