"""Passwords as people say them: "the admin password for staging is …", "login with admin / …".

What is said of passwords in general is far more common than a password ("it is hashed with bcrypt", "it must be 12
characters"). So a place is nothing yet: what stands there must look like a password besides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from learnchat.learning.language.vocabulary import word_set
from learnchat.learning.secrets.looks import is_called, is_chosen, is_of_names
from learnchat.learning.secrets.plain_words import may_be_password
from learnchat.learning.secrets.wording import LINK, OF_WHAT, VALUE

# A German compound ends with its word ("Datenbankpasswort"); a short word stands alone.
_PASSWORD = re.compile(
    r"(?:passw(?:ord|ort|d)s?|passphrase|passcode|kennwort|mot de passe|contrase[ñn]a|(?<![a-z0-9])(?:pwd?|mdp))"
    r"(?![a-z0-9])[\"'`]?(?:" + OF_WHAT + LINK + r"|[ \t]{1,4}(?P<to>to[ \t]{1,4})?)" + VALUE
)
# "user kim pass …": "pass" is a password only after a user.
_PASS = re.compile(
    r"\b(?:user(?:name)?|login|account|benutzer)[ \t:=]{1,4}(?P<user>[\w.@+-]{2,40})[ \t]{0,4}[,/;]?[ \t]{0,4}"
    r"(?:(?:and|with|und|mit)[ \t]{1,4})?pass[ \t:=]{1,4}" + VALUE
)
# Whose password it is: before these a plain word may be one, "the sudo password is …".
_OWNER = re.compile(
    r"\b(?:sudo|root|admin|wi-?fi|wlan|vpn|ssh|staging|prod(?:uction)?|db|database|server)(?:'s|’s)?[ \t-]{1,2}\Z"
)
_OWNER_WITHIN = 16
_CLAUSE_END = re.compile(r"[\"'`”“»]?[ \t]*(?:[,;.!?)\n]|\Z)")
# Before a password that follows its word at once: "use the password …", "admin, password …", "mit dem Passwort …".
_LED_TO = re.compile(
    r"(?:,|/|&|\b(?:use|using|with|try|enter|mit|nimm|nutze|verwende|avec|utilise|con|usa)"
    r"(?:[ \t]+[\w.-]{1,16}){0,2}|\b(?:user(?:name)?|login|account|benutzer)[ \t:=]+[\w.@-]{1,40})[ \t]*\Z"
)
_LED_WITHIN = 64

_LOGIN = re.compile(
    r"\b(?P<noun>log(?:ged)?[ -]?in(?:to)?|logon|cred(?:ential)?s?|zugangsdaten|credenciales|basic[ -]auth)\b"
    r"(?:[ \t]{1,4}[^\s:/]{1,30}){0,5}?"
    r"(?P<link>:[ \t]{0,4}|[ \t]{1,4}(?:with|as|is|are|using|mit|als|sind|avec|con)[ \t]{1,4}|[ \t]{1,4})"
    r"\(?(?P<user>[\w.@+-]{2,40})(?P<between>[ \t]{1,4}/[ \t]{1,4}|[/:])" + VALUE
)
# "credentials: kim …"
_CREDENTIALS = re.compile(
    r"\b(?:cred(?:ential)?s|zugangsdaten|credenciales|basic[ -]auth)"
    + OF_WHAT
    + r"(?:[ \t]{0,4}:|[ \t]{1,4}(?:are|sind|son))[ \t]{1,4}(?P<user>[\w.@+-]{2,40})[ \t]{1,4}"
    + VALUE
)
_PATH_PART = re.compile(r"[a-z-]+\d?", re.IGNORECASE)
_USER = re.compile(r"(?:admin\w*|root|(?:test|demo|dev|super)?user\w*|tester|demo|guest|postgres|[\w.+-]+@[\w.-]+)\Z")
# "login left / right2" is a path through a program more often than a password.
_LONG = 8
# What follows "login" and "credentials" at once and is nobody's name.
_NO_USER = word_set(
    """
    see use using in from at on off ask check via are is was the a an and or not no stored kept for with by to of works
    fails broken wrong missing fixed changed moved read load loaded logout signup register tests specs checks
    can could may might must should will would does who that which has have had
    siehe aus im vom von bei
    """
)


def spoken_passwords(text: str, folded: str) -> Iterator[tuple[int, int]]:
    """Where passwords stand that are called so, in order.

    Args:
        text: as it was written.
        folded: the same in small letters, as long.
    """
    for match in _PASSWORD.finditer(folded):
        start, end = match.span("value")
        if is_called(text, start):
            continue
        told = match["link"] is not None
        if is_chosen(text[start:end], told=told or _is_led_to(match)) or (told and _is_plain(match, text[start:end])):
            yield start, end


def spoken_logins(text: str, folded: str) -> Iterator[tuple[int, int]]:
    """Where the passwords of logins stand that are told as a pair ("login with admin / …"), in order.

    Args:
        text: as it was written.
        folded: the same in small letters, as long.
    """
    for match in _LOGIN.finditer(folded):
        start, end = match.span("value")
        if _is_pair(match, text[start:end]) and is_chosen(text[start:end], told=True):
            yield start, end
    for match in _CREDENTIALS.finditer(folded):
        start, end = match.span("value")
        if _is_users(match, text[start:end]) and _CLAUSE_END.match(text, end):
            yield start, end


def spoken_passes(text: str, folded: str) -> Iterator[tuple[int, int]]:
    """Where the passwords stand that follow a user and "pass" ("user kim pass …"), in order.

    Args:
        text: as it was written.
        folded: the same in small letters, as long.
    """
    for match in _PASS.finditer(folded):
        start, end = match.span("value")
        if _is_users(match, text[start:end]):
            yield start, end


def _is_led_to(match: re.Match[str]) -> bool:
    before = max(match.start() - _LED_WITHIN, 0)
    return match["to"] is None and _LED_TO.search(match.string, before, match.start()) is not None


def _is_plain(match: re.Match[str], value: str) -> bool:
    """Whether it is a password without a digit: it is said whose it is, and nothing is said after it."""
    start, string = match.start(), match.string
    if not match["of"] and not _OWNER.search(string, max(start - _OWNER_WITHIN, 0), start):
        return False
    return may_be_password(value) and _CLAUSE_END.match(string, match.end()) is not None


def _is_pair(match: re.Match[str], value: str) -> bool:
    """Whether it is a user and a password, and no path: "login with google/…", "the login route is admin/users2"."""
    is_usual = _USER.match(match["user"]) is not None
    if match["between"] == "/":
        return is_usual and not _PATH_PART.fullmatch(value)
    if is_usual or (match["between"] != ":" and match["link"].strip() != ""):
        return True
    at_once = match.end("noun") == match.start("link") or not match["noun"].startswith("log")
    return at_once and _is_users(match, value)


def _is_users(match: re.Match[str], value: str) -> bool:
    """Whether the word before may be a user's name, and the value the password."""
    user, word = match["user"], value.lower().rstrip(".:?!…0123456789")
    if user in _NO_USER or is_of_names(user) or is_of_names(word):
        return False
    return len(value) >= _LONG and is_chosen(value, told=True)
