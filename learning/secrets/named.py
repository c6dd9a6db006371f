"""Keys, tokens and secrets that are called so in a sentence: "the stripe key is …", "signing secret: …".

Most keys are no secrets: they find a row, an entry or a translation. So the word before counts ("primary key", "cache
key"), and what stands there must look as if a machine made it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from learnchat.learning.language.vocabulary import word_set
from learnchat.learning.secrets.looks import (
    is_called,
    is_chosen,
    is_drawn_uuid,
    is_generated,
    is_of_names,
    is_serial,
    looks_secret,
)
from learnchat.learning.secrets.wording import LINK, OF_WHAT, VALUE

_NAMED = re.compile(
    r"(?:(?<![a-z])(?:key|token|secret)s?|(?<=api)keys?|schl(?:ü|ue)ssel)(?![a-z0-9_])[\"'`]?(?:"
    + OF_WHAT
    + LINK
    + r"|[ \t]{1,4})"
    + VALUE
)
# The word before, as in "stripe key", "jwt_secret" and "Lizenzschlüssel".
_BREAK = re.compile(r"[\s_\"'`(,;:=-]")
_WITHIN = 36
# They say nothing of what the key is for.
_DETERMINERS = word_set(
    """
    a an the this that these those my our your his her their its new old current same other another real right actual
    live der die das den mein meine unser unsere dein ihr ein eine le la ma mon notre el mi su un una and or is with
    for by of in to from at as get got has have had use using via per no see
    """
)
# Keys of data and of keyboards, public ones, and tokens that are read or turn pages.
_OF_DATA = word_set(
    """
    primary foreign cache sort partition unique composite compound natural surrogate candidate secondary alternate index
    lookup search object dict dictionary map mapping hash set sorted translation i18n message locale query routing route
    row column field record entity event document doc storage localstorage sessionstorage redis memcached s3 bucket file
    path folder image blob artifact registry react list item element node json yaml toml xml config setting settings
    option param parameter property attribute header metadata data state context store label tag flag feature issue
    ticket jira idempotency dedupe deduplication group grouping join shard range business public gpg pgp host any each
    every first second last next previous wrong missing invalid duplicate shortcut hot arrow enter escape tab shift
    control ctrl alt cmd meta function modifier keyboard design color colour theme page cursor continuation pagination
    cancellation unknown unexpected answer error trace span lexer parser csrf etag version build commit primär fremd
    """
)
# Nothing but a secret is called so with "key" or "token": fewer signs of a machine do.
_OF_SERVICES = word_set("api access auth secret client signing encryption webhook bearer stripe openai")
_FEW_TURNS = 2
# What they call a secret has a name: "the kubernetes secret is db-access2".
_KEEPERS = word_set("kubernetes k8s docker swarm sealed external github actions vault doppler")
_LICENSES = word_set("license licence licensing product activation serial registration lizenz licencia licence")


def named_secrets(text: str, folded: str) -> Iterator[tuple[str, int, int]]:
    """What each is called ("key", "token", "secret") and where it stands, in order.

    Args:
        text: as it was written.
        folded: the same in small letters, as long.
    """
    for match in _NAMED.finditer(folded):
        start, end = match.span("value")
        if not is_called(text, start) and _is_told(match, text[start:end]):
            yield next((noun for noun in ("secret", "token") if match[0].startswith(noun)), "key"), start, end


def _is_told(match: re.Match[str], value: str) -> bool:
    # Most of what follows is a word of the sentence.
    if value.isalpha() or (kind := _kind(match)) in _OF_DATA:
        return False
    if kind in _LICENSES and is_serial(value):
        return True
    told = match["link"] is not None
    if kind in _DETERMINERS or not kind:
        # "The key" and "the secret" may be anything: only what is as long as a machine's is one.
        return told and bool(kind) and is_generated(value) and looks_secret(value, password=False, quoted=True)
    if is_generated(value):
        return True
    if told and kind in _OF_SERVICES and (is_generated(value, _FEW_TURNS) or is_drawn_uuid(value)):
        return True
    # People choose secrets, too, that programs sign with.
    return told and match[0].startswith("secret") and kind not in _KEEPERS and _is_chosen_secret(value)


def _kind(match: re.Match[str]) -> str:
    """The word before the noun, nothing where none stands in its line. "The key for the API" is the API's key."""
    before = match.string[max(match.start() - _WITHIN, 0) : match.start()].rstrip(" \t_-")
    word = _BREAK.split(before.removesuffix("'s").removesuffix("’s"))[-1]
    if word in _DETERMINERS and match["of"]:
        return next((one for one in match["of"].split() if one in _OF_SERVICES), word)
    return word


def _is_chosen_secret(value: str) -> bool:
    """Whether people made it up, and it is no name with a number in it: "e2e-test-secret-for-ci"."""
    words = value.lower().rstrip(".:?!…").split("-")
    return is_chosen(value, told=True) and not all(is_of_names(word) or word.isalpha() for word in words)
