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

# Looser: evidence for the gate, and a statement of this kind where no phrase above fits.
FORMS = {
    "do_not_want_thing": (
        r"\b(?:i|we) (?:don'?t|do not|never) want (?:any |a |an |the )?(?!to\b|it\b|this\b|that\b|you\b|them\b)[\w-]+"
    ),
    "we_rejected": (
        r"\b(?:we|i)(?:'ve| have)? (?:rejected|ruled out|discarded|dismissed|vetoed)\b|^rejected\b|\b(?:is|was"
        r"|are) (?:rejected|ruled out|off the table)\b"
    ),
    "we_do_not_want": (
        r"\b(?:we|i|users?) (?:really |definitely |absolutely )?(?:don'?t|do not|never|didn'?t) (?:ever )?(?:want"
        r"|like|need|care|use|support|allow)\b(?! (?:this|that|it|to (?:see|know))\b)"
    ),
    "not_something_we_want": (
        r"\b(?:not something (?:we|i) want|no go|out of scope|not an option|ruled (?:it |this |that )?out"
        r"|not acceptable|not allowed|not (?:generali[sz]able|scalable|reliable|maintainable|worth)|bad (?:design"
        r"|idea|practice)|won'?t (?:do|support|use)|not going to (?:use|support|do))\b"
    ),
    "no_noun": (
        r"^(?:and |also |but |so )?no (?!worries|problem|idea|need|change|i\b|it\b|that|this|you\b|the\b|not\b|wait"
        r"|more\b|longer|we\b|,)[\w`\"'-]+(?: [\w`\"'-]+){0,9}$"
    ),
    "let_us_not": r"\b(?:let'?s|lets) (?:not|avoid|drop|skip|ditch|forget|get rid|remove)\b",
    "backwards_compatibility": r"\bbackwards?[ -]compat\w*",
    "rather_not": (
        r"\b(?:rather not|prefer not|hate|can'?t stand|against using|overkill|unnecessary complexity"
        r"|over-?engineer\w*)\b"
    ),
}

DETECTOR = PhraseDetector(Kind.REJECTED_IDEA, 0.75, (), orders=ORDERS, general=True, forms=FORMS)
