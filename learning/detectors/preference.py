"""A standing wish about how work is done: "always …", "never …", "from now on", "I prefer", "you should ask first"."""

from __future__ import annotations

from learnchat.learning.detectors.forms import NOT, FormDetector
from learnchat.learning.kinds import Kind

FORMS = {
    "from_now_on": (
        r"\b(?:from now on|going forward|moving forward|from here on|in (?:the )?future|future sessions|henceforth"
        r"|next time|at all times|in all cases|in general|as a rule|from this point)\b"
    ),
    "always_do": r"(?:^|\b(?:and|you|we|i|please|to|must|should|sure|also|that|it|rule|just|then|always,) )always \w+",
    "never_do": (
        r"(?:^|\b(?:and|you|we|i|please|must|should|to|but|also|rule|that|is|,) )never (?!mind)\w+|\bdo that again\b"
        r"|\bnever (?:ever )?(?:do|use|ask|edit|commit|push|run|ignore|suggest|touch|create|add|change|assume|start"
        r"|make)\b"
    ),
    "every_time": (
        r"\b(?:every time|each time|whenever|any ?time|(?:after|before|on|for|with|in) (?:every|each|any|all)"
        r"|every (?:commit|pr|change|prompt|session|task|feature|file|function|test|step|branch|release|response"
        r"|message))\b"
    ),
    "standing_do_not": (
        rf"^(?:and |also |but |so |please )*{NOT} (?:\w+ ){{0,1}}(?:use|add|create|commit|push|edit|ask|run|start"
        r"|write|put|touch|change|modify|suggest|mention|include|ignore|assume|guess|summari[sz]e|tell|say|talk"
        r"|move on|proceed|continue|delete|install|import|hardcode|treat|requery|repeat|invent|mock|rely|expose|make"
        r"|do)\b"
    ),
    "i_prefer": (
        r"\bi(?:'d| would)? (?:much |really |also |strongly )?(?:prefer|rather|like (?:it when|when|to|the|how)"
        r"|love it when|hate|dislike|always|never|only want|expect|wish)\b"
    ),
    "i_want_you_always": (
        r"\b(?:want|need|expect|like|wish|prefer) you to (?:always|never|ask|stop|not|only|follow|use|explain"
        r"|remember|keep|be|tell|do this|make sure|record|fix)\b|\bi wish you\b"
    ),
    "make_a_rule": (
        r"\b(?:make|create|add|write|update|record|remember|save|put|note|store) (?:\w+ ){0,4}(?:rule|rules|note"
        r"|memory|memories|conventions?|guidelines?|claude\.md|agents\.md|conventions\.md|preference|prompt_history"
        r"|instructions|devlog|changelog)\b|\b(?:rule|rules) (?:that|to|which|is|should|mentions|says?)\b"
        r"|\bmake a note\b|\brecord (?:this|that|all|it)\b"
    ),
    "remember": (
        r"\b(?:remember (?:that|this|to|i|we|it|the|not)|please remember|keep in mind|bear in mind|don'?t forget"
        r"|do not forget|be aware|note that|important:|as a reminder|reminder)\b"
    ),
    "you_should_always": (
        r"\byou (?:should|must|shouldn'?t|need to|have to|may|can'?t|cannot|are not|aren'?t|should not"
        r"|must not) (?:always|never|only|not|ever|be \w+ing|ask|treat|use|prepare|follow|avoid|keep|stop|read|check"
        r"|verify|run|commit|present)\b|\bmust (?:always|never)\b"
    ),
    "only_do_when_told": (
        r"\b(?:only (?:\w+ ){1,4}(?:when|if|after|once) (?:i|we|the user|everything|all)|until (?:i|everything|all"
        r"|we|you)|unless (?:i|there|we|you|explicitly)|without (?:asking|my|me|permission|approval|being)"
        r"|ask me (?:before|first|to|if)|wait for my|confirm(?:ed)? (?:by|with) me|my (?:approval|permission|ok"
        r"|confirmation)|do it yourself|on your own)\b"
    ),
    "you_keep": (
        r"\b(?:you (?:keep|kept|always|constantly|still|again|never) \w+|how many times|i (?:already "
        r"|just )?told you|stop \w+ing|i said (?:i|that|to|no|never|you|we)|as i said|like i said|i (?:don'?t"
        r"|do not) want you)\b"
    ),
    "use_standing": (
        r"^(?:and |also |but |so |please |just |only |always )*(?:use|keep|stick to|follow|prefer|treat|respect"
        r"|adhere to|write|document|record) (?:\w+ ){0,6}(?:always|everywhere|only|whenever|when|for (?:all|every"
        r"|everything|any|the whole|this project|logging|styling|tests|testing)|throughout|across|consistently|style"
        r"|convention|format|conventions|sub-?agents|spaces|tabs|indentation|quotes|naming|names)\b"
    ),
    "make_sure_always": (
        r"\b(?:make sure|ensure|be sure|take care|pay attention) (?:\w+ ){0,6}(?:always|never|every|each|all|any"
        r"|only|own|are using|using|consistent\w*|everything|everywhere|convention|style|own line|directories)\b"
    ),
    "style_nouns": (
        r"\b(?:conventional commits|commit messages?|naming|code style|coding style|style guide|indentation"
        r"|test[- ]driven|tdd|functional programming|best practi[sc]es?|clean code|solid|dry principle|type hints"
        r"|docstrings?|lint\w*|verbose|concise|emojis?|readab\w+|maintainab\w+|simplicity|philosophy|principles?"
        r"|priority)\b"
    ),
    "we_should_must": (
        r"\bwe (?:should|must|need to|have to|shouldn'?t|should not|must not|cannot|can'?t|only|always|never"
        r"|want to) (?:always|never|only|not|avoid|ensure|treat|be|keep|use|have|ever|afford|ignore|rely|test|do"
        r"|focus)\b"
    ),
}

DETECTOR = FormDetector(Kind.PREFERENCE, FORMS)
