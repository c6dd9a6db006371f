"""Switching from one thing to another: "we moved from npm to pnpm", "replaced Jest with Vitest"."""

from __future__ import annotations

from learnchat.learning.detectors.forms import THING
from learnchat.learning.detectors.phrases import PhraseDetector
from learnchat.learning.kinds import Kind

_MOVE = "~switch|~move|~migrate|~transition|~convert|~port|~pivot|~shift|~upgrade|~downgrade|~change|~go"
_AWAY = "(over|away|back|everything|fully|completely|entirely|gradually|slowly|off|it|them|all)"
_LEAVE = "~drop|~ditch|~abandon|~dump|~leave|~scrap|~retire|~kill|~deprecate"

# With both names said, even the order to do it is the choice itself.
ORDERS = (
    "~switch|~move|~migrate|~transition|~convert|~port (over) from {from:name} (over) to {to:name}",
    "~replace|~swap (out) {from:name} with|for|by {to:name}",
    "~use {to:name} (now) instead of {from:name}",
    "~use {to:name} (now) (and) (,) not {from:name}",
    "~use {to:name} rather than {from:name}",
)
PHRASES = (
    f"{_MOVE} {_AWAY} (over) from {{from}} (over|back) to|onto|into {{to}}",
    f"{_MOVE} {_AWAY} ({{area}}) (over|away) from {{from:thing}} (over|back) to|onto {{to:thing}}",
    f"{_MOVE} {_AWAY} (over|back) to {{to}} from {{from:thing}}",
    f"~move|~migrate|~switch {_AWAY} off (of) {{from:thing}} (and) to|onto {{to}}",
    f"~switch|~move|~migrate|~transition|~convert|~port|~pivot {_AWAY} (over|back) to|onto {{to:name}}",
    "~switch|~move|~migrate|~transition|~convert|~port {area} (over|back) to|onto {to:name}",
    "~make (the|a|our) switch|move|jump|transition|migration (over|away) from {from} (over) to {to}",
    "~make (the|a|our) switch|move|jump|transition|migration (over) to {to:name}",
    "~switch out {from:thing} for|with {to:thing}",
    "~replace|~swap|~substitute (out) {from:thing} (out) (in) (our|the|favour|favor) with|for|by {to:thing}",
    "{from:thing} was|were|is|are|has|have (been) (being) (now) replaced|swapped|superseded by|with|for {to:thing}",
    f"{_LEAVE} {{from:thing}} for|in (favour|favor) (of) {{to:thing}}",
    "~go|~come|~move|~switch|~change back to {to:name}",
    "we're|are|i'm back on|to|with {to:name}",
    "~trade|~exchange {from:thing} for {to:thing}",
    "~rewrite|~rebuild|~reimplement {area} from {from:thing} to|in|into {to:name}",
    "~rewrite|~rebuild|~reimplement {area} in|with {to:name}",
)

# Looser: evidence for the gate, and a statement of this kind where no phrase above fits.
FORMS = {
    "from_to": (
        r"\b(?:switch|migrat|mov|chang|convert|port|transition|upgrad"
        r"|renam)\w* (?:\w+ ){0,3}from [^\s,]+(?: [^\s,]+){0,4}? (?:to|over to) "
    ),
    "use_instead_of": rf"\buse {THING} (?:instead of|rather than|over|not|in place of) ",
    "instead_of_use": (
        rf"\b(?:instead of|rather than) {THING},? (?:we|let'?s|lets|use|i|it|you|all|everything|just|should)\b"
    ),
    "switch_to": (
        r"\b(?:switch(?:ed|ing)?|migrat(?:e|ed|ing)|moved|moving|pivot(?:ed|ing)?|port(?:ed|ing)?|convert(?:ed|ing)?"
        r"|rewrit(?:e|ing|ten)|transition(?:ed|ing)?) (?:\w+ ){0,5}(?:to|from|in|into|over to|away from|off)\b"
    ),
    "switch_out": r"\b(?:switch(?:ed|ing)? out|replaced?|replacing|swap(?:ped)?|trade) (?:\w+ ){0,5}(?:with|for|by)\b",
    "moving_off": (
        r"\b(?:we|i)(?:'re|'ve|'m| are| have| am)? (?:\w+ )?(?:moving|moved|switched|switching|migrated|migrating"
        r"|pivoted|changed|renamed|converted|rewrote)\b"
    ),
    "has_been_changed": (
        r"\b(?:has|have) (?:now )?been (?:changed|moved|renamed|replaced|switched|migrated|converted|split|merged)\b"
    ),
    "rename_project": (
        r"\brename (?:the |this |our )?(?:mod|project|app|package|repo|product|library|tool|game|service|module"
        r"|company|site)\b"
    ),
}

DETECTOR = PhraseDetector(Kind.SWITCHING, 0.95, PHRASES, orders=ORDERS, forms=FORMS)
