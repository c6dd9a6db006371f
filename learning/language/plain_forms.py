"""The plain forms that people use when they mean to be understood once and for all.

The gate asks about these whatever the corpus says, which hardly holds any: people rarely speak as in a manual.
"""

from __future__ import annotations

from collections.abc import Collection

from learnchat.learning.detection import Detection
from learnchat.learning.kinds import Kind

# What begins so is not what should be remembered, but a moment, or somebody.
_NO_MATTER = (
    r"(?!(?:you|it|was|time|day|night|one|he|she|they|trip|place|feeling|me|when|how|what|this|that)\b"
    r"|i (?:asked|said|told|mentioned|wanted)|we (?:talked|spoke|discussed|said)|the (?:last )?(?:time|day))"
)
# What may stand before a form that opens a statement.
_OPENING = r"(?:(?:and|also|but|so|ok|okay|please|pls|btw|fyi|just|oh|now),? ){0,3}"

PLAIN_FORMS = {
    "switch": (
        r"\b(?:we|i)(?:'re| are|'ve| have|'m| am)? (?:now |just )?(?:switch(?:ed|ing)|migrat(?:ed|ing)|mov(?:ed|ing)"
        r"|chang(?:ed|ing)) (?:\w+ ){0,3}from [^\s,]+(?: [^\s,]+){0,3} to \w"
    ),
    "no_longer": (
        r"\b(?:we|i|project|repo|app|it|they|codebase|team|backend|frontend)(?:'re| are|'m| am| is)? no longer (?:us"
        r"|support|need|depend|rely|allow|maintain)\w*|\bwe (?:don'?t|do not) (?:use|support"
        r"|maintain) .{1,40} any ?more\b"
    ),
    "now_using": (
        r"\b(?:we|i|project|repo|app|team|backend|frontend)(?:'re| are|'m| am| is)? now us(?:e|es|ing) [`\"\w]"
    ),
    "decision": (
        r"\b(?:we|i)(?:'ve| have|'d| had)? (?:finally |now )?(?:decided|agreed) (?:to (?:use|adopt|drop|support|keep"
        r"|stay on|switch|replace|build on|go with)|against) "
    ),
    "choice": (
        r"^(?:let'?s|let us) (?:use|adopt|go with|stick with|settle on) (?!\d|your|that\b|this\b|it\b|these|those|an? "
        r"|the (?:first|second|third|other|same|new|old|recommended|approach))[`\"\w@][^\s,]*(?: (?!first|and then"
        r"|then|for now)[^\s,]+){0,5}[.!]?$"
    ),
    "refusal": (
        r"^(?:no,? )?(?:we|i) (?:really |definitely )?(?:don'?t|do not|never) want (?:any |a |an |the )?(?!to\b|it\b"
        r"|this\b|that\b|you\b|them\b|these\b|us\b)[\w-]+(?: [\w-]+){0,5}[.!]?$"
    ),
    "rejection": (r"\b(?:we|i)(?:'ve| have)? (?:rejected|ruled out|decided against) \w"),
    "edge_case": r"^edge case: \w",
    "units": (
        r"\b(?:api|endpoint|server|service|backend|library|sdk|client|function|method|prices?|amounts?|totals?|times?"
        r"|timestamps?|dates?|durations?|timeouts?|distances?|sizes?|temperatures?) (?:always |only |all )?(?:returns?"
        r"|gives?|sends?|expects?|takes|is|are)(?: (?:stored|kept|given|measured|always|all|only|\w+s))? ?(?:as |in )?"
        r"(?:cents|utc|seconds|milliseconds|bytes|metres|meters|miles|kilometers|kilometres|celsius|fahrenheit"
        r"|iso 8601)\b"
    ),
    "standing_rule": (
        rf"\b(?:from now on|going forward|from here on),? (?:please |we |you |just )?(?:should |must |will )?(?:always"
        rf"|never|only|use|don'?t|do not) \w|^{_OPENING}(?:from now on|from here on),? \w+ \w+ \w"
    ),
    "always": (
        rf"^{_OPENING}(?:always|never|(?:do not|don'?t) ever) (?:use|add|run|write|respond|answer|reply|ask|commit|test"
        r"|include|prefer|format|follow|explain|push|deploy|name|return|import|log|document|check|edit|touch|delete"
        r"|remove|squash|merge|mock|skip|show me|tell me) (?!me\b|you\b|this\b|that\b|it\b)[^\s,]*\w"
    ),
    "stop": (
        rf"^{_OPENING}stop (?:using|adding|writing|putting|creating|suggesting|generating|asking|apologi[sz]ing|saying"
        r"|inventing|guessing|assuming) (?!this\b|that\b|it\b|these\b|those\b|the\b|your\b)[\w'-]+(?:,? \w|[.!]?$)"
    ),
    "memory": (
        rf"^{_OPENING}(?:(?:remember|keep in mind|bear in mind|don'?t forget|never forget)(?:(?: that| this:|:|,)?"
        r" (?:we|our|all|every|no|never|always|only|this (?:project|repo|app|service|is)"
        rf"|i (?:always|never|prefer|use|only))\b|(?: that| this)?: \w|(?: that|,) {_NO_MATTER}\w+ \w+ \w)"
        rf"|(?:for future reference|note to self|memo)[,:] \w|note(?: that|:) {_NO_MATTER}\w+ \w+ \w"
        r"|(?:save|learn|memori[sz]e|store|note|record) this: \w+ \w+ \w)"
    ),
    "memory_request": (
        rf"^{_OPENING}(?:can|could|would|will) you (?:please |pls |also |just )*(?:remember|keep in mind|note) that"
        rf" {_NO_MATTER}\w+ \w+ \w"
    ),
    "whenever": rf"^{_OPENING}(?:whenever|every ?time|each time) (?:you|we) \w+ [^,]{{2,60}}, \w+ \w",
    "if_you": (
        rf"^{_OPENING}if you (?:ever )?(?:change|edit|touch|modify|update|rename|remove|delete|add|create)"
        r" (?!this\b|that\b|it\b|these\b|those\b|me\b)[^,]{2,50}, (?:then )?(?:always |please |also )?(?!you\b|i\b|we\b"
        r"|it\b|the\b|that\b|this\b|there\b|please\b|can\b|could\b|does\b|do\b|is\b|will\b|would\b)\w+ \w"
    ),
    "ask_first": rf"^{_OPENING}(?:always )?ask (?:me |us )?(?:first )?before (?:\w+ing|you) (?!this\b|that\b|it\b)\w",
    "keep": (
        rf"^{_OPENING}keep (?:your |all |the )?(?:answers|replies|responses|explanations|summaries|commits"
        r"|commit messages|functions|comments|prs|pull requests|methods|components) (?:\w+ ){0,2}(?:short|small|brief"
        r"|concise|tiny|under|below|to one|to a|in english|in german)\b"
    ),
    "run_when": (
        rf"^{_OPENING}(?:always )?run [`\w@./: -]{{2,40}}? (?:before|after) (?:each |every |any |you )?(?:commit|push"
        r"|merg|edit|pull|releas|deploy|chang)\w*\b(?! (?:this|that|it)\b)"
    ),
    "here": (
        rf"^{_OPENING}in this (?:project|repo|codebase|repository),? [^,]{{2,40}} (?:is|are|must|should|never|always|go"
        r"|goes|has|have|uses?|lives?) \w|\b(?:is|are|be|have|has|goes|go) (?:never|always|only) .{2,60} in this"
        r" (?:project|repo|codebase|repository)[.!]?$"
    ),
    "custom": (
        rf"^{_OPENING}we (?:don'?t|do not|never) (?:mock|commit|push|squash|rebase|write|store|log|deploy|support|allow"
        r"|ship|merge|hardcode) (?!any\b|it\b|this\b|that\b|these\b|those\b)\w"
    ),
    "ban": (
        rf"^{_OPENING}(?:don'?t|do not) (?:write|add|use|create|generate|put|commit|mock|import|log|hardcode|store)"
        r" (?!any\b|it\b|this\b|that\b|these\b|those\b|the\b|your\b|an?\b|new\b|code\b|files?\b)\w+"
        r" (?:for|in|to|into|with|on|without) (?!this\b|that\b|the (?:new|same)\b)\w"
    ),
    "instead": (
        rf"^{_OPENING}(?:let'?s )?use [`\w@./-]+ (?:instead of|and not|not|rather than) [`\w@./-]+"
        r"(?: (?:in|for|across) (?:this|the|our|all) (?:\w+ )?(?:project|repo|repository|codebase|app|service|team))?"
        r"[.!]?$"
    ),
    "not_but": (
        r"^(?:(?:no|nope|wrong),? )?(?:we use|we'?re using|we are using) [`\w@./-]+,? (?:and )?not [`\w@./-]+[.!]?$"
        r"|^(?:no|nope|wrong),? (?:it'?s|it is|(?:the|our|its) (?:\w+ ){1,3}(?:is|are)) [`\w@./-]+,? (?:and )?not"
        r" [`\w@./-]+[.!]?$"
    ),
}
# What speaks against taking a plain form at its word.
_AGAINST = frozenset(
    [
        "c:question_mark",
        "c:opens_as_question",
        "c:asks_about",
        "c:asks_for_something",
        "c:hypothesis",
        "c:condition",
        "c:hedges",
        "c:wonders",
        "c:quotes_speech",
        "c:one_off_scope",
        "c:task_imperative",
        "c:trouble",
        "c:demonstrative_object",
        "c:names_a_place_on_screen",
        "c:past_report",
        "c:getting_trouble",
        "c:everyday_life",
        "c:third_person",
        "c:thanks_or_praise",
        "c:code_words",
    ]
)
PREFIX = "plain:"
"""How the forms are called among other evidence."""

