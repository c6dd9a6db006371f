"""Whether a value looks like a secret, or stands for one that is elsewhere."""

from __future__ import annotations

import math
import re
from collections import Counter

from learnchat.learning.language.vocabulary import design_nouns, parts, technologies, word_set

# What stands where a secret will go, or names where it comes from.
PLACEHOLDER = re.compile(
    r"(?:x{3,}|\*{3,}|\.{3}|…|<[^>]*>|\$\{?\w|\{\{|%\w|your|example|changeme|change[_-]me|placeholder|redacted|dummy|"
    r"process\.env|os\.environ|getenv|env\.|secrets?\.|config\.|settings\.|self\.|this\.|vault|none\b|null\b|true\b|false\b|undefined\b)",
    re.IGNORECASE,
)
# Bits per character over a value: English words and identifiers lie around 3, random text of 16 characters above 3.5.
_RANDOM = 3.3
_SEPARATORS = re.compile(r"[-_.:/]")
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\Z", re.IGNORECASE)
# The defaults of databases in examples and local set-ups: known to everybody.
OBVIOUS = word_set("password postgres secret root admin test pass user guest mysql example changeme")
WAYS_TO_KEEP = word_set(
    """
    sha1 sha3 sha256 sha384 sha512 md5 argon2 argon2i argon2d argon2id base64 base58 base32 utf8 utf16 pbkdf2 oauth
    auth0 oauth2 saml2 webauthn fido2 u2f 2fa totp aes128 aes256 rsa2048 rsa4096 hs256
    hs384 hs512 rs256 rs384 rs512 es256 es384 es512 ps256 version2 level2 1password hex16 ed25519
    """
)
# What secrets and the places where they lie are named after, beside technologies and parts of programs: "k8s-secret",
# "s3-prod-bucket". With a digit only what is always written so: people make passwords of words and any digit.
_OF_NAMES = word_set(
    """
    secret secrets credential credentials token tokens key keys keypair cert certs certificate vault store bucket volume
    config configmap manager operator cluster namespace node pod registry proxy gateway app web auth
    prod production staging stage dev test local
    a11y b2b b2c e2e http2 i18n ipv4 ipv6 l10n o11y p2p pkcs12 x509
    """
)
# What follows a password's word and is none: a measure of it, a version, a name in code, a file, an address, a word
# before what HTML writes for a quotation mark, a standard or a ticket.
_MEASURE = (
    r"\d+(?:[-\u2013]\d+)?[-_]?(?:char(?:acter)?|letter|digit|bit|byte|day|hour|min(?:ute)?|second|week|month|year)s?\b.*|"
    r"\d+-?(?:times|factor|fa|st|nd|rd|th|password|zeichen|stellig\w*|tage\w*)\b.*"
)
_VERSION = r"v?\d+(?:\.\w+)+[\w.-]*"
_NAME = r"[a-z]+(?:_[a-z]+)*_\w*|[A-Z]+(?:_[A-Z0-9]+)+"
_FILE = r"[\w.-]+\.(?:[a-z]{1,4}|[a-z]+\d)|[#@/.~-].*"
_MAIL = r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
_ENTITY = r"[A-Za-z.]+&[a-z]+"
# "SHA-256-hashed", "PROJ-1234"
_STANDARD = r"[A-Z]{2,10}-\d{1,6}(?:-[A-Za-z]+)*"
_OF_PASSWORDS = re.compile("|".join((_MEASURE, _VERSION, _NAME, _FILE, _MAIL, _ENTITY, _STANDARD)))
_FILE_OR_ADDRESS = re.compile("|".join((_FILE, _MAIL, _MEASURE, _VERSION)))
# "ABCD-EFGH-1234-5678"
_SERIAL = re.compile(r"(?=[A-Z-]*\d)(?=[\d-]*[A-Z])[A-Z0-9]{4,8}(?:-[A-Z0-9]{4,8}){2,}")
# Where letters turn to digits or back, and small letters to capital ones. A name with two numbers ("s3bucket2") has
# three of the first, and a name in code has humps. Of sixteen letters and digits drawn at random 93 in 100 are
# taken for a machine's, of twelve 63.
_GENERATED = 10
_TURN = re.compile(r"[^\W\d_](?=\d)|\d(?=[^\W\d_])")
_CAPITAL = re.compile(r"[a-z](?=[A-Z])")
_TURNS = 4
# With the hyphen: "11111111-2222-3333-4444-555555555555".
_DIGITS_OF_DUMMIES = 6
# What code calls: "faker.password2()".
_CALL = re.compile(r"[a-z_][\w.]{0,100}\(")
_STRONG_SIGNS = frozenset("!@#$%^&*?+~=§€£|")
# "OAuth2Client", "PasswordHasherV2"
_HUMP = re.compile(r"[a-z0-9][A-Z][a-z]{2}")
_SHORT = re.compile(r"[a-z]{4,16}[0-9!]{1,4}\Z", re.IGNORECASE)


