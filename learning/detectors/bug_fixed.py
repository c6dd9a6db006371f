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

# Looser: evidence for the gate, and a statement of this kind where no phrase above fits.
FORMS = {
    "because_cause": r"\b(?:because|since) (?!then|yesterday|last|the (?:update|change|last))\w+ \w+",
    "cause_is": (
        r"\b(?:root cause|the cause|the reason|caused by|due to|turns out|turned out|(?:problem|issue|bug|crash|leak"
        r"|failure|error) (?:is|was|comes|came|were) (?:that|because|from|in how|due|the)|culprit)\b"
    ),
    "fixed_by": (
        r"\b(?:fixed (?:it |this |that )?by|solved (?:it |this |that )?by|the fix (?:is|was)|fixes it|resolved by"
        r"|fix(?:ed)? .{1,60} by \w+ing)\b"
    ),
    "leads_to": (
        r"(?:→|->|—|=>)|\b(?:leads? to|results? in|which (?:breaks|causes|means|makes)|so (?:it|the|they) (?:breaks"
        r"|fails|crashes|never)|it breaks|causing|held|dangling|race)\b"
    ),
}

DETECTOR = PhraseDetector(Kind.BUG_FIXED, 0.80, PHRASES, forms=FORMS)
