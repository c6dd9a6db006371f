"""A thing given up: "no longer use Jest", "dropped Python 3.8", "we don't use Redux any more"."""

from __future__ import annotations

from learnchat.learning.detectors.phrases import PhraseDetector
from learnchat.learning.kinds import Kind

_HAVE = (
    "~use|~support|~need|~want|~rely|~depend|~run|~target|~maintain|~ship|~have|~deploy|~test|~build|~require|~allow"
)
_DROP = "~drop|~ditch|~abandon|~scrap|~retire|~sunset|~kill|~dump|~axe|~nuke|~remove|~deprecate|~discontinue"
_ON = "(on|with|to|against|for|in)"
_NOT = "don't|dont|doesn't|doesnt|aren't|arent|isn't|isnt|not|won't|wont|we're"

PHRASES = (
    f"no longer (be|being) {_HAVE} {_ON} {{subject}}",
    f"{_NOT} (not) (really) {_HAVE} {_ON} {{subject}} anymore",
    f"{_NOT} (not) (really) {_HAVE} {_ON} {{subject}} any more|longer",
    "haven't|hasn't|havent|hasnt used {subject:name} in|since|for",
    f"~stop|~quit|~cease {_HAVE} {_ON} {{subject}}",
    "stopped|quit supporting|using {subject}",
    "~drop|~remove|~discontinue|~end (the|all|our) support for {subject}",
    f"{_DROP} {{subject:name}}",
    "~sunset|~retire|~deprecate|~decommission|~discontinue|~abandon {subject:part}",
    "~phase|~kill out|off {subject:part}",
    "we're|i'm|are done with {subject:name}",
    "~phase {subject:thing} out",
    "~get rid of {subject:name}",
    "~move|~migrate|~switch away from {subject:thing}",
    "~move|~migrate|~switch|~get off (of) {subject:thing}",
    "{subject} is|are|was|were no longer used|supported|needed|required|maintained|available|allowed|there",
    "{subject} is|are no longer in use|supported",
    "{subject:name} is|are|was|were|has|have (now) (been) deprecated|retired|sunset|gone|removed|dropped",
    "{subject:thing} isn't|aren't|isnt|arent used|supported|needed|required (any) more|longer|anymore",
    "no more {subject:name}",
)

# Who says it to the assistant means it to last.
ORDERS = ("stop using {subject}",)

# Looser: evidence for the gate, and a statement of this kind where no phrase above fits.
FORMS = {
    "we_no_longer": (
        r"\b(?:we|i|project|repo|app|it|they|codebase|team|product)(?:'re| are|'m| am| is)? no longer \w+|\b(?:we"
        r"|i) (?:don'?t|do not) \w+ .{1,40} any ?more\b|^no longer \w+ing\b|\b(?:we|i)(?:'ve| have)? stopped \w+ing\b"
    ),
    "no_longer": (
        r"\b(?:no longer|not (?:\w+ ){0,3}any ?more|don'?t (?:\w+ ){0,3}any ?more|got rid of|stopped using"
        r"|is (?:now )?(?:legacy|deprecated|obsolete|gone|outdated|retired|frozen)|are (?:now )?(?:legacy|deprecated"
        r"|obsolete|gone))\b"
    ),
    "we_dropped": (
        r"\b(?:we|i)(?:'ve| have|'re| are|'d| had)? (?:\w+ ){0,1}(?:dropp?(?:ed|ing)|abandon(?:ed|ing)|removed"
        r"|retired|deprecated|killed|scrapped|ditched)\b"
    ),
    "old_way": (
        r"\b(?:the old way|old artifact|leftover|from before we|before we (?:pivoted|decided|switched|moved|had))\b"
    ),
}

DETECTOR = PhraseDetector(Kind.NO_LONGER, 0.85, PHRASES, orders=ORDERS, forms=FORMS)
