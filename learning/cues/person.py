"""Who speaks about whom, and how the statement opens."""

from __future__ import annotations

CUES = {
    "begins_with_i": r"^i\b|^i'",
    "begins_with_we": r"^we\b|^we'",
    "begins_with_you": r"^you\b|^you'",
    "begins_with_it": r"^(?:it|this|that|these|those|they|there)\b",
    "begins_with_the": r"^(?:the|a|an|our|my|each|every|all|any|no)\b",
    "begins_with_yes": r"^(?:yes|yeah|yep|ok|okay|sure|right|no|nope)\b",
    "begins_with_use": r"^(?:just |only |please )?(?:use|keep|treat|stick|prefer|record|store|cache|default|follow)\b",
    "begins_with_when": (
        r"^(?:when|whenever|for (?:the|all|every|each|this)|in (?:this|the|our)|at|with|on|as|before|after|to|by)\b"
    ),
    "has_we": r"\b(?:we|we're|we've|our|us)\b",
    "has_you": r"\b(?:you|your|you're)\b",
    "has_i": r"\b(?:i|i'm|i've|my|me)\b",
    "third_person": r"\b(?:he|she|they|his|her|their|client|boss|colleague|team)\b",
    "copula": r"\b(?:is|are|will be|should be|isn't|aren't)\b",
    "present_habit": (
        r"\b(?:does|doesn't|has|have|gets|comes|goes|works|makes|takes|keeps|lets|allows|gives|contains|happens)\b"
    ),
    "progressive_you": r"\byou(?:'re| are) \w+ing\b",
    "perfect": r"\b(?:have|has|i've|we've|you've) (?:\w+ )?\w+ed\b",
}
