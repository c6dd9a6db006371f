"""A change that is made, or told to be made: "implement this change", "we implemented caching with Redis"."""

from __future__ import annotations

from learnchat.learning.detectors.phrases import PhraseDetector
from learnchat.learning.kinds import Kind

# "this change" is a thing pointed at; "implement the plan" and the like are the day's work.
ORDERS = ("~implement this|that (proposed|last) {subject=change|changes|idea|proposal|approach|design}",)
PHRASES = (
    "implemented|implementing (the|your|my) (suggested|proposed|requested|last) {subject=change|changes}",
    "implemented|implementing|built|added|introduced {subject} with|using|via|on|in|through {using:name}",
    "introduced|introducing {subject:thing}",
)

# Looser: evidence for the gate, and a statement of this kind where no phrase above fits.
FORMS = {
    "implement_this_change": r"\b(?:implement|make|apply|do) (?:this|that|these|the) changes?\b",
}

DETECTOR = PhraseDetector(Kind.IMPLEMENT_CHANGE, 0.80, PHRASES, orders=ORDERS, forms=FORMS)
