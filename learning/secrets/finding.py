"""Finds keys, tokens and passwords by their shapes. Well under a millisecond, on every message; never logs a match.

The shapes of services' tokens are in `shapes`, passwords as people say them in `spoken`, keys in `named`; here is what
goes by names: assignments, addresses, headers. What only looks random (git hashes, UUIDs, versions, base64 images) is
no secret: an assignment of a name like `password` is needed to make it one. What is to be saved or exported passes
`scanner` besides.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from operator import attrgetter

from learnchat.learning.language.slips import in_small_letters
from learnchat.learning.secrets.looks import OBVIOUS, PLACEHOLDER, is_called, is_chosen, looks_secret
from learnchat.learning.secrets.named import named_secrets
from learnchat.learning.secrets.shapes import SHAPES
from learnchat.learning.secrets.spoken import spoken_logins, spoken_passes, spoken_passwords


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
    r"[ \t]{0,4}(?:=>|:=|=|:|\b(is)\b)[ \t]{0,4}"
    r"(?:\"([^\"\n]{6,200})\"|'([^'\n]{6,200})'|`([^`\n]{6,200})`|([^\s\"'`,;(){}<>\[\]]{6,200}))"
)


def find_secrets(text: str) -> tuple[SecretFound, ...]:
    """The secrets in a text, in order, without overlaps. Linear in its length."""
    found = _tokens(text)
    if "://" in text:
        for match in _ADDRESS.finditer(text):
            if not PLACEHOLDER.search(match[1]) and match[1].lower() not in OBVIOUS:
                found.append(SecretFound("password in an address", *match.span()))
    if "-u" in text:
        for match in _LOGIN.finditer(text):
            if looks_secret(match[1], password=True, quoted=True):
                found.append(SecretFound("password in a command", *match.span()))
    folded = in_small_letters(text)
    if "bearer" in folded or "authorization" in folded:
        for match in _BEARER.finditer(text):
            if not PLACEHOLDER.search(match[1]) and any(letter.isdigit() for letter in match[1]):
                found.append(SecretFound("authorization header", *match.span()))
    # One after the other: to go through a table of them costs as much as the looking.
    told = "pass" in folded and any(cue in folded for cue in _PASSWORDS)
    told = told or "pw" in folded or "kennwort" in folded or "contrase" in folded
    logged = "log" in folded and any(cue in folded for cue in _LOGINS)
    credentials = "cred" in folded or "zugangsd" in folded
    named = "secret" in folded or "token" in folded or "key" in folded
    if told or credentials or named:
        found += _assignments(text, folded)
    if named or "schl" in folded:
        found += [SecretFound(*one) for one in named_secrets(text, folded)]
    if "pass" in folded and any(cue in folded for cue in _USERS):
        found += [SecretFound("password", *place) for place in spoken_passes(text, folded)]
    if told:
        found += [SecretFound("password", *place) for place in spoken_passwords(text, folded)]
    if logged or credentials or "basic auth" in folded or "basic-auth" in folded:
        found += _logins(text, folded)
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


def masked_places(places: Iterable[tuple[int, int]], secrets: Sequence[SecretFound]) -> tuple[tuple[int, int], ...]:
    """Where places of a text stand in what `masked` makes of it. What holds a part of a secret holds all of its name.

    Args:
        places: start and end of each, in order and apart.
        secrets: as `find_secrets` gives them.
    """
    moved: list[int] = []
    passed = shift = 0
    for number, offset in enumerate(chain.from_iterable(places)):
        while passed < len(secrets) and secrets[passed].end <= offset:
            shift += _growth(secrets[passed])
            passed += 1
        if passed < len(secrets) and (one := secrets[passed]).start < offset:
            is_end = number % 2
            offset = one.end + _growth(one) if is_end else one.start
        moved.append(offset + shift)
    return tuple(zip(moved[::2], moved[1::2], strict=True))


def _growth(secret: SecretFound) -> int:
    """By how much a text grows where the secret's name takes its place."""
    return len(f"[{secret.name}]") - (secret.end - secret.start)


def is_touched(secrets: Sequence[SecretFound], start: int, end: int) -> bool:
    """Whether a part of a secret stands between two offsets: such words are not repeated, printed or kept.

    Args:
        secrets: as `find_secrets` gives them, in order and without overlaps.
        start: of the words.
        end: after them.
    """
    before = bisect_left(secrets, end, key=attrgetter("start"))
    return before > 0 and secrets[before - 1].end > start


_UNQUOTED = 5
_PASSWORDS = ("passw", "passphrase", "passcode", "passe")
_USERS = ("user", "login", "account", "benutzer")
_LOGINS = ("login", "log in", "log-in", "logged in", "logon")


def _tokens(text: str) -> list[SecretFound]:
    """The keys and tokens that services give out."""
    searched = [word for word in text.split() if len(word) >= _SHORTEST_TOKEN]
    if "-----BEGIN" in text or "SSWS" in text:
        searched += [cue for cue in _WITH_BLANKS if cue in text]
    if not searched:
        return []
    long_words = " ".join(searched)
    shapes = [shape for cue, shape in _SHAPE_CUES if cue in long_words]
    return [
        SecretFound(shape.name, *match.span())
        for shape in dict.fromkeys(shapes)
        # Many a path has one of the cues: the whole text is searched for what is in its long words only.
        if shape.pattern.search(long_words) or not _WITH_BLANKS.isdisjoint(shape.cues)
        for match in shape.pattern.finditer(text)
        if not _is_dummy(match[0])
    ]


def _assignments(text: str, folded: str) -> list[SecretFound]:
    found = []
    for match in _ASSIGNMENT.finditer(folded):
        group = match.lastindex or 0
        value = text[match.start(group) : match.end(group)]
        is_password = match[0].startswith(("pass", "pwd"))
        quoted = group < _UNQUOTED
        if not looks_secret(value, password=is_password, quoted=quoted):
            continue
        if not quoted and is_called(text, match.start(group)):
            continue
        # After "is" a sentence may go on: "the password is base64-encoded".
        if not (is_password and match[1]) or is_chosen(value, told=True):
            found.append(SecretFound("password" if is_password else "secret in an assignment", *match.span()))
    return found


def _logins(text: str, folded: str) -> list[SecretFound]:
    found = [SecretFound("password", *place) for place in spoken_logins(text, folded)]
    if "login" in folded:
        for match in _NETRC.finditer(text):
            if looks_secret(match[1], password=True, quoted=True):
                found.append(SecretFound("password in a .netrc", *match.span()))
    return found


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
