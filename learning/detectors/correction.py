"""What was understood wrongly, put right: "no, it is X", "that's not how", "X is not A but B"."""

from __future__ import annotations

from learnchat.learning.detectors.forms import FormDetector
from learnchat.learning.kinds import Kind

FORMS = {
    "no_it_is": (
        r"^(?:no|nope|wrong|incorrect|not quite|actually)[,.! ]+(?:it|that'?s|this|the|we|you|they|tasks?|a|an|its"
        r"|never|each|\w+ (?:is|are|should)) (?:is|are|should|was|never|always|can|does|use|must|not)?"
    ),
    "that_is_not": (
        r"\b(?:that'?s|that is|this is|it'?s|it is|is|are|was) (?:\w+ )?(?:not (?:how|true|correct|what|right"
        r"|the case|optional|a \w+,? it|an? \w+ but)|incorrect|the opposite|the other way|wrong,)"
    ),
    "not_but": (
        r"\b(?:is|are|be|was|does|means?) not (?:\w+ ){1,6}(?:but|it'?s|it is|rather)\b|\bnot (?:the |a |an |in |by "
        r"|for |through |via |from |just |with )?[`\"\w.-]+(?: [\w`]+){0,3}$|\bbut not\b|\brather by\b"
    ),
    "i_meant_domain": (
        r"\b(?:you misunderst\w+|misunderstanding|i mean(?:t)? (?:that|the|it|by)|by \w+ i mean|when i say"
        r"|what i (?:mean|meant|want(?:ed)?) (?:is|was|by)|let me (?:clarify|explain|be clear)|to be clear|to clarify"
        r"|clarification|you should (?:know|understand|realize))\b"
    ),
}

DETECTOR = FormDetector(Kind.CORRECTION, FORMS)
