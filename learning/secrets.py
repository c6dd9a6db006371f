"""Finds keys, tokens and passwords by their shapes. Well under a millisecond, on every message; never logs a match.

The shapes are those the services document or that open rule sets (gitleaks, GitHub's secret scanning) agree on.
What only looks random (git hashes, UUIDs, versions, base64 images) is no secret: an assignment of a name like
`password` is needed to make it one.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter

from learnchat.learning.vocabulary import word_set


@dataclass(frozen=True, slots=True)
class SecretFound:
    """A secret's place. Its text is not kept."""

    name: str
    """What it is: "GitHub token"."""
    start: int
    end: int
    """Offsets into the text, in characters."""


# Names of groups are turned into what people read by `_name`. Every alternative begins with fixed characters and has
# bounded repetitions, so that searching is linear.
_TOKENS = re.compile(
    r"(?<![A-Za-z0-9])(?:"
    r"(?P<AWS_access_key>(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16})(?![A-Za-z0-9])"
    r"|(?P<GitHub_token>gh[pousr]_[A-Za-z0-9]{36,255}|github_pat_[A-Za-z0-9_]{50,255})"
    r"|(?P<GitLab_token>gl(?:pat|dt|rt|cbt|ptt|ft|soat|agent|imt)-[A-Za-z0-9_-]{20,255})"
    r"|(?P<Slack_token>xox[abeoprs]-[A-Za-z0-9-]{10,255}|xapp-\d-[A-Za-z0-9-]{10,255})"
    r"|(?P<Slack_webhook>hooks\.slack\.com/(?:services|workflows)/[A-Za-z0-9/+]{20,120})"
    r"|(?P<Stripe_key>(?:sk|rk)_(?:live|test|prod)_[A-Za-z0-9]{10,247}|whsec_[A-Za-z0-9+/]{24,120})"
    r"|(?P<Anthropic_key>sk-ant-[A-Za-z0-9_-]{20,255})"
    r"|(?P<OpenAI_key>sk-(?:proj|svcacct|admin|or-v1|None)-[A-Za-z0-9_-]{20,255}"
    r"|sk-[A-Za-z0-9]{20}T3BlbkFJ[A-Za-z0-9]{20}|sk-[A-Za-z0-9]{32,64}(?![A-Za-z0-9_-]))"
    r"|(?P<Google_key>AIza[A-Za-z0-9_-]{35}(?![A-Za-z0-9_-])|GOCSPX-[A-Za-z0-9_-]{28}|ya29\.[A-Za-z0-9_-]{20,500})"
    r"|(?P<npm_token>npm_[A-Za-z0-9]{36}(?![A-Za-z0-9]))"
    r"|(?P<PyPI_token>pypi-[A-Za-z0-9_-]{50,500})"
    r"|(?P<Hugging_Face_token>hf_[A-Za-z]{34}(?![A-Za-z]))"
    r"|(?P<SendGrid_key>SG\.[A-Za-z0-9_-]{16,32}\.[A-Za-z0-9_-]{16,64})"
    r"|(?P<Twilio_key>SK[0-9a-f]{32}(?![0-9a-zA-Z]))"
    r"|(?P<DigitalOcean_token>do[opr]_v1_[0-9a-f]{64})"
    r"|(?P<Groq_key>gsk_[A-Za-z0-9]{40,60})"
    r"|(?P<xAI_key>xai-[A-Za-z0-9]{60,100})"
    r"|(?P<Databricks_token>dapi[0-9a-f]{32}(?![0-9a-zA-Z]))"
    r"|(?P<Docker_token>dckr_pat_[A-Za-z0-9_-]{20,60})"
    r"|(?P<Linear_key>lin_api_[A-Za-z0-9]{32,60})"
    r"|(?P<Notion_token>ntn_[A-Za-z0-9]{40,60})"
    r"|(?P<Telegram_token>\d{8,10}:AA[A-Za-z0-9_-]{32,34}(?![A-Za-z0-9_-]))"
    r"|(?P<JSON_web_token>eyJ[A-Za-z0-9_-]{10,2000}\.eyJ[A-Za-z0-9_-]{10,4000}\.[A-Za-z0-9_-]{10,2000})"
    r")"
)
# One of these is in each of the tokens. Looking for them is thirty times faster than the expression.
_TOKEN_CUES = word_set(
    """
    AKIA ASIA ABIA ACCA ghp_ gho_ ghu_ ghs_ ghr_ github_pat_ glpat- gldt- glrt- glcbt- glptt- glft- glsoat- glagent-
    glimt- xox xapp- hooks.slack sk_ rk_ whsec_ sk- AIza GOCSPX- ya29. npm_ pypi- hf_ SG. SK dop_v1_ doo_v1_ dor_v1_
    gsk_ xai- dapi dckr_pat_ lin_api_ ntn_ :AA eyJ
    """
)
_PRIVATE_KEY = re.compile(r"-----BEGIN (?:[A-Z0-9]{1,20} ){0,3}PRIVATE KEY(?: BLOCK)?-----")
_BEARER = re.compile(
    r"\b(?:authorization[\"']?[ \t]*[:=][ \t]*[\"']?(?:bearer|basic|token)|bearer)[ \t]+([A-Za-z0-9_.~+/=-]{16,2000})",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"\b[a-z][a-z0-9+.-]{1,30}://[^\s:/@\"'`<>]{0,80}:([^\s/@\"'`<>]{3,200})@", re.IGNORECASE)
