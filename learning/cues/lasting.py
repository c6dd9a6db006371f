"""What lasts: rules, choices, facts about the project, causes. These speak for asking."""

from __future__ import annotations

_NOUNS_OF_THE_PROJECT = (
    r"project|repo|repository|codebase|app|application|package|library|product|service|system|team|company"
    r"|product|tool|mod|game|website|site|server|database|db|api|backend|frontend|language|framework|environment"
    r"|plugin|extension|module"
)

CUES = {
    "from_now_on": (
        r"\b(?:from now on|going forward|moving forward|from here on|in (?:the )?future|henceforth|from this point"
        r"|every time|each time|whenever|any ?time|all future|next time|in general|as a rule|by default)\b"
    ),
    "always": r"\balways\b",
    "never": r"\bnever\b",
    "only": r"\bonly\b",
    "must": r"\b(?:must|have to|has to|shall|required to|mandatory|needs? to be)\b",
    "should_be": (
        r"\b(?:should|shouldn't|should not|shall) (?:\w+ ){0,2}(?:be|have|use|always|never|not|only|follow|live|go"
        r"|happen|treat|return|contain|support|handle|include|do|remain|stay|default|work|mean|match)\b"
    ),
    "should_not": (
        r"\b(?:should not|shouldn't|must not|mustn't|may not|cannot|can't|can not) (?:be|have|use|do|ever|need|rely"
        r"|assume|edit|change|depend|access|see|mix)\b"
    ),
    "every": r"\b(?:every|each|all|any|everything|everywhere|anything|across|throughout|entire|whole)\b",
    "remember": (
        r"\b(?:remember|note that|keep in mind|be aware|fyi|for your information|bear in mind|don't forget"
        r"|do not forget|make a note|take note|for the record|important)\b"
    ),
    "record_a_rule": (
        r"\b(?:rule|rules|convention|conventions|guidelines?|policy|principle|philosophy|standard|memory|memories"
        r"|record|document(?:ation)?|conventions\.md|claude\.md|agents\.md|adr)\b"
    ),
    "make_sure": (
        r"\b(?:make sure|ensure|be sure|be careful|take care|pay attention|refrain|strictly|exclusively"
        r"|at all times)\b"
    ),
    "do_not": r"^(?:please )?(?:don't|dont|do not|avoid|stop|no|never|not|without)\b",
    "we_do_not": (
        r"\b(?:we|i|users?|they) (?:don't|dont|do not|won't|will not|shouldn't|should not|can't|cannot"
        r"|never) (?:\w+ ){0,1}(?:want|need|like|use|have|support|do|care|ever|allow|require|expect|rely|get|know"
        r"|see)\b"
    ),
    "i_want_it_so": (
        r"\b(?:i|we) (?:want|wanted|like|prefer|expect|love|hate|would like|would prefer|'d prefer|'d rather"
        r"|would rather|wish)\b(?! (?:you )?to (?:see|know|check|understand|add|fix|make|test|try))"
    ),
    "prefer": (
        r"\b(?:prefer(?:s|red|ably|ence)?|rather (?:than|not|have|use)|instead of|intead of|in favou?r of|over the"
        r"|as opposed to|not the|better to|best to|i'd rather)\b"
    ),
    "we_use": (
        r"\b(?:we|i|it|project|app|they|team|you|repo|which|that|cli|command|code|server|client) (?:\w+ ){0,1}(?:use"
        r"|uses|are using|is using|'re using|using|run|runs|rely|relies|deploy|deploys|host|store|stores|keep|support"
        r"|supports|require|requires)\b"
    ),
    "use_something": r"\buse (?:the |a |an |our )?[`@\w]",
    "instead": r"\binstead\b",
    "no_longer": (
        r"\b(?:no longer|not anymore|any ?more|used to|deprecated|legacy|obsolete|outdated|removed|abandon(?:ed"
        r"|ing)?|dropp?(?:ed|ing)|gone|retire[sd]?|got rid of|get rid of|sunset)\b"
    ),
    "switching": (
        r"\b(?:switch(?:ed|ing)?|migrat(?:e|ed|ing|ion)|moved?|moving|pivot(?:ed|ing)?|convert(?:ed|ing)?|rewrit\w+"
        r"|port(?:ed|ing)?|replac(?:e|ed|ing)|rename[d]?|renaming|chang(?:e|ed|ing)) (?:\w+ ){0,4}(?:to|from|with"
        r"|into|away|by|over|in)\b"
    ),
    "decided": (
        r"\b(?:decided|decide|decision|chose|chosen|choose|picked|agreed|settled|final(?:ly|ized)?|going with"
        r"|go with|go for|gone with|opted|will be|we'll|we will|approve[d]?|convinced|recommend(?:ed|ation)?|option"
        r"|approach)\b"
    ),
    "rejected": (
        r"\b(?:don't want|do not want|dont want|not want|not something we want|no need|not needed|don't need"
        r"|do not need|dont need|doesn't need|against|reject(?:ed)?|ruled out|bad (?:idea|design)|not (?:acceptable"
        r"|allowed|generali[sz]able)|don't like|do not like|dont like|out of scope|overkill|unnecessary|hate"
        r"|forbidden|prohibited)\b"
    ),
    "correction": (
        r"^(?:no|nope|wrong|incorrect|that's not|that is not|this is not|not )\b|\b(?:that's not|that is not"
        r"|not correct|incorrect|not true|misunderst\w+|i said|i told|i already|i meant|you keep|you kept|you still"
        r"|opposite|not what i|as i said|i never)\b"
    ),
    "is_not_but": (
        r"\b(?:is|are|was|does|do|should) ?(?:not|n't) (?:\w+ ){1,6}(?:but|it's|its|it is|rather|instead)\b"
        r"|, not (?:the|a|an|by|in|for|from|just|with|our)\b|\bnot (?:\w+ ){1,3}but\b"
    ),
    "cause": (
        r"\b(?:because|because of|since|due to|caused by|the cause|root cause|reason|therefore|turns out|turned out"
        r"|it's because|this is because|leads? to|results? in|so that|otherwise)\b"
    ),
    "goal": (
        r"\b(?:the (?:end )?goal|the (?:whole )?(?:point|idea|purpose|aim|intent(?:ion)?|philosophy)|our goal"
        r"|my goal|aims? (?:to|at)|end goal|the main (?:feature|goal|idea)|meant to|supposed to|intended to"
        r"|designed to|by design|intentional(?:ly)?|source of truth)\b"
    ),
    "project_is": (
        rf"\b(?:this|the|our|my|that) (?:\w+ ){{0,2}}(?:{_NOUNS_OF_THE_PROJECT}) (?:is|are|was|will|uses?|runs?|has"
        r"|have|only|does|doesn't|should|must|needs?|can|can't|provides?|returns?|supports?|serves?|generates?"
        r"|requires?)\b"
    ),
    "this_is_a": (
        r"\b(?:this|it|that|here|these|they) (?:is|are|'s|is just|is only) (?:a|an|the|our|my|my own|not a|for|where"
        r"|how|why|intentional\w*)\b"
    ),
    "our_or_my": r"\b(?:our|my) \w",
    "user_is": (
        r"\b(?:i am|i'm|im|my name|my (?:\w+ ){0,2}is|i work|i have|i only have|i dont have|i don't have|i live"
        r"|i own|i use|we are a|we're a|we have|our (?:\w+ ){0,2}(?:is|are))\b"
    ),
    "users_do": (
        r"\b(?:users?|customers?|clients?|people|everyone|developers?|admins?|agents?|players?) (?:can|cannot|can't"
        r"|should|must|need|will|are|have|only|don't|do not|may|shouldn't|just|who)\b"
    ),
    "lives_where": (
        r"\b(?:lives? in|located (?:in|at)|stored (?:in|at|as)|hosted (?:on|at)|deployed (?:to|on|at)|runs? (?:on|in"
        r"|at)|running on|is (?:in|at|under|on)|are (?:in|at|under)|found (?:in|at)|points? to|based on|built (?:with"
        r"|on)|written in|made (?:with|in)|can be found|goes? (?:in|to|into))\b"
    ),
    "definition": (
        r"\b(?:means?|meaning|refers? to|called|known as|defined as|stands for|equivalent to|same as|corresponds? to"
        r"|i\.e|namely|should be called|named?|name (?:is|will be|should be))\b"
    ),
    "structure": (
        r"\b(?:structure|architecture|layer|module|interface|component|schema|design|pattern|format|directory|folder"
        r"|workflow|pipeline|protocol|contract|separate|separation|abstraction|internal|generic|declarative|stateless"
        r"|hierarchy|domain|data model|api)\b"
    ),
    "capability": (
        r"\b(?:doesn't support|does not support|can't handle|cannot|can't|only works?|won't work|will not work"
        r"|doesn't work (?:with|on|in|because|when)|only (?:supports?|allows?|accepts?)|is not (?:supported|available"
        r"|possible)|not able to|impossible|limit(?:ed|ation|s)?|set in stone|guaranteed?|not reliable|verified)\b"
    ),
    "workaround": (
        r"\b(?:work ?around|trick|hack|fallback|as a fix|the fix is|fixed (?:by|it by)|the way to"
        r"|you can (?:just )?(?:use|run|ssh|do|access|find|call)|you just|need to run|have to run|to run it|to test"
        r"|to build|to deploy|to start|run using|run with|instead run)\b"
    ),
    "procedure": (
        r"\b(?:first (?:\w+ ){0,8}then|before (?:\w+ing|every|each|any|you commit|committing|pushing|merging)"
        r"|after (?:every|each|you|any|\w+ing)|when(?:ever)? (?:you|we|fixing|creating|adding|making|writing|working"
        r"|running|testing|using|orchestrating)|step by step|each commit|every commit|until (?:everything|all|i)"
        r"|unless (?:i|you|there))\b"
    ),
    "performance": (
        r"\b(?:slow|latency|performance|fast(?:er)?|memory|timeouts?|expensive|seconds|ms|cache[ds]?|bottleneck"
        r"|overhead)\b"
    ),
    "tech_stack": (
        r"\b(?:stack|framework|postgres\w*|sqlite|supabase|react|next\.?js|typescript|python|rust|golang|docker"
        r"|tailwind|fastapi|django|flask|node|bun|pnpm|npm|yarn|redis|aws|cloudflare|github|kubernetes|firebase"
        r"|mongodb|mysql|graphql|vite|vue|svelte|arduino|esp32|swift|kotlin|julia|pytest|jest|eslint|prettier|mui|css"
        r"|sql)\b"
    ),
    "told_before": (
        r"\b(?:i (?:already |just )?(?:told|said|asked|mentioned|explained)|again|how many times|once again"
        r"|as (?:i )?(?:said|mentioned)|stop (?:\w+ing))\b"
    ),
    "intensity": (
        r"!{1,}|\b(?:definitely|absolutely|strictly|really|very|exactly|ever|period|critical|important|do not"
        r"|under no)\b"
    ),
    "fine_by_me": (
        r"\b(?:that's fine|is fine|it's fine|it's ok|is ok|okay to|don't care|doesn't matter|no need for|not need"
        r"|no backwards?|backwards? compat\w*)\b"
    ),
    "contrast": r"\b(?:but|however|although|though|whereas|while|except|other than|rather than|unlike)\b",
}
