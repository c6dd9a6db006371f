"""What is so: about the project, its users and team, its environment, what X returns and where Y lives."""

from __future__ import annotations

from learnchat.learning.detectors.forms import THING, FormDetector
from learnchat.learning.kinds import Kind

FORMS = {
    "x_not_y": (
        r"\b(?:is|are|returns?|gives?|means|in|uses?|takes|expects|sends"
        r"|called) (?:\w+ ){1,4}?,? ?(?:and )?not (?:a |an |the |in |by )?[\w-]+[.!]?$|\b(?:is|are|returns?|called"
        r"|uses?) \w+, not \w+"
    ),
    "units": (
        r"\b(?:is|are|returns?|in|stored|given|comes?) (?:as |in )?(?:cents|utc|seconds|milliseconds|ms|bytes|pixels"
        r"|metres|meters|miles|celsius|fahrenheit|euros?|dollars|percent|iso|json|xml|utf-?8|lower ?case"
        r"|upper ?case)\b"
    ),
    "goal_is": (
        r"\b(?:goal|point|purpose|aim|idea|intent(?:ion)?|philosophy|vision|mission|objective|motivation|key|trick"
        r"|rule|reason|requirement|use case|benefit|plan) (?:\w+ ){0,4}(?:is|was|are|of this|of the|behind|here|:)"
    ),
    "my_is": r"\b(?:my|our) (?:\w+ ){0,3}(?:is|are|runs?|has|have|uses?|lives?|was)\b",
    "i_am_have": (
        r"^(?:and |also |so |btw |but )*(?:i am an?|i'?m an?|i'?m (?:on|using|running|the|working|new)|i am (?:the"
        r"|on|using|running|not|working)|i (?:only |don'?t |do not |also )?have (?:a|an|no|access|two|only|to|my)"
        r"|i own|i work (?:on|at|with|for|alone)|i use|i run)\b"
    ),
    "x_is_the_y": (
        rf"^{THING} (?:is|are|will be|isn'?t|aren'?t) (?:the|a|an|our|my|in|at|on|under|for|where|located|hosted"
        r"|stored|based|called|used|not|only|always|gitignored|local|already|meant|supposed|responsible|generated"
        r"|similar|specific|expected|independent|intentionally|locally|defined|composed)\b"
    ),
    "equals_value": (
        r"^[`\"]?[a-z_][\w_]{2,40}[`\"]? ?= ?\S{3,}$|\b(?:url|id|port|host|path|email|username|user|account|key"
        r"|token|endpoint|address|domain|bucket|region) (?:is|for \w+ is|=|:) ?\S+"
    ),
    "this_is_a": (
        r"\b(?:this|it|that) (?:is|will be|was)(?: just| only| basically| mainly)? (?:an?|our|my"
        r"|the) (?:\w+[ -]){0,4}(?:project|tool|app|server|webserver|prototype|experiment|library|repo|product|system"
        r"|game|service|site|package|script|file|folder|database|convention|requirement|url|key|id|branch|fork|mod"
        r"|simulator|plugin|framework|language|place|research|model|core)\b"
    ),
    "hosted_on": (
        r"\b(?:hosted|deployed|running|runs|installed|located|stored|lives?|served|published|available) (?:locally"
        r"|on|in|at|under|with|as|via|to|inside)\b"
    ),
    "users_are": (
        r"\b(?:users?|customers?|clients?|people|admins?|players?|teachers|developers?|members?|visitors?|owners?"
        r"|the agent|agents) (?:\w+ ){0,2}(?:are|is|can|can'?t|cannot|should|must|will|need|only|have|has|don'?t|want"
        r"|may|get|cannot|usually|always|never|just)\b"
    ),
    "there_is_only": (
        r"\b(?:there (?:is|are|'s|should be) (?:only|no|two|three|exactly|some|a lot|many|one)|the only (?:one|way"
        r"|user|person|thing|place|reason)|i am the only|we only have|only one)\b"
    ),
    "means": (
        r"\b(?:means?|refers? to|stands for|equivalent to|the same as|corresponds? to|known as|is (?:for|like"
        r"|basically|just|essentially|called|defined)|should be like|analog(?:y|ous)|by \w+ i)\b"
    ),
    "returns": (
        r"\b(?:api|endpoint|function|method|server|command|service|library|sdk|engine|field|column|table|file|tool"
        r"|script|device|client|cli|value|class|key|page|app|system|game|database|bot|model|mod|package"
        r"|format) (?:\w+ ){0,2}(?:returns?|is|are|has|contains?|gives?|expects?|accepts?|provides?|supports?|stores?"
        r"|requires?|allows?|needs?|lives?|serves?|comes|changes?|controls?|uses?|handles?|means|works|does|doesn'?t"
        r"|can|can'?t|cannot|only|must|will|always|never|produces?|runs?|reads?|writes?)\b"
    ),
    "based_on": (
        r"\b(?:based on|part of|belongs? to|comes from|derived from|depends? on|relies on|compatible with"
        r"|specific to|gitignored|version(?:ed)? |maintained by|responsible for)\b"
    ),
    "i_renamed_moved": (
        r"^(?:and |also |so |btw )*(?:i|we)(?:'ve| have)?(?: also| just| now)? (?:moved|renamed|migrated|switched"
        r"|changed|pivoted|created|set up|installed|bought|upgraded) (?:\w+ ){0,6}(?:to|from|into|on|in|for|called)\b"
    ),
}

# What has no form at all is called a fact if the gate finds it worth asking about.
DETECTOR = FormDetector(Kind.FACT, FORMS, nameless=True)
