"""Detail of code, data or appearance: what is said there rarely outlives the change."""

from __future__ import annotations

CUES = {
    "code_verb": (
        r"^(?:and |also |then |so |now |please |just )*(?:pass|catch|wrap|return|print|call|consider|insert|iterate"
        r"|align|arrange|center|render|import|expose|append|get|load|save|send|sort|filter|hide|display|highlight"
        r"|populate|link|connect|handle|validate|trigger|launch|research|refer|resolve|rework|raise|throw|parse|loop"
        r"|swap|wire|hook|inline|log|mock|click|select|expand|scroll|resize|shift|extend|mark|assign|initiali[sz]e"
        r"|increment)\b"
    ),
    "backticks": r"`",
    "snake_case": r"(?<=[a-z])_(?=[a-z])",
    "call": r"(?<=\w)\([^)\s]{0,40}\)",
    "file_named": (
        r"(?<=\w)\.(?:py|ts|tsx|js|jsx|go|rs|java|kt|swift|c|cpp|h|css|html|json|ya?ml|toml|md|mdc|sql|sh|jl|ipynb"
        r"|cs|svg|png|log|csv|txt)\b"
    ),
    "line_number": r"\blines? \d+",
    "style_value": r"\b(?:p|m|mb|mt|px|py|gap|text|bg|w|h)-\d+|#[0-9a-f]{6}\b|\d+ ?px\b",
    "code_words": (
        r"\b(?:function|method|class|variable|parameter|param|argument|field|array|dict|struct|enum|boolean|bool"
        r"|string|null|nil|none|undefined|endpoint|route|loop|return|returns|exception|constructor|regex|column|row"
        r"|table|div|prop|props|hook|handler|callback|response|request|payload)\b"
    ),
    "feature_spec": (
        r"\b(?:should|must|needs to|has to|will) (?:\w+ )?(?:show|display|open|close|appear|look|say|print"
        r"|happen when|render|list|include a|have a|have an|contain a|take|accept|return|be (?:able|visible|clickable"
        r"|disabled|red|green|blue|white|black|bigger|smaller|aligned|shown|displayed|sorted|centered))\b"
    ),
    "when_the_user": (
        r"\b(?:when|if|once|after) (?:i|you|we|the user|a user|user|clicking|clicked|selected|it) (?:\w+ )?(?:click"
        r"|press|hover|open|close|select|type|scroll|expand|drag|log|submit|save|run|try|go|add|turn)s?\b"
    ),
    "begins_with_now": r"^(?:now|next|then|first|after that|finally|still)\b",
    "just_happened": (
        r"\b(?:just now|yesterday|today|this morning|a minute ago|earlier|last (?:time|night|commit|change|step"
        r"|message)|you (?:just|already)|i (?:just|already))\b"
    ),
    "swearing": r"\b(?:fuck\w*|wtf|shit|damn|ridiculous|terrible|horrible|stupid|annoying|cheating)\b",
    "as_shown": (
        r"\b(?:as (?:shown|you can see|seen|below|above|follows)|see (?:below|above|here)|here(?:'s| is| are)"
        r"|the following|like this|in the (?:screenshot|image|picture|log|mockup))\b"
    ),
    "compares_with_other": (
        r"\b(?:same (?:as|for|thing|way)|similar to|like (?:the|we|you|it|in)|just like|as (?:the|in the) (?:other"
        r"|original|previous|first)|exactly like)\b"
    ),
}
