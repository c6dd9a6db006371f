"""A change of structure: "refactoring services", "we split the monolith into three services"."""

from __future__ import annotations

from learnchat.learning.detectors.phrases import PhraseDetector
from learnchat.learning.kinds import Kind

_REWORK = "~refactor|~restructure|~rearchitect|~re-architect|~redesign|~rework|~decouple|~modularise|~reorganise"
_STYLES = "vertical|hexagonal|clean|onion|layered|event-driven|microservice|microservices|mvc"

PHRASES = (
    f"{_REWORK} {{subject:part}} into|to|around|from {{to}}",
    f"{_REWORK} {{subject:part}}",
    "~split|~break|~carve|~divide (up|out|apart) {subject:part} (up|out|apart) into {to}",
    "~break up|apart {subject:part}",
    "extracted|extracting|factored|factoring|pulled|carved|carving (out) {subject} (out) into|to|from {to}",
    "merged|consolidated|consolidating|combined|folded {subject} into {to:thing}",
    "~consolidate|~unify|~centralise {subject:thing}",
    "architecture ~be|~follow|~use (now) (based|built) (on|around) {subject:thing}",
    f"~move|~switch|~migrate|~go to (a|an|the) {{subject={_STYLES}}} (slice) architecture",
    f"~follow|~use|~adopt (a|the) {{subject={_STYLES}}} (slice) architecture",
)

DETECTOR = PhraseDetector(Kind.ARCHITECTURE_CHANGE, 0.85, PHRASES)