RULES = frozenset(PREFIX + name for name in ("if_you", "ask_first", "keep", "run_when"))
"""Those that are preferences by themselves: no form of a detector hears them."""

_NAMES = frozenset(PREFIX + name for name in PLAIN_FORMS)
# What does not speak against some of them: "the API returns cents" and "never add a field without a comment" talk of
# code and mean it, "can you remember that …?" asks for it.
_OF_CODE_TOO = (
    "units standing_rule always whenever stop ban memory custom instead if_you ask_first keep run_when memory_request"
)
_MEANT_SO = {PREFIX + name: _AGAINST - {"c:code_words"} for name in _OF_CODE_TOO.split()}
_MEANT_SO[PREFIX + "if_you"] -= {"c:condition"}
_MEANT_SO[PREFIX + "run_when"] -= {"c:task_imperative"}
_MEANT_SO[PREFIX + "memory_request"] -= {"c:question_mark", "c:opens_as_question", "c:asks_for_something"}


# So short a phrase holds nothing but itself: "avoid MongoDB", "no longer use Jest".
_BARE_WORDS = 4
_BARE_KINDS = frozenset(
    (
        Kind.SWITCHING,
        Kind.DECIDED_TO_USE,
        Kind.NO_LONGER,
        Kind.NOW_USING,
        Kind.REJECTED_IDEA,
        Kind.EDGE_CASE,
    )
)


def is_bare(detection: Detection) -> bool:
    """Whether somebody said a phrase of a detector, with its slots filled, and nothing else."""
    return bool(detection.slots) and detection.kind in _BARE_KINDS and detection.quote.count(" ") < _BARE_WORDS


def is_plain(names: Collection[str]) -> bool:
    """Whether a statement has a plain form, and nothing in it speaks against taking it at its word.

    Args:
        names: what was heard in it.
    """
    if _NAMES.isdisjoint(names):
        return False
    against = next((against for name, against in _MEANT_SO.items() if name in names), _AGAINST)
    return against.isdisjoint(names)
