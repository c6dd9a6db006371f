"""The forms of an English verb: the tables of the detectors name a verb once and hear it in every tense and person."""

from __future__ import annotations

from functools import cache

from learnchat.learning.language.vocabulary import word_set

_VOWELS = "aeiou"
# base: (past, past participle). What the rules below would spell wrong.
_IRREGULAR = {
    "be": ("was", "been"),
    "become": ("became", "become"),
    "begin": ("began", "begun"),
    "break": ("broke", "broken"),
    "bring": ("brought", "brought"),
    "build": ("built", "built"),
    "choose": ("chose", "chosen"),
    "cut": ("cut", "cut"),
    "do": ("did", "done"),
    "find": ("found", "found"),
    "get": ("got", "gotten"),
    "give": ("gave", "given"),
    "go": ("went", "gone"),
    "have": ("had", "had"),
    "keep": ("kept", "kept"),
    "leave": ("left", "left"),
    "make": ("made", "made"),
    "put": ("put", "put"),
    "rewrite": ("rewrote", "rewritten"),
    "run": ("ran", "run"),
    "say": ("said", "said"),
    "split": ("split", "split"),
    "stick": ("stuck", "stuck"),
    "take": ("took", "taken"),
    "throw": ("threw", "thrown"),
    "write": ("wrote", "written"),
}
# Of one stressed syllable, or stressed on the last: the final consonant is doubled.
_DOUBLED = word_set("drop swap get stop plan cut put run split ship scrap begin sunset")


@cache
def verb_forms(base: str) -> frozenset[str]:
    """All forms of a verb, the base form among them: "drop" gives drop, drops, dropped, dropping.

    "standardise" gives the American spelling too.
    """
    if base.endswith("ise"):
        return _forms(base) | _forms(base[:-3] + "ize")
    return _forms(base)


def _forms(base: str) -> frozenset[str]:
    if base == "be":
        return word_set("be is are am was were been being")
    stem = base[:-1] if base.endswith("e") and not base.endswith("ee") else base
    doubled = base + base[-1] if base in _DOUBLED else stem
    if base.endswith("y") and base[-2] not in _VOWELS:
        third, past = base[:-1] + "ies", base[:-1] + "ied"
    else:
        third = base + ("es" if base.endswith(("s", "x", "z", "ch", "sh", "o")) else "s")
        past = base + "d" if base.endswith("e") else doubled + "ed"
    if base == "have":
        third = "has"
    pasts = _IRREGULAR.get(base, (past,))
    return frozenset((base, third, *pasts, (base if base.endswith("y") else doubled) + "ing"))
