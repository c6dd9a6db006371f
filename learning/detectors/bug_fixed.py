"""A bug and its cause: "fixed a bug", "the crash was caused by a stale lock", "the root cause is the cache"."""

from __future__ import annotations

from learnchat.learning.detectors.phrases import PhraseDetector
from learnchat.learning.kinds import Kind

PHRASES = (
    "fixed|solved|resolved|squashed|patched {subject:trouble}",
    "found|figured (out) (and) (fixed|solved) {subject:trouble}",
    "{subject:trouble} was that|because|in {cause}",
    "found (out) cause|culprit",
    "root cause ~be (that) (a|the) {cause}",
    "{subject:trouble} was|were|is|are (actually|finally|apparently) caused|fixed|solved|resolved by {cause}",
    "{subject:trouble} was|were|is|are (actually|really|apparently) due to {cause}",
    "{subject:trouble} turned out to be {cause}",
    "{subject:trouble} ~come from {cause}",
)

DETECTOR = PhraseDetector(Kind.BUG_FIXED, 0.80, PHRASES)
