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

# Looser: evidence for the gate, and a statement of this kind where no phrase above fits.
FORMS = {
    "structure_is": (
        r"\b(?:structure|schema|format|layout|directory|folder|architecture|hierarchy|pipeline|data ?model|flow"
        r"|workflow|protocol) (?:\w+ ){0,4}(?:is|are|should|will|looks|consists|has|must)\b"
    ),
    "source_of_truth": (
        r"\b(?:source of truth|single source|canonical|contract|boundary|responsib\w+|owns|owned by"
        r"|internal (?:index|detail|only)|hidden from|stateless|decoupled?|declarative|imperative|plug-?in|interface"
        r"|abstraction|layer(?:s|ed)?|separation|separate from)\b"
    ),
    "consists_of": (
        r"\b(?:consists? of|made (?:up )?of|composed of|has (?:two|three|four|several|its own)"
        r"|each (?:\w+ ){1,3}(?:has|is|gets|owns|should|must|contains|returns|lives))\b"
    ),
    "produces": (
        r"\b(?:produces?|emits?|executed by|reads? from|writes? to|talks? to|is (?:passed|sent|stored|kept|saved"
        r"|written|executed|derived|computed|inferred|generated|loaded|shared|handled|split|cut) (?:by|to|in|from|as"
        r"|on|at|via|into)|overrules?|overrides?|communicates?)\b"
    ),
}

DETECTOR = PhraseDetector(Kind.ARCHITECTURE_CHANGE, 0.85, PHRASES, forms=FORMS)
