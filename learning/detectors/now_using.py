"""What is in use: "now using PostgreSQL", "we use pnpm", "the backend runs on Bun"."""

from __future__ import annotations

from learnchat.learning.detectors.phrases import PhraseDetector
from learnchat.learning.kinds import Kind

_WE = "we|i|they|team|company"
_PROJECT = "project|repo|repository|codebase|app|application|backend|frontend|site|server|api|service"

PHRASES = (
    "now|currently use|uses|using {subject}",
    "now|currently running|run|runs|built|based|hosted|deployed|written on|with|in {subject:name}",
    "now on {subject:name}",
    "we're|are|be on {subject:name} (now)",
    "~use {subject:thing} now",
    "~use {subject:thing} these|from|going days|now|forward (on)",
    "~start|~begin using {subject:thing}",
    "~start|~begin to use {subject:thing}",
    f"{_WE}|{_PROJECT} (all) use|uses|using {{subject:name}}",
    "we're|we've|i'm|are|is|been (been) using {subject:name}",
    "~run on (top) (of) {subject:name}",
    f"{_PROJECT} is (a|an) (built|based|written|hosted|deployed) (with|on|in|using) {{subject:name}}",
)

# Looser: evidence for the gate, and a statement of this kind where no phrase above fits.
FORMS = {
    "now_use": (
        r"\b(?:is|are|'re|'m|am|we|i) now (?:\w+ )?(?:us(?:e|es|ing)|on|running|written|built|hosted|in|called|based"
        r"|with)\b|\bnow us(?:es|ing)\b"
    ),
    "we_use_x": (
        r"^(?:we|i)(?:'re| are|'m| am)? (?:now |only |also |always |already |still )?us(?:e"
        r"|ing) [`\"\w.@/-]+(?: [\w.-]+)?(?: (?:for|as|with|and|in|here|everywhere|now|to)\b.{0,80})?[.!]?$"
    ),
    "we_use": (
        r"\b(?:we|i)(?:'re| are|'m| am)? (?:\w+ ){0,1}(?:use|using) (?!this|that|it\b|these|the (?:same|first|second"
        r"|new|old|existing|above|following))"
    ),
    "project_uses": (
        r"\b(?:project|repo|repository|app|application|codebase|package|team|stack|backend|frontend|server|client"
        r"|service|site|website|library|cli|tool|plugin|firmware|product) (?:\w+ ){0,1}(?:uses?|runs?|relies"
        r"|is (?:built|written|based|hosted|deployed)|targets|requires|depends)\b"
    ),
    "is_a_stack_project": (
        r"\bthis is an? (?:\w+\.?\w* ){1,4}(?:project|app|application|repo|repository|library|package|service|site"
        r"|website|prototype|tool|fork|plugin|mod|server|monorepo|cli)\b"
    ),
    "stack_is": r"\b(?:tech )?stack(?: is|:)|\b(?:built|written|made|developed|implemented) (?:with|in|on|using) ",
    "version_named": (
        r"\b(?:next(?:\.js)?|node|python|java|react|vue|angular|django|rails|fastapi|postgres(?:ql)?|sqlalchemy"
        r"|typescript|unity|laravel|php|go|rust|ubuntu|kotlin|swift) v?\d+(?:[./]\d+)*\b"
    ),
}

DETECTOR = PhraseDetector(Kind.NOW_USING, 0.85, PHRASES, forms=FORMS)
