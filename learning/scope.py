"""Where a statement holds: in this project, or wherever its user works."""

from __future__ import annotations

import re

from learnchat.learning.kinds import Scope

# "Everywhere" said in so many words, or a sentence about the user. No more than that: a fact of one project that is
# recalled in all of them does harm, the other way round it only waits to be moved.
_EVERYWHERE = re.compile(
    r"\b(?:in|for|on|across) (?:all|every|each|any) (?:of )?(?:(?:my|our) )?(?:projects?|repos?|repositor(?:y|ies))\b"
    r"|\bno matter (?:which|what) (?:project|repo)\b|\bregardless of (?:the )?(?:project|repo)\b"
    r"|\bglobal(?:ly)? (?:rule|preference)\b|\beverywhere I work\b",
    re.IGNORECASE,
)
_ABOUT_ME = re.compile(
    r"\bI\s+(?:always|never|usually|generally|prefer|like|love|hate|dislike)\b"
    r"|\bI(?:'m|’m| am)\s+(?:a|an|always|not\s+(?:a|an)|colou?r[- ]?blind|left-handed|new to)\b"
    r"|\bmy\s+(?:name|editor|terminal|shell|laptop|machine|keyboard|time\s?zone|preference|favou?rite|email)\b",
    re.IGNORECASE,
)


def scope_of(statement: str) -> Scope:
    """Personal when a sentence is about its user or says that it holds everywhere; else the project's."""
    if _EVERYWHERE.search(statement) or _ABOUT_ME.search(statement):
        return Scope.PERSONAL
    return Scope.PROJECT
