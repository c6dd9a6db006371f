"""Switching from one thing to another: "we moved from npm to pnpm", "replaced Jest with Vitest"."""

from __future__ import annotations

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
    "~trade|~exchange {from:thing} for {to:thing}",
    "~rewrite|~rebuild|~reimplement {area} from {from:thing} to|in|into {to:name}",
    "~rewrite|~rebuild|~reimplement {area} in|with {to:name}",
)

DETECTOR = PhraseDetector(Kind.SWITCHING, 0.95, PHRASES, orders=ORDERS)
