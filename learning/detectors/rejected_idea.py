"""An idea ruled out: "avoid MongoDB", "we decided against microservices", "Kubernetes is overkill"."""

from __future__ import annotations

from learnchat.learning.detectors.phrases import PhraseDetector
from learnchat.learning.kinds import Kind

_TAKE = (
    "use|using|add|adding|adopt|adopting|introduce|introducing|install|installing|want|go|going|depend|rely|support|"
    "store|commit|pull|bring"
)
_WITH = "(with|on|in|for|to|use|add)"
_NOT = "don't|dont|do|never|not|won't|wont|can't|cannot|shouldn't"

ORDERS = (
    "~avoid|~skip (using|adding|the|any|all) {subject:thing}",
    f"{_NOT} (not) (ever|to|going) (to) {_TAKE} {_WITH} {{subject:thing}} !any|anymore",
    f"~decide|~choose|~opt|~agree|~prefer not to {_TAKE} {_WITH} {{subject}}",
    "~decide|~advise|~vote|~argue against (using|adding|adopting) {subject}",
    "~rule out {subject}",
    "~rule {subject} out",
    "~reject|~dismiss|~veto|~discard {subject:thing}",
    "~stay|~keep|~steer away|clear (from|of) {subject:thing}",
    "rather not ~use|~add|~have {subject}",
    "no need for {subject:thing}",
    "{subject:thing} is|are|was|seems (just) (total|complete) overkill",
    "{subject:thing} is|are|was not|no (an) option",
    "{subject:thing} is|are|was (a) bad|terrible idea|choice|fit",
    "{subject:thing} is|are|was out|off (of) (the) question|table",
)

DETECTOR = PhraseDetector(Kind.REJECTED_IDEA, 0.75, (), orders=ORDERS, general=True)
