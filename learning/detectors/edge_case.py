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

DETECTOR = PhraseDetector(Kind.EDGE_CASE, 0.80, (), orders=ORDERS, general=True)
