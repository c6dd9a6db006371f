"""Passwords as people say them: "the admin password for staging is …", "login with admin / …".

What is said of passwords in general is far more common than a password ("it is hashed with bcrypt", "it must be 12
characters"). So a place is nothing yet: what stands there must look like a password besides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from learnchat.learning.secrets.looks import is_called, is_chosen

# All on small letters, with bounded repetitions between blanks: linear. A German compound ends with its word
# ("Datenbankpasswort"); a short word stands alone.
_VALUE = r"[\"'`“„«]?(?P<value>[^\s\"'`“”„«»,;(){}<>\[\]]{5,100})"
_PASSWORD = re.compile(
    r"(?:passw(?:ord|ort|d)s?|passphrase|passcode|kennwort|mot de passe|contrase[ñn]a|(?<![a-z0-9])(?:pwd?|mdp))"
    r"(?![a-z0-9])[\"'`]?(?:"
    # "for the staging server", "auf dem Server"
    r"(?:[ \t]{1,4}(?:for|of|on|to|in|at|there|here|für|fuer|von|vom|zum|zur|auf|im|pour|de|du|sur|para|del|en)"
    r"(?:[ \t]{1,4}[^\s:=]{0,30}[^\s:=,;.!?]){0,5}?)?"
    r"(?P<link>[ \t]{0,4}(?:=>|:=|=|:)[ \t]{0,4}|"
    r"[ \t]{1,4}(?:is|was|will be|(?:changed|set|reset) to|ist|war|lautet|est|es)[ \t]{1,4}"
    r"(?:(?:now|still|currently|just|simply|(?:set|changed|reset) to|jetzt|noch|maintenant|ahora)[ \t]{1,4})?)"
    r"|[ \t]{1,4}(?P<to>to[ \t]{1,4})?)" + _VALUE
)
# Before a password that follows its word at once: "use the password …", "admin, password …", "mit dem Passwort …".
_LED_TO = re.compile(
    r"(?:,|/|&|\b(?:use|using|with|try|enter|mit|nimm|nutze|verwende|avec|utilise|con|usa)"
    r"(?:[ \t]+[\w.-]{1,16}){0,2}|\b(?:user(?:name)?|login|account|benutzer)[ \t:=]+[\w.@-]{1,40})[ \t]*\Z"
)
_LED_WITHIN = 64

_LOGIN = re.compile(
    r"\b(?:log(?:ged)?[ -]?in(?:to)?|logon|cred(?:ential)?s?|zugangsdaten|credenciales)\b"
    r"(?:[ \t]{1,4}[^\s:/]{1,30}){0,5}?"
    r"(?P<link>:[ \t]{0,4}|[ \t]{1,4}(?:with|as|is|are|using|mit|als|sind|avec|con)[ \t]{1,4}|[ \t]{1,4})"
    r"(?P<user>[\w.@+-]{2,40})(?P<between>[ \t]{1,4}/[ \t]{1,4}|[/:])" + _VALUE
)
_PATH_PART = re.compile(r"[a-z-]+\d?", re.IGNORECASE)
_USER = re.compile(r"(?:admin\w*|root|(?:test|demo|dev|super)?user\w*|tester|demo|guest|postgres|[\w.+-]+@[\w.-]+)\Z")


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
        if is_chosen(text[start:end], told=match["link"] is not None or _is_led_to(match)):
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


def _is_led_to(match: re.Match[str]) -> bool:
    before = max(match.start() - _LED_WITHIN, 0)
    return match["to"] is None and _LED_TO.search(match.string, before, match.start()) is not None


def _is_pair(match: re.Match[str], value: str) -> bool:
    """Whether it is a user and a password, and no path: "login with google/…", "the login route is admin/users2"."""
    if match["between"].startswith((" ", "\t")):
        return match["link"].strip() != "" or _USER.match(match["user"]) is not None
    return _USER.match(match["user"]) is not None and (match["between"] == ":" or not _PATH_PART.fullmatch(value))