def looks_secret(value: str, *, password: bool, quoted: bool) -> bool:
    """Whether a value that is assigned to a name like `password` or `token` is one itself.

    Args:
        value: what is assigned.
        password: people choose it; else a machine did.
        quoted: it stands in quotes, where no sentence goes on.
    """
    if PLACEHOLDER.search(value) or " " in value or value.lower() in OBVIOUS or _UUID.match(value):
        return False
    kinds = sum(any(test(letter) for letter in value) for test in (str.islower, str.isupper, str.isdigit, _is_sign))
    if password:
        # People choose passwords: two kinds of characters and a digit or a sign tell them from a word. Short ones with
        # a digit are among the commonest (hunter2); what looks like them is how a password is kept (sha256).
        if _SHORT.match(value) and value.lower() not in WAYS_TO_KEEP:
            return True
        return (
            len(value) >= 8
            and kinds >= (2 if quoted else 3)
            and not value.replace("_", "").replace("-", "").isalpha()
            and not _is_name(value)
        )
    # The longest run without separators: `my-kubernetes-secret-1` is a name, `9f8a…` between dashes is not.
    longest = max(_SEPARATORS.split(value), key=len) if value == value.lower() else value
    has_digit = any(letter.isdigit() for letter in longest)
    return len(longest) >= 16 and kinds >= 2 and has_digit and _entropy(longest) >= _RANDOM


def is_called(text: str, start: int) -> bool:
    """Whether the name of a function that is called stands in a text from a place on."""
    return _CALL.match(text, start) is not None


def is_chosen(value: str, *, told: bool) -> bool:
    """Whether a word that stands where people tell a password is one.

    Args:
        value: the word, with the marks that end a clause.
        told: it was announced ("the password is", "use the password"); else it only follows the word.
    """
    value = value.rstrip(".:?…")
    if value.rstrip("!").replace("-", "").isalpha() or "/" in value or "\\" in value or _is_name(value):
        return False
    if PLACEHOLDER.search(value) or value.lower() in OBVIOUS or _UUID.match(value) or _OF_PASSWORDS.fullmatch(value):
        return False
    if not WAYS_TO_KEEP.isdisjoint(re.split(r"[-_.]", value.lower())):
        return False
    has_letter, has_digit = any(map(str.isalpha, value)), any(map(str.isdigit, value))
    signs = not _STRONG_SIGNS.isdisjoint(value)
    if not has_letter or not (has_digit or signs):
        return False
    if told:
        return len(value) >= 6 or bool(_SHORT.match(value))
    return signs and has_digit and len(value) >= 8 and not _HUMP.search(value)


def is_generated(value: str, turns: int = _TURNS) -> bool:
    """Whether a word that stands where people tell a key was made by a machine: letters and digits in turn.

    Args:
        value: the word, with the marks that end a clause.
        turns: how often they do at least.
    """
    value = value.rstrip(".:?!…")
    if PLACEHOLDER.search(value) or _UUID.match(value) or _FILE_OR_ADDRESS.fullmatch(value) or "\\" in value:
        return False
    if _SERIAL.fullmatch(value):
        return True
    if "/" in value and ("." in value or value == value.lower()):
        return False
    longest = max(_SEPARATORS.split(value), key=len)
    if len(longest) >= _GENERATED and _turns(longest) >= turns:
        return True
    return looks_secret(value, password=False, quoted=True)


def _turns(word: str) -> int:
    """How often its letters, digits and capitals take turns. Capitals count where there is a digit and no hump."""
    turns = len(_TURN.findall(word))
    return turns + len(_CAPITAL.findall(word)) if turns and not _HUMP.search(word) else turns


def is_serial(value: str) -> bool:
    """Whether a word is a license's number, in whatever letters: "ab12-cd34-ef56"."""
    return _SERIAL.fullmatch(value.rstrip(".:?!…").upper()) is not None


def is_drawn_uuid(value: str) -> bool:
    """Whether a word is a UUID, and none that stands for one, as that of zeros does."""
    value = value.rstrip(".:?!…")
    return _UUID.match(value) is not None and len(set(value)) > _DIGITS_OF_DUMMIES


def _is_name(value: str) -> bool:
    """Whether it is put together of words that things are named after, as in "k8s-secret"."""
    words = value.split("-")
    return len(words) > 1 and all(map(is_of_names, words))


def is_of_names(word: str) -> bool:
    """Whether things are named after a word: a technology, a part of programs, an environment."""
    return word in _OF_NAMES or word in technologies() or word in parts() or word in design_nouns()


def _is_sign(letter: str) -> bool:
    return not letter.isalnum()


def _entropy(value: str) -> float:
    """Shannon's, in bits per character."""
    return -sum(count / len(value) * math.log2(count / len(value)) for count in Counter(value).values())
