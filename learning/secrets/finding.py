"""Finds keys, tokens and passwords by their shapes. Well under a millisecond, on every message; never logs a match.

The shapes of services' tokens are in `secret_shapes`; here is what goes by names: passwords, assignments, addresses.
What only looks random (git hashes, UUIDs, versions, base64 images) is no secret: an assignment of a name like
`password` is needed to make it one. What is to be saved or exported passes `secret_scanner` besides.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter

from learnchat.learning.language.slips import in_small_letters
from learnchat.learning.language.vocabulary import word_set
from learnchat.learning.secrets.shapes import SHAPES


@dataclass(frozen=True, slots=True)
class SecretFound:
    """A secret's place. Its text is not kept."""

    name: str
    """What it is: "GitHub token"."""
    start: int
    end: int
    """Offsets into the text, in characters."""


# Flat, because this is looked through for every message.
_SHAPE_CUES = [(cue, shape) for shape in SHAPES for cue in shape.cues]
# The shortest token of all shapes is Slack's. Most messages have no word as long, or few: only those are searched for
# the cues of shapes. A private key and Okta's token have blanks in them.
_SHORTEST_TOKEN = 15
_WITH_BLANKS = frozenset(["-----BEGIN", "SSWS"])
_BEARER = re.compile(
    r"\b(?:authorization[\"']?[ \t]*[:=][ \t]*[\"']?(?:bearer|basic|token)|bearer)[ \t]+([A-Za-z0-9_.~+/=-]{16,2000})",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"\b[a-z][a-z0-9+.-]{1,30}://[^\s:/@\"'`<>]{0,80}:([^\s/@\"'`<>]{3,200})@", re.IGNORECASE)
_NETRC = re.compile(r"\blogin[ \t]{1,4}\S{1,64}[ \t]{1,4}password[ \t]{1,4}(\S{6,200})", re.IGNORECASE)
_LOGIN = re.compile(r"(?:-u|--user)[ =][\"']?[\w.@-]{1,64}:([^\s\"':]{6,200})")
# On small letters: to ignore the case costs four times as much.
_ASSIGNMENT = re.compile(
    r"(?:password|passwd|passphrase|pwd|secret|token|api[_-]?key|access[_-]?key|auth[_-]?key|private[_-]?key|"
    r"client[_-]?secret|credential|encryption[_-]?key|account[_-]?key)s?"
    r"(?:[_-](?:key|id|token|value|prod|production|dev|staging|test|base|hash))?[\"'`]?"
    r"[ \t]{0,4}(?:=>|:=|=|:|\bis\b)[ \t]{0,4}"
    r"(?:\"([^\"\n]{6,200})\"|'([^'\n]{6,200})'|`([^`\n]{6,200})`|([^\s\"'`,;(){}<>\[\]]{6,200}))"
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
    searched = [word for word in text.split() if len(word) >= _SHORTEST_TOKEN]
    searched += [cue for cue in _WITH_BLANKS if cue in text]
    long_words = " ".join(searched)
    shapes = [shape for cue, shape in _SHAPE_CUES if cue in long_words] if long_words else []
    found = [
        SecretFound(shape.name, *match.span())
        for shape in dict.fromkeys(shapes)
        # Many a path has one of the cues: the whole text is searched for what is in its long words only.
        if shape.pattern.search(long_words) or not _WITH_BLANKS.isdisjoint(shape.cues)
        for match in shape.pattern.finditer(text)
        if not _is_dummy(match[0])
    ]
    if "://" in text:
        for match in _ADDRESS.finditer(text):
            if not _PLACEHOLDER.search(match[1]) and match[1].lower() not in _OBVIOUS:
                found.append(SecretFound("password in an address", *match.span()))
    if " -u" in text or "--user" in text:
        for match in _LOGIN.finditer(text):
            if _looks_secret(match[1], password=True, quoted=True):
                found.append(SecretFound("password in a command", *match.span()))
    folded = in_small_letters(text)
    if "login" in folded:
        for match in _NETRC.finditer(text):
            if _looks_secret(match[1], password=True, quoted=True):
                found.append(SecretFound("password in a .netrc", *match.span()))
    if "bearer" in folded or "authorization" in folded:
        for match in _BEARER.finditer(text):
            if not _PLACEHOLDER.search(match[1]) and any(letter.isdigit() for letter in match[1]):
                found.append(SecretFound("authorization header", *match.span()))
    if any(cue in folded for cue in _CUES):
        found += _assignments(text, folded)
    return without_overlaps(found)


def masked(text: str, secrets: Sequence[SecretFound]) -> str:
    """The text with the name of each secret in its place: what may be written down.

    Args:
        text: that they were found in.
        secrets: as `find_secrets` gives them.
    """
    for one in reversed(secrets):
        text = f"{text[: one.start]}[{one.name}]{text[one.end :]}"
    return text


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
_WAYS_TO_KEEP = word_set("sha256 sha384 sha512 argon2 argon2i argon2d argon2id base64 pbkdf2 oauth2 version2 level2")
_SHORT = re.compile(r"[a-z]{4,16}[0-9!]{1,4}\Z", re.IGNORECASE)
_UNQUOTED = 4
_CUES = ("passw", "passphrase", "pwd", "secret", "token", "key", "credential")


def _assignments(text: str, folded: str) -> list[SecretFound]:
    found = []
    for match in _ASSIGNMENT.finditer(folded):
        group = match.lastindex or 0
        value = text[match.start(group) : match.end(group)]
        is_password = match[0].startswith(("pass", "pwd"))
        if _looks_secret(value, password=is_password, quoted=group < _UNQUOTED):
            found.append(SecretFound("password" if is_password else "secret in an assignment", *match.span()))
    return found


def _looks_secret(value: str, *, password: bool, quoted: bool) -> bool:
    if _PLACEHOLDER.search(value) or " " in value or value.lower() in _OBVIOUS or _UUID.match(value):
        return False
    kinds = sum(any(test(letter) for letter in value) for test in (str.islower, str.isupper, str.isdigit, _is_sign))
    if password:
        # People choose passwords: two kinds of characters and a digit or a sign tell them from a word. Short ones with
        # a digit are among the commonest (hunter2); what looks like them is how a password is kept (sha256).
        if _SHORT.match(value) and value.lower() not in _WAYS_TO_KEEP:
            return True
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


def _is_dummy(token: str) -> bool:
    """Whether it stands for a token in a text about tokens: "ghp_xxxxxxxxxxxx"."""
    return not token.startswith("-") and len(set(token[-12:].lower())) < 4


def without_overlaps(found: list[SecretFound]) -> tuple[SecretFound, ...]:
    """In order; of two that overlap the one that begins first, or is longer."""
    kept: list[SecretFound] = []
    for one in sorted(found, key=lambda secret: (secret.start, -secret.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return tuple(kept)
