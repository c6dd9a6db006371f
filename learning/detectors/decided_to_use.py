"""A choice made: "we decided to use GraphQL", "we settled on Postgres", "let's go with FastAPI"."""

from __future__ import annotations

from learnchat.learning.detectors.forms import LETS, THING
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

# Looser: evidence for the gate, and a statement of this kind where no phrase above fits.
FORMS = {
    "option_chosen": r"^(?:option|approach|variant|plan|style) (?:[a-e]|\d|one|two|three)\b(?!.*\?)",
    "let_us_use_x": (
        r"^(?:let'?s|let us|we'?ll|we will|i'?ll) (?:just )?(?:use|adopt|go with|go for|stick with|stick to"
        r"|settle on|standardi[sz]e on) [`\"\w@]"
    ),
    "let_us_use": (
        rf"\b{LETS} (?:\w+ ){{0,1}}(?:go (?:with|for|ahead with)|use|stick (?:with|to)|stay (?:with|on)|keep using"
        r"|continue (?:using|with)|call (?:it|this|the)|adopt|default to|stick to|make (?:it|this|that)|do|treat"
        r"|support)\b"
    ),
    "go_with_option": (
        r"\b(?:go(?:ing)? (?:with|for)|choose|pick|take|like|prefer|approve[d]?|do) (?:\w+ ){0,2}(?:option|approach"
        r"|style|variant|plan|version|design|proposal|recommend\w+|suggestion|alternative)\b"
    ),
    "option_letter": r"\b(?:option|approach|style|variant|alternative) (?:[a-d1-4]\b|one|two|three)",
    "i_decided": (
        r"\b(?:i|we)(?:'ve| have|'re| are|'d)? (?:\w+ )?(?:decided|agreed|chosen|chose|settled|opted|convinced"
        r"|concluded|picked)\b|\b(?:final call|final decision|decision is|make the call|decided (?:to|on|that"
        r"|against))\b"
    ),
    "want_us_to_use": (
        r"\b(?:i|we)(?:'d| would)? (?:want|like|prefer|need)(?: us)? to (?:\w+ )?(?:use|adopt|build|base|support"
        r"|keep|make|have|stay|avoid|separate|treat|store|call|rename|name|move to|integrate|wrap)\b"
    ),
    "want_it_defined": (
        r"\b(?:i|we) (?:want|would like|'d like|prefer) (?:the|our|all|every|each|any|this|everything|both"
        r"|\w+s) (?:\w+ ){0,4}(?:to|as|in|be|via|with)\b"
    ),
    "yes_use": (
        r"^(?:yes|yeah|yep|ok|okay|sure|right|approved|agreed|no|nope|alright|actually)[,.! ]+(?:please |just "
        r"|let'?s |do |and )?(?:use|go with|integrate|keep|adopt|make it|github|only|add)\b"
    ),
    "for_x_use_y": (
        rf"^(?:for|in|on) (?:the |our |all |any )?{THING},? (?:we|let'?s|lets|use|i|you should|always|only)\b"
    ),
    "implement_as_the": (
        r"\b(?:as the|as our|as a|be the|is our|is the|are the) (?:\w+ ){0,2}(?:default|standard|formatter|linter"
        r"|framework|database|source of truth|canonical|main|primary|only|official|model|backend|language|name"
        r"|convention|provider|single)\b"
    ),
    "name_is": (
        r"\b(?:name|nickname|title|codename) (?:\w+ ){0,2}(?:will be|is|should be|must be)\b|\b(?:be|is"
        r"|it'?s) (?:called|named)\b|\bcall (?:it|this|them|the \w+) [`\"A-Z\w]+$"
    ),
    "only_for_release": (
        r"\b(?:only|just) (?:support\w*|for|the|do|be|use|need|have|allow\w*|github|email|english|single|one)\b"
    ),
    "default_is": r"\b(?:by default|default(?:s)? (?:to|is|should|must|will|value))\b",
    "should_always_be": (
        r"\b(?:should|must|will|has to|have to|needs to|shall) (?:always |never |only |also |not )?(?:be (?:the|a|an"
        r"|in|on|at|based|handled|treated|stored|kept|done|hidden|named|used|called|included|required|optional"
        r"|stateless|generic|consistent|separate\w*|responsible|able|declarative|explicit|written|inferred|set|local"
        r"|part|defined|considered|compatible|distinct)|always|never|only|not|live|remain|stay|come from|go (?:in"
        r"|into|through)|follow|default|rely|belong|contain|mean|know)\b"
    ),
}

DETECTOR = PhraseDetector(Kind.DECIDED_TO_USE, 0.90, PHRASES, forms=FORMS)
