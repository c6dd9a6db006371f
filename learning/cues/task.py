"""Work to be done once, a go-ahead, a place on one screen: what is over when it is done."""

from __future__ import annotations

# Verbs that order a piece of work: at the start of a statement they make it a task.
_TASK_VERBS = (
    r"add|adjust|analy[sz]e|apply|attach|build|bump|change|check|clean|close|commit|compare|complete|continue"
    r"|convert|copy|create|debug|delete|deploy|describe|do|draft|edit|enable|explain|extract|figure|fill|find"
    r"|finish|fix|generate|give|go|help|implement|improve|include|increase|inspect|install|investigate|list|look"
    r"|make|merge|modify|move|open|plan|provide|pull|push|put|read|rebase|redo|refactor|remove|rename|repeat"
    r"|replace|report|reset|restore|retry|revert|review|rewrite|run|scan|search|see|set|show|simplify|split"
    r"|squash|start|stop|submit|suggest|summari[sz]e|switch|take|tell|test|tidy|try|turn|undo|update|upgrade"
    r"|verify|write"
)

CUES = {
    "task_imperative": (
        rf"^(?:{_TASK_VERBS})\b(?! (?:sure|not|never|it a|this a|that a|an? (?:rule|note|convention)|\w+ing\b))"
    ),
    "task_then_task": rf"\b(?:and|then|,) (?:then )?(?:{_TASK_VERBS})\b",
    "wants_you_to": r"\b(?:want|need|like) you to\b",
    "wants_to_do": r"\b(?:i|we) (?:want|need|would like|'d like) to\b|\bi'd like to\b",
    "let_us": r"^(?:let's|lets|let us)\b",
    "let_us_go_with": (
        r"\b(?:let's|lets|let us) (?:go (?:with|for)|use|stick|stay|keep|continue (?:using|with)|do (?:option"
        r"|approach)|make it|call|rename|not|only|drop|ditch|remove|avoid|switch|move|just use)\b"
    ),
    "demonstrative_object": (
        r"\b(?:this|that|these|those) (?:file|page|button|section|line|test|function|method|error|bug|issue|branch"
        r"|pr|commit|change|task|screen|component|code|one|part|message|plan|field|table|column|thing|class|step"
        r"|command|image|screenshot)\b"
    ),
    "names_a_place_on_screen": (
        r"\b(?:button|icon|header|footer|sidebar|page|screen|tooltip|scroll\w*|font|colou?r|padding|margin|width"
        r"|height|pixels?|px|align\w*|cent(?:er|re)\w*|layout|modal|dropdown|cursor|image|card|row|column|(?:to|on|at"
        r"|in) the (?:left|right|top|bottom))\b"
    ),
    "one_off_scope": (
        r"\b(?:for now|right now|this time|just this|for this|in this (?:file|pr|commit|branch|case|session|change"
        r"|task)|at the moment|temporar\w*|first(?:ly)?,|next|today|tomorrow|currently|yet|later|again|quickly)\b"
    ),
    "do_not_do_yet": (
        r"\b(?:don't|do not) (?:\w+ ){0,2}(?:yet|anything|code|now|write|edit|change|make any|touch|implement|start"
        r"|worry)\b|\bbefore (?:you|we) (?:start|begin|do|edit|write|implement)\b"
    ),
    "work_flow": (
        r"\b(?:commit|push|merge|pull request|pr|branch|rebase|staged?|stash|cherry-pick|deploy|lint|typecheck"
        r"|tests?)\b"
    ),
    "go_ahead": (
        r"\b(?:go ahead|proceed|continue|carry on|do it|do that|keep going|next step|approved|implement (?:it|this"
        r"|that|the plan)|start (?:with|on)|try again|retry)\b"
    ),
    "see_reference": (
        r"@\w[\w./-]+|https?://|\bsee (?:the )?(?:screenshot|image|attached|below|above|file)\b|\battached\b"
        r"|\bscreenshot\b|\bfollowing\b"
    ),
    "numbers_a_ticket": r"#\d+|\btask ?#?\d+|\b(?:phase|step|slice|part|stage|milestone|point|q|item) ?#?\d+\b",
}
