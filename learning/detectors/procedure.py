"""How things are done here: how to run, build, test, release; what to do when."""

from __future__ import annotations

from learnchat.learning.detectors.forms import THING, FormDetector
from learnchat.learning.kinds import Kind

FORMS = {
    "you_can_run": (
        r"\byou (?:can|could|should|need to|have to|must|may)(?: just| also| simply| only)? (?:use|run|ssh|find"
        r"|access|call|connect|reach|execute|start|test|log ?in|rebuild|restart)\b|\byou just (?:should|need|have to"
        r"|run)\b|\bjust run\b|\brun (?:it |them |tests |everything )?(?:using|with|via|through|inside|from)\b"
    ),
    "to_do_x": (
        r"\b(?:to|in order to) (?:build|deploy|release|run|test|start|debug|publish|install|reset|connect|generate"
        r"|update|log ?in|check|access)(?: \w+){0,5},? (?:you|use|run|just|we|do|first|call|go|execute|need)\b"
        r"|\b(?:is|are) (?:where|how) (?:it|we|you|the|they)\b|\bneed to use\b"
    ),
    "tests_run": (
        r"\b(?:tests?|builds?|deploys?|deployments?|releases?|migrations?|backups?|docs|commits?) (?:are|is|run|runs"
        r"|happen|happens|should|must|go|goes) \w+"
    ),
    "use_when": rf"\buse {THING} (?:when|for|to|if|whenever|while)\b|\busing {THING} when\b",
    "when_do": (
        r"^(?:and |also |rule: )*(?:when|whenever|if) (?:you |we |i )?(?:\w+ing|need|want|create|add|fix|write|run"
        r"|commit|change|update|in doubt|working|a |an |the |something |there|you)\b.{0,80}[, ](?:always|never|first"
        r"|use|ask|do|don'?t|run|prefer|check|you (?:should|must)|we (?:should|must))\b"
    ),
}

DETECTOR = FormDetector(Kind.PROCEDURE, FORMS)