_LOGIN = re.compile(r"(?:-u|--user)[ =][\"']?[\w.@-]{1,64}:([^\s\"':]{6,200})")
_ASSIGNMENT = re.compile(
    r"(?:password|passwd|passphrase|pwd|secret|token|api[_-]?key|access[_-]?key|auth[_-]?key|private[_-]?key|"
    r"client[_-]?secret|credential|encryption[_-]?key|account[_-]?key)s?"
    r"(?:[_-](?:key|id|token|value|prod|production|dev|staging|test|base|hash))?[\"'`]?"
    r"[ \t]{0,4}(?:=>|:=|=|:|\bis\b)[ \t]{0,4}"
    r"(?:\"([^\"\n]{6,200})\"|'([^'\n]{6,200})'|`([^`\n]{6,200})`|([^\s\"'`,;(){}<>\[\]]{6,200}))",
    re.IGNORECASE,
)
# What stands where a secret will go, or names where it comes from.
_PLACEHOLDER = re.compile(
    r"(?:x{3,}|\*{3,}|\.{3}|…|<[^>]*>|\$\{?\w|\{\{|%\w|your|example|changeme|change[_-]me|placeholder|redacted|dummy|"
    r"process\.env|os\.environ|getenv|env\.|secrets?\.|config\.|settings\.|self\.|this\.|vault|none\b|null\b|true\b|false\b|undefined\b)",
    re.IGNORECASE,
)
# Bits per character over a value: English words and identifiers lie around 3, random text of 16 characters above 3.5.
_RANDOM = 3.3
_SEPARATORS = re.compile(r"[-_.:/]")
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\Z", re.IGNORECASE)


def find_secrets(text: str) -> tuple[SecretFound, ...]:
    """The secrets in a text, in order, without overlaps. Linear in its length."""
    found: list[SecretFound] = []
    if any(cue in text for cue in _TOKEN_CUES):
        found += [SecretFound(_name(match.lastgroup), *match.span()) for match in _TOKENS.finditer(text)]
    if "-----BEGIN" in text:
        found += [SecretFound("private key", *match.span()) for match in _PRIVATE_KEY.finditer(text)]
    if "://" in text:
        for match in _ADDRESS.finditer(text):
            if not _PLACEHOLDER.search(match[1]) and match[1].lower() not in _OBVIOUS:
                found.append(SecretFound("password in an address", *match.span()))
    if " -u" in text or "--user" in text:
        for match in _LOGIN.finditer(text):
            if _looks_secret(match[1], password=True, quoted=True):
                found.append(SecretFound("password in a command", *match.span()))
    folded = text.lower()
    if "bearer" in folded or "authorization" in folded:
        for match in _BEARER.finditer(text):
            if not _PLACEHOLDER.search(match[1]) and any(letter.isdigit() for letter in match[1]):
                found.append(SecretFound("authorization header", *match.span()))
    if any(cue in folded for cue in _CUES):
        found += _assignments(text)
    return _without_overlaps(found)


def is_touched(secrets: Sequence[SecretFound], start: int, end: int) -> bool:
    """Whether a part of a secret stands between two offsets: such words are not repeated, printed or kept.

    Args:
        secrets: as `find_secrets` gives them, in order and without overlaps.
        start: of the words.
        end: after them.
    """
    before = bisect_left(secrets, end, key=attrgetter("start"))
    return before > 0 and secrets[before - 1].end > start


# The defaults of databases in examples and local set-ups: known to everybody.
_OBVIOUS = word_set("password postgres secret root admin test pass user guest mysql example changeme")
_CUES = ("passw", "passphrase", "pwd", "secret", "token", "key", "credential")


def _assignments(text: str) -> list[SecretFound]:
    found = []
    for match in _ASSIGNMENT.finditer(text):
        quoted = match[1] or match[2] or match[3]
        value = quoted or match[4]
        name = match[0][: match.start(match.lastindex or 0) - match.start()].lower()
        is_password = name.startswith("pass") or name.startswith("pwd")
        if _looks_secret(value, password=is_password, quoted=bool(quoted)):
            found.append(SecretFound("password" if is_password else "secret in an assignment", *match.span()))
    return found


def _looks_secret(value: str, *, password: bool, quoted: bool) -> bool:
    if _PLACEHOLDER.search(value) or " " in value or value.lower() in _OBVIOUS or _UUID.match(value):
        return False
    kinds = sum(any(test(letter) for letter in value) for test in (str.islower, str.isupper, str.isdigit, _is_sign))
    if password:
        # People choose passwords: two kinds of characters and a digit or a sign tell them from a word.
        return (
            len(value) >= 8 and kinds >= (2 if quoted else 3) and not value.replace("_", "").replace("-", "").isalpha()
        )
    # The longest run without separators: `my-kubernetes-secret-1` is a name, `9f8a…` between dashes is not.
    longest = max(_SEPARATORS.split(value), key=len) if value == value.lower() else value
    has_digit = any(letter.isdigit() for letter in longest)
    return len(longest) >= 16 and kinds >= 2 and has_digit and _entropy(longest) >= _RANDOM


def _is_sign(letter: str) -> bool:
    return not letter.isalnum()


def _entropy(value: str) -> float:
    """Shannon's, in bits per character."""
    return -sum(count / len(value) * math.log2(count / len(value)) for count in Counter(value).values())


def _name(group: str | None) -> str:
    return (group or "").replace("_", " ")


def _without_overlaps(found: list[SecretFound]) -> tuple[SecretFound, ...]:
    kept: list[SecretFound] = []
    for one in sorted(found, key=lambda secret: (secret.start, -secret.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return tuple(kept)
