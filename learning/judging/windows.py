"""The judge that needs no model: what is plain in a window of exchanges, though no single message says it.

Three things: an error and, in a later message, what fixed it; "the problem was …" after an error; and the same
correction made twice. All of it in the user's own words, and only where the words are plain.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from learnchat.learning.judging.events import CONTENT_LIMIT, Claim, Draft, EventType
from learnchat.learning.judging.judge import Judgement, NoJudgement
from learnchat.learning.judging.reading import Depth, Reading
from learnchat.learning.language.statements import split
from learnchat.learning.language.words import Signature, signature
from learnchat.learning.text import one_line

NAME = "window"
"""What stands as the judge of what was found without a model."""

REPEATED_OVERLAP = 0.5
"""Share of their words that two corrections have in common to be the same one: "no, tabs please" and "I said tabs"
are two thirds; two corrections of different things share a verb at most."""

# Shorter sentences ("no", "that was it") say nothing that can be understood later. Words.
_LEAST_WORDS = 4
# Half of what an event may be long, so that error and fix fit.
_PART_LIMIT = (CONTENT_LIMIT - 20) // 2

_ERROR = re.compile(
    r"\b(?:errors?|exceptions?|traceback|crash(?:es|ed|ing)?|fail(?:s|ed|ing)|broken|breaks|hangs|times? out|timed out|"
    r"segfaults?|deadlocks?|does(?:n't| not) (?:work|build|start|compile|connect|load)|"
    r"won't (?:work|build|start|compile|connect|load)|returns? (?:a )?(?:4\d\d|5\d\d))\b",
    re.IGNORECASE,
)
_FIX = re.compile(
    r"\b(?:(?:was |got |is )?(?:fixed|solved|resolved) (?:it |that |this )?(?:by|with)\b|"
    r"the (?:fix|solution) (?:was|is)\b|"
    r"(?:setting|adding|removing|changing|upgrading|downgrading|pinning|bumping|deleting|clearing|restarting|disabling|"
    r"enabling|increasing|moving|replacing|reinstalling|rebuilding)\b.{3,120}\b(?:fixed|solved|resolved) "
    r"(?:it|that|this|the)\b)",
    re.IGNORECASE,
)
_CAUSE = re.compile(
    r"\b(?:the (?:actual |real |root )?(?:problem|issue|bug|culprit|cause|root cause|reason)|it) "
    r"(?:was|turned out to be|turns out to be)\b(?! (?:fixed|solved|resolved|that bad|not|fine|ok|working)\b)"
    r"|\b(?:turned out|turns out)(?: that)?\b",
    re.IGNORECASE,
)
# "it was" is a cause only right after the error; alone it is any past tense.
_BARE_IT = re.compile(r"\bit was\b", re.IGNORECASE)
_CORRECTION = re.compile(
    r"^(?:no|nope|wrong|again|stop|don'?t|do not|never|not|i (?:already )?(?:said|told you|meant|asked)|"
    r"(?:as|like) i (?:said|told you)|please (?:don'?t|stop|use)|use|we (?:use|don'?t use|never))\b",
    re.IGNORECASE,
)
_OPENING = re.compile(
    r"^(?:(?:no|nope|wrong|again|please|sorry|hey|"
    r"i (?:already )?(?:said|told you|meant|asked)(?: you)?(?: to| for| that)?|(?:as|like) i (?:said|told you))\b"
    r"[\s,:;.!–—-]*)+",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Said:
    """A sentence of the user's."""

    text: str
    message: int
    """The number of its message in the reading."""
    question: bool


class WindowJudge:
    """Reads windows by rules. It takes a few milliseconds and is always there."""

    name = NAME

    async def read(self, reading: Reading) -> Judgement:
        """What is plain in a deep reading; nothing of a single exchange, which the detectors have heard."""
        return Judgement(drafts_of(reading), NAME)

    async def doubts(self, statement: str, message: str) -> bool:
        """Rules have no second opinion.

        Raises:
            NoJudgement: always.
        """
        raise NoJudgement("no model is there to be asked")


def drafts_of(reading: Reading) -> list[Draft]:
    """The events of a reading that are found without a model."""
    if reading.depth is not Depth.DEEP:
        return []
    said = list(_sentences(reading))
    drafts = [*_debugged(said), *_corrected(said)]
    return [draft for draft in drafts if len(draft.content) <= CONTENT_LIMIT]


def _sentences(reading: Reading) -> Iterator[_Said]:
    for number, passage in enumerate(reading.passages, 1):
        if passage.message.role != "user" or not passage.usable:
            continue
        text = passage.text
        for statement in split(text):
            # What is cut in the middle says something else, or nothing.
            if passage.is_cut and statement.end >= len(text):
                continue
            words = text[statement.start : statement.end].strip()
            yield _Said(words, number, statement.ending == "?" or words.endswith("?"))


def _debugged(said: list[_Said]) -> Iterator[Draft]:
    """An error, and in a later sentence what it was or what fixed it."""
    error: _Said | None = None
    for each in said:
        fix = bool(_FIX.search(each.text)) and not each.question
        cause = not fix and not each.question and bool(_CAUSE.search(each.text))
        if cause and _BARE_IT.search(each.text) and error is not None and each.message - error.message > 2:
            cause = False
        if error is not None and each is not error and (fix or cause) and len(each.text.split()) >= _LEAST_WORDS:
            content = f"{_part(error.text)} → {'fix' if fix else 'cause'}: {_part(each.text)}"
            why = "An error, and what fixed it." if fix else "An error, and what it was."
            claims = (Claim(error.text, error.message), Claim(each.text, each.message))
            yield Draft(EventType.DEBUGGING, content, why, claims, keywords=("error",))
            error = None
        elif _ERROR.search(each.text) and not fix and len(each.text.split()) >= _LEAST_WORDS:
            error = each


def _corrected(said: list[_Said]) -> Iterator[Draft]:
    """The same correction in two messages: it was not enough to say it once."""
    earlier: list[tuple[_Said, str, Signature]] = []
    used: set[int] = set()
    for each in said:
        if each.question or not _CORRECTION.match(each.text):
            continue
        core = _OPENING.sub("", each.text).strip()
        mine = signature(core)
        if not mine.stems:
            continue
        for number, (first, first_core, theirs) in enumerate(earlier):
            if number in used or first.message == each.message or not _same(mine, theirs):
                continue
            used.add(number)
            content = max((first_core, core), key=lambda text: len(signature(text).stems))
            if len(content.split()) < 2:
                continue
            claims = (Claim(each.text, each.message), Claim(first.text, first.message))
            yield Draft(EventType.CORRECTION, _sentence(content), "You said it twice.", claims)
            break
        earlier.append((each, core, mine))


def _same(one: Signature, other: Signature) -> bool:
    union = len(one.stems | other.stems)
    shared = len(one.stems & other.stems)
    # "pnpm, not npm" says no other thing than "pnpm".
    alike = one.negated == other.negated or bool(one.sources or other.sources)
    return union > 0 and shared >= REPEATED_OVERLAP * union and alike


def _part(text: str) -> str:
    """One half of an event: a sentence without its full stop, cut at a word where it is long."""
    text = one_line(text).rstrip(".! ")
    if len(text) <= _PART_LIMIT:
        return text
    head, _, _ = text[:_PART_LIMIT].rpartition(" ")
    return f"{head} …"


def _sentence(text: str) -> str:
    text = one_line(text)
    return text[:1].upper() + text[1:]
