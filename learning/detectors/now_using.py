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

DETECTOR = PhraseDetector(Kind.NOW_USING, 0.85, PHRASES)
