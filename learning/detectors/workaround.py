"""How trouble is got round: "the trick is …", "clear the cache, otherwise …"."""

from __future__ import annotations

from learnchat.learning.detectors.forms import FormDetector
from learnchat.learning.kinds import Kind

FORMS = {
    "workaround": (
        r"\b(?:work ?around|the trick|as a fallback|hack|for (?:stable|reliable)|(?:set|run|clear|restart|disable"
        r"|use) .{1,60} (?:otherwise|or else|to avoid|so that|because)|the way (?:around|to) )\b"
    ),
}

DETECTOR = FormDetector(Kind.WORKAROUND, FORMS)
