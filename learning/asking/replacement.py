"""Whether a new statement says the same as a known one, or contradicts or updates it.

The two answers differ in what a mistake costs. What is "the same" is not asked at all, so it must be the same. What
"replaces" is asked, with the old statement in the toast; the user may keep both. Where neither is plain, the new one is
asked as any other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from learnchat.learning.asking.claims import Claim, canonical, read_claim, same_words
from learnchat.learning.profile.insight import Insight

# As many of all their words in common (Jaccard), as for tombstones.
SAME = 0.8
# What says less than a known statement is known, if that statement is mostly this.
CONTAINED = 0.6
# Two statements that differ in a figure are an update of one when nearly everything else is the same.
UPDATED = 0.75

# What a thing can have one of at a time. "Uses" is not among them: a service uses many things.
_ONE_VALUE = re.compile(
    r"^(?P<subject>.{2,80}?) (?P<verb>is|are|returns?|runs? on|happens? on|lives? in|deploys? to|defaults? to|"
    r"listens? on|is called|is named|go(?:es)? out on|ships? on|starts? on|ends? on|expires? on) (?P<value>.{1,80})$",
    re.I,
)
_DAYS = frozenset(
    canonical(
        "monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays daily "
        "weekly monthly january february april june july august september october november december"
    )
)
_NAMED = re.compile(r"(?:the |a |an |our )?(?:[A-Z`]|\w+[.\d])")
# A number that says which one is meant, not how much: another number is another thing.
_NUMBERED = re.compile(
    r"(?:\b(?:pr|mr|issue|ticket|bug|task|step|option|phase|part|page|line|chapter|sprint|case|item|table|figure|error|code|"
    r"http|status)|#) ?#?\d|\bv\d[\w.]* [a-z]",
    re.I,
)
# What is said along with a name or not, and makes it no other thing.
_GENERIC = canonical("css js nodejs framework library database server cli sdk api tool service")
_REASONS = re.compile(r", | because | since | so that | instead of | rather than | - | — ")
# What a command's option is set to: "-n auto", "--workers=4".
_OPTION = re.compile(r"(?<!\S)`?(--?[a-z][\w-]*)[= ](?![-`])([\w./:]+)", re.I)
_PLAIN_NUMBER = re.compile(r"[\d.,:%]*\d[\w.,:%]*\Z")


def says_the_same(new: str, known: str, *, less: bool = True) -> bool:
    """Whether a known statement says what the new one says, in other words or with a slip of the keyboard.

    Args:
        new: what was heard.
        known: what is known.
        less: also where the new one says a part of it only.
    """
    mine, theirs = read_claim(new), read_claim(known)
    if mine.figures != theirs.figures or mine.negated != theirs.negated or not mine.about:
        return False
    if (mine.left and theirs.left and not mine.left & theirs.left) or mine.left - theirs.left:
        return False
    if bool(mine.left and not mine.used) != bool(theirs.left and not theirs.used):
        # One gives something up, the other takes it.
        return False
    if mine.used & theirs.left:
        return False
    shared = len(same_words(mine.about, theirs.about))
    union = len(mine.about) + len(theirs.about) - shared
    if shared >= SAME * union and (shared > 1 or (mine.takes and theirs.takes) or mine.about == theirs.about):
        return True
    return less and shared == len(mine.about) >= 3 and shared >= CONTAINED * len(theirs.about)


def replaced_by(new: str, known: Iterable[Insight], target: str = "") -> Insight | None:
    """The known insight that a new statement contradicts or updates; None where there is none, or it is not plain.

    Args:
        new: what was heard.
        known: of the same scope, newest first.
        target: what the detector says is taken up instead, if it knows.
    """
    mine = read_claim(new)
    taken = canonical(target) or mine.used
    return next((each for each in known if _is_replaced(new, mine, taken, each.statement)), None)


def _is_replaced(new: str, mine: Claim, taken: frozenset[str], known: str) -> bool:
    theirs = read_claim(known)
    if not (mine.about | mine.left) & (theirs.about | theirs.left):
        return False
    return (
        _leaves_what_was_used(mine, taken, theirs)
        or _takes_what_was_left(mine, taken, theirs)
        # "We went back to npm, pnpm was too slow": why, says nothing of what for.
        or _takes_what_was_left(read_claim(_head(new)), taken, theirs)
        or _updates_a_figure(new, mine, known, theirs)
        or _turns_it_round(mine, theirs)
        or _has_another_value(new, known)
        or _sets_an_option_anew(new, mine, known, theirs)
    )


def _leaves_what_was_used(mine: Claim, taken: frozenset[str], theirs: Claim) -> bool:
    """ "We're switching from Bootstrap to Tailwind", "no longer Bootstrap": and Bootstrap it was."""
    if theirs.negated or not theirs.used or not _names_meet(mine.left, theirs.used) or theirs.used & taken:
        return False
    if not _figures_meet(mine.left, theirs.used):
        return False
    area = mine.area - taken
    if (mine.drops or not mine.used) and area and not theirs.area:
        # "No longer Redis for sessions" leaves Redis for all else.
        return False
    return not area or not theirs.area or bool(area & theirs.area)


def _takes_what_was_left(mine: Claim, taken: frozenset[str], theirs: Claim) -> bool:
    """ "We use Bootstrap after all": and it had been given up."""
    if mine.negated or not taken or not mine.takes or not theirs.left & taken or theirs.used & taken:
        return False
    area = mine.area - taken
    return _figures_meet(theirs.left, taken) and (not area or bool(area & (theirs.area | theirs.left)))


def _updates_a_figure(new: str, mine: Claim, known: str, theirs: Claim) -> bool:
    """The same but for a number: "sessions end after 30 minutes", "… 45 minutes"."""
    changed = mine.figures ^ theirs.figures
    if mine.negated != theirs.negated or not (mine.figures and theirs.figures and changed):
        return False
    if not all(map(_PLAIN_NUMBER.match, changed)) or _NUMBERED.search(new) or _NUMBERED.search(known):
        return False
    return _alike(_without_numbers(mine.about), _without_numbers(theirs.about), UPDATED)


def _turns_it_round(mine: Claim, theirs: Claim) -> bool:
    """The same but for a "not"."""
    if mine.negated == theirs.negated or mine.figures != theirs.figures:
        return False
    return _alike(mine.about | mine.left, theirs.about | theirs.left, SAME)


def _has_another_value(new: str, known: str) -> bool:
    """The same subject with another value of what it can have one of: "the API returns cents", "… dollars"."""
    mine, theirs = _ONE_VALUE.match(_head(new)), _ONE_VALUE.match(_head(known))
    if not mine or not theirs or _is_plain(mine["verb"]) != _is_plain(theirs["verb"]):
        return False
    subject = canonical(mine["subject"])
    if not subject or subject != canonical(theirs["subject"]) or canonical(mine["verb"]) != canonical(theirs["verb"]):
        return False
    value, before = canonical(mine["value"]), canonical(theirs["value"])
    if not value or not before or value & before:
        return False
    if value <= _DAYS and before <= _DAYS:
        return True
    if _is_plain(mine["verb"]):
        # "The API is slow" and "the API is versioned" both hold; "… is Postgres" and "… is MySQL" do not.
        return bool(_NAMED.match(mine["value"]) and _NAMED.match(theirs["value"]))
    return len(value) == len(before) == 1


def _sets_an_option_anew(new: str, mine: Claim, known: str, theirs: Claim) -> bool:
    """The same command with another value of an option: "run pytest -n auto", "… -n 4"."""
    heads = _head(new), _head(known)
    first, second = (dict(_OPTION.findall(head)) for head in heads)
    if mine.negated != theirs.negated or not first or first.keys() != second.keys() or first == second:
        return False
    plain = [canonical(_OPTION.sub(r"\1", head)) for head in heads]
    values = [canonical(value) for options in (first, second) for value in options.values()]
    # A stop word is no value: "-v when it fails".
    return all(values) and plain[0] == plain[1] and len(plain[0]) > 1


def _is_plain(verb: str) -> bool:
    """Whether a verb says no more than that it is so."""
    return verb.lower() in ("is", "are")


def _head(statement: str) -> str:
    """A statement up to what only explains it."""
    return _REASONS.split(statement.strip(" .!"), maxsplit=1)[0]


def _alike(first: frozenset[str], second: frozenset[str], overlap: float) -> bool:
    shared = len(same_words(first, second))
    return shared >= 2 and shared >= overlap * (len(first) + len(second) - shared)


def _names_meet(left: frozenset[str], used: frozenset[str]) -> bool:
    """Whether what is left is what is used: "Bootstrap" is, of "Bootstrap CSS"; "local models" is not, of "models"."""
    mine, theirs = _without_numbers(left), _without_numbers(used)
    return bool(mine & theirs) and mine - _GENERIC <= theirs


def _figures_meet(first: frozenset[str], second: frozenset[str]) -> bool:
    """Python 3.8 is not Python 3.12; without a version any is meant."""
    mine, theirs = first - _without_numbers(first), second - _without_numbers(second)
    return not mine or not theirs or mine <= theirs or theirs <= mine


def _without_numbers(words: frozenset[str]) -> frozenset[str]:
    return frozenset(word for word in words if not any(character.isdigit() for character in word))
