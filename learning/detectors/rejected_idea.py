"""An idea ruled out: "avoid MongoDB", "we decided against microservices", "Kubernetes is overkill"."""

from __future__ import annotations

from learnchat.learning.detectors.phrases import PhraseDetector
from learnchat.learning.kinds import Kind

_TAKE = "use|using|add|adding|adopt|adopting|introduce|introducing|install|installing|store|commit|want"
_NOT = "don't|dont|do|never|not|won't|wont|can't|cannot|shouldn't"

ORDERS = (
    "~avoid|~skip (using|adding|the|any|all) {subject:thing}",
    f"{_NOT} (not) (ever) (be) (going|want|wants|need) (to) {_TAKE} (to) {{subject:thing}} !any|anymore",
    f"{_NOT} (not) (ever) (be) (going) (to) go|going with {{subject:thing}}",
    f"~decide|~choose|~opt|~agree|~prefer not to {_TAKE}|go (with|to) {{subject}}",
    "~decide|~advise|~vote|~argue against (using|adding|adopting) {subject}",
    "~rule out {subject}",
    "~rule {subject} out",
    "~reject|~dismiss|~veto|~discard (the) (idea|thought|proposal) (of) (using) {subject:thing}",
    "~stay|~keep|~steer away|clear (from|of) {subject:thing}",
    "rather not ~use|~add|~have {subject}",
    "no need for {subject:thing}",
    "{subject:thing} is|are|was|seems (just) (total|complete) overkill",
    "{subject:thing} is|are|was not|no (an) option",
    "{subject:thing} is|are|was (a) bad|terrible idea|choice|fit",
    "{subject:thing} isn't|aren't|wasn't worth it|the",
    "{subject:thing} is|are|was out|off (of) (the) question|table",
)

DETECTOR = PhraseDetector(Kind.REJECTED_IDEA, 0.75, (), orders=ORDERS, general=True)
