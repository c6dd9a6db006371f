"""A choice made: "we decided to use GraphQL", "we settled on Postgres", "let's go with FastAPI"."""

from __future__ import annotations

from learnchat.learning.detectors.phrases import PhraseDetector
from learnchat.learning.kinds import Kind

_TAKE = "use|adopt|go|stick|stay|rely|standardise|standardize|build|deploy|host"
_WITH = "(with|on|in|using)"

PHRASES = (
    f"~decide|~agree|~opt|~choose|~elect|~vote (together) to {_TAKE} {_WITH} {{subject}}",
    "~settle|~standardise|~converge|~land on {subject}",
    "decided|agreed on (using) {subject}",
    "~opt for {subject}",
    "let's|lets|we'll|i'll go|stick|stay with {subject}",
    "~go|~stick|~stay with {subject:thing}",
    "~choose|~pick|~select|~adopt {subject:thing}",
    "~commit to using {subject}",
    "decision|verdict :|is|was (made) (to) (we) (use|go|adopt) (with) {subject:thing}",
    "choice|plan is|was (made) (to) (we) (use|go|adopt) (with) {subject:thing}",
    "we'll|i'll|let's|lets|gonna use {subject:thing}",
    "we|i|they|team|project will use {subject:thing}",
    "let us use {subject:thing}",
    "going|want|like|have|need to use {subject:name}",
    "{subject:name} it is",
)

DETECTOR = PhraseDetector(Kind.DECIDED_TO_USE, 0.90, PHRASES)
