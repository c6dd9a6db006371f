"""A warning about a trap: "watch out for timezones", "be careful with nulls", "edge case: empty carts"."""

from __future__ import annotations

from learnchat.learning.detectors.phrases import PhraseDetector
from learnchat.learning.kinds import Kind

ORDERS = (
    "watch|look out for|with|when {subject}",
    "beware (of) {subject}",
    "be (very|extra|really) careful with|about|of|when {subject}",
    "careful with {subject}",
    "keep in mind (that) {subject}",
    "mind (the) {subject:thing}",
    "edge|corner case|cases (here) :|is|are|with|where|when|in (that|where) {subject}",
    "gotcha|caveat|pitfall|trap (here) :|is|are|with (that) {subject}",
)

# Looser: evidence for the gate, and a statement of this kind where no phrase above fits.
FORMS = {
    "edge_case_named": (
        r"\b(?:edge|corner|special) case\b:?|^(?:careful|caveat|gotcha|beware|watch out|warning|heads up)\b"
    ),
    "cannot": (
        r"\b(?:can'?t|cannot|can not|won'?t|will not|never|isn'?t able to|unable to|impossible to|doesn'?t|does not"
        r"|don'?t|do not) (?:\w+ ){0,2}(?:support|handle|render|rely|trust|accept|allow|know|guarantee|return|have"
        r"|work (?:with|on|in|when|without|reliably)|expose|contain|exist|include|change|be (?:changed|used|trusted"
        r"|resized))\b"
    ),
    "only_when": (
        r"\b(?:only (?:works?|happens?|available|supports?|valid|applies|reports?|when|if|accepts?|serves?|returns?)"
        r"|except (?:when|for|if)|edge case|corner case|gotcha|caveat|watch out|beware|set in stone|case[- ]sensitive"
        r"|not guaranteed|may not (?:be|work)|intentional(?:ly)?|by design|on purpose|typically|at most|at least"
        r"|limit(?:ed|s)? (?:to|of|us))\b"
    ),
}

DETECTOR = PhraseDetector(Kind.EDGE_CASE, 0.80, (), orders=ORDERS, general=True, forms=FORMS)
