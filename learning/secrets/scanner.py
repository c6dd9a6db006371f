"""What is to be saved or exported, looked at for secrets twice: by our own shapes, and by a kept scanner.

The scanner is detect-secrets in the fork that Bridgecrew keeps (`bc-detect-secrets`). Its rules are asked directly, one
text at a time: nothing is verified, so nothing goes over the network, and nothing is written or logged. Importing it
takes 0.08 s: it is loaded when something is first to be saved that could have a secret in it, never on the event loop.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from learnchat.learning.secrets.finding import SecretFound, find_secrets, without_overlaps

if TYPE_CHECKING:
    from detect_secrets.plugins.base import RegexBasedDetector

# Modules of the scanner whose rules know a token by its shape. Left out are those that take what only looks random for
# a secret (entropy, `azure_storage_key`, which takes every sha512 of a lock file), and those that our own rules do with
# an eye for placeholders and well-known defaults (`keyword`, `basic_auth`, `github_token`).
RULES = (
    "artifactory", "aws", "cloudant", "discord", "ibm_cloud_iam", "ibm_cos_hmac", "jwt", "mailchimp", "npm",
    "private_key", "sendgrid", "slack", "softlayer", "square_oauth", "stripe", "twilio",
)  # fmt: skip
# Some of its expressions take a second for 20 KB of one word made for that. A part is as long as no token is.
LIMIT = 4_000
# What each of its rules finds has such a place: a long word, or how one of the few tokens begins that are shorter. Most
# of what is remembered has none. A test makes texts from the rules themselves.
_PLACE = re.compile(r"\S{20}|PRIVATE KEY|AKC|AP[\dA-F]|eyJ|xox", re.IGNORECASE)


@cache
def _rules() -> tuple[RegexBasedDetector, ...]:
    from importlib import import_module

    from detect_secrets.plugins.base import RegexBasedDetector

    modules = [f"detect_secrets.plugins.{name}" for name in RULES]
    for module in modules:
        import_module(module)
    return tuple(rule() for rule in RegexBasedDetector.__subclasses__() if rule.__module__ in modules)


def warm() -> None:
    """Import the scanner, so that the first save need not wait for it. Not on the event loop."""
    _rules()


def find_all_secrets(text: str) -> tuple[SecretFound, ...]:
    """The secrets in a text that is to be saved or exported, in order, without overlaps. 0.3 ms a KB; not for the event
    loop.
    """
    found = list(find_secrets(text))
    if _PLACE.search(text) is None:
        return without_overlaps(found)
    for start in range(0, len(text), LIMIT):
        # Parts overlap, so that none is cut in two.
        part = text[max(start - 1000, 0) : start + LIMIT]
        for rule in _rules():
            for secret in map(str.strip, rule.analyze_string(part)):
                at = text.find(secret)
                if secret and at >= 0:
                    found.append(SecretFound(rule.secret_type, at, at + len(secret)))
    return without_overlaps(found)
