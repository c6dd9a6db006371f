"""Statements about a whole class of things, about life at large, about how the assistant is to work."""

from __future__ import annotations

CUES = {
    "plural_subject": (
        r"^(?:all |our |the |any |every )?(?:\w+ )?\w{3,}s (?:are|should|must|never|always|go|live|need|can|have|may"
        r"|will|don'?t|cannot|can'?t|belong|contain|use|only|run|start|end|shouldn'?t)\b"
    ),
    "name_is_the": (
        r"^(?:the |our )?[\w`./-]+(?: [\w`./-]+)? (?:is|isn't|is not) (?:only|just|always|never|not|our|my|the|a|an"
        r"|for|on|in|called|used|written|based|hosted|stored)\b"
    ),
    "purpose": (
        r"\b(?:so that|in order to|the reason|because|since we|that's why|which is why|to avoid|to prevent"
        r"|for the sake of|due to|this way)\b"
    ),
    "at_all_times": (
        r"\b(?:100%|no exceptions?|in all cases|under any|at all|period|ever|no matter|regardless|anywhere|anymore"
        r"|by default|for all|for every|for any|for each)\b"
    ),
    "everyday_life": (
        r"\b(?:mom|mum|dad|kids?|child(?:ren)?|son|daughter|sister|brother|wife|husband|girlfriend|boyfriend|family"
        r"|families|friends?|grandma|grandpa|parents?|dogs?|cats?|pupp(?:y|ies)|pets?|birthday|christmas|wedding"
        r"|vacation|trip|beach|park|garden|hiking|camping|cooking|baking|recipe|dinner|lunch|breakfast|coffee|dance"
        r"|dancing|painting|guitar|concert|movie|novel|yoga|gym|marathon|soccer|football|basketball|church|school"
        r"|college|charity|volunteer\w*|shelter|community|life|lives|dreams?|love[ds]?|loving|happy|happiness|joy|fun"
        r"|amazing|wonderful|beautiful|proud|grateful|feelings?|feels?|heart|hope|memories|weekend|summer|winter"
        r"|yourself|each other|together|passion|inspir\w+|support(?:ive)? (?:each|you|from))\b"
    ),
    "our_domain": (
        r"\b(?:philosophy|principle|concept|convention|protocol|vision|product|business|customers?|users|team"
        r"|company|clients|production|staging|release|mvp|v\d|version|license|legacy|budget)\b"
    ),
    "environment": (
        r"\b(?:server|machine|laptop|mac|macos|windows|linux|wsl|docker|container|cluster|vm|gpu|localhost|port|ssh"
        r"|vpn|domain|url|account|username|api key|credentials|env|environment|shell|terminal|ide|editor|browser"
        r"|deployment|deployed|hosted|installed|ci)\b"
    ),
    "agent_conduct": (
        r"\b(?:ask me|asking me|tell me (?:when|if|before)|without asking|on your own|your own|by yourself|yourself"
        r"|confirm|permission|approval|my (?:ok|permission|approval|consent)|sub-?agents?|commit messages?|summar(?:y"
        r"|ies|ize)|verbose|concise|assume|assumptions|guess|make (?:things|stuff) up|emoji\w*|apologi[sz]\w*"
        r"|be honest|push back)\b"
    ),
    "contrast_choice": (
        r"\b(?:instead of|rather than|not (?:the|a|an|via|through|by|with|using|in|from)|over|as opposed to"
        r"|in favou?r of|but not|only|no need)\b"
    ),
    "want_negated": (
        r"\b(?:don'?t|do not|never|not|didn'?t) (?:\w+ )?(?:want|need|like|care|use|allow|support|expect)\b"
    ),
}
