"""What stands around words and takes their weight: questions, negations, conditions, doubts, quotations.

"We are switching to Vue" is worth asking about; "are we …", "we are not …", "if we …", "maybe we …" and "he said we …"
hold the same words and are not. The reading is by clause: a question at the end of a sentence leaves the
statement before it alone ("We moved to pnpm, can you update the README?").
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from itertools import pairwise

from learnchat.learning.language.filler import FILLER, trimmed_start
from learnchat.learning.language.statements import Statement, Word
from learnchat.learning.language.vocabulary import word_set


class Mark(Enum):
    """Why words were not taken as said. The value completes the sentence "not asked: it …"."""

    QUOTED = "is quoted"
    QUESTION = "is a question"
    CONDITION = "is a condition, or depends on one"
    NEGATION = "is negated"
    DOUBT = "is considered, not decided"
    REPORTED = "is what somebody else said"
    ASSISTANT = "is about what the assistant did"
    TASK = "is a task for now"
    PASSING = "holds for the moment only"
    TROUBLE = "reports what goes wrong"


# The tables of English. A clause is what stands between these marks and conjunctions.
_BOUNDARY_MARKS = frozenset(",;:—–-()")
_CONJUNCTIONS = word_set("so but because since and then therefore while although though as that")
_SUBJECTS = word_set(
    """
    we i we're we've we'll we'd i'm i've i'll i'd they they're they've team everyone everybody he she project plan
    decision let's lets us company organisation organization
    """
)
_ASSISTANT = word_set("you you're you've you'll you'd u copilot cursor claude chatgpt gpt agent assistant")
_AUXILIARIES = word_set(
    """
    are is was were do does did have has can could should would will shall am may might aren't isn't wasn't
    weren't don't doesn't didn't haven't hasn't can't couldn't shouldn't wouldn't won't
    """
)
_AFTER_AUXILIARY = word_set(
    """
    we i you they it he she the this that these those our my your there a an any anyone everyone someone u
    """
)
_QUESTION_WORDS = word_set("what why how who which where whose what's how's who's whats wdyt")
_INDIRECT = frozenset(["whether", "why", "how", "where", "what"])
_AFTER_THAT = word_set("that's thats is was this that reason")
_CONDITIONS = word_set("if unless whether suppose supposing assuming assume provided imagine pretend lest")
_HARMLESS_AFTER_IF = word_set("possible needed necessary any at applicable so not required")
_NEGATIONS = word_set(
    """
    not never no cannot without neither nor hardly rather nobody none don't doesn't didn't aren't isn't wasn't
    weren't haven't hasn't hadn't won't wouldn't can't couldn't shouldn't ain't dont doesnt didnt arent isnt wasnt
    havent hasnt wont cant couldnt instead against refuse refused
    """
)
_DOUBTS = word_set(
    """
    might may maybe perhaps can could would possibly considering consider considered thinking wondering wonder
    hypothetically tempted debating evaluating exploring discussed discussing proposed propose proposing suggest
    hoping hope wish wished theoretically potentially imagine unsure thoughts opinions try tries tried trying
    """
)
# "I would like to switch" is as good as "I want to".
_WISHES = (["like"], ["love"], ["prefer"])
_REPORTS = word_set(
    """
    said says saying claims claimed suggests suggested recommends recommended wrote mentions mentioned reads
    states according argues thinks believes told asks asked heard rumour rumor example e.g
    """
)
_JUDGEMENTS = word_set("is isn't was wasn't would wouldn't will won't could might may should makes")
_CHECKS = word_set("ensure verify check confirm assert sure")
# "for now" is not among them: what people decide for now mostly stays.
_WISHES_OF_IT = word_set("want need sure ensure should must")
_PASSING = frozenset(["temporarily", "experimentally"])
_PASSING_PAIRS = frozenset(
    [("for", "testing"), ("to", "test"), ("an", "experiment"), ("the", "moment"), ("just", "testing")]
)
_REQUESTS = word_set("please pls plz")
# What may stand between a statement and the request after it.
_BETWEEN = (FILLER | _BOUNDARY_MARKS) - _REQUESTS


def statement_end(statement: Statement, after: int) -> int:
    """Where the statement ends that reaches to word `after`: before a request or a question that follows in it."""
    words = statement.words
    for position in range(after, len(words) - 1):
        if words[position].lower in _BOUNDARY_MARKS or words[position].lower in ("so", "and", "but"):
            opener = position + 1
            while opener < len(words) - 1 and words[opener].lower in _BETWEEN:
                opener += 1
            if _opens_question(words, opener) or words[opener].lower in _REQUESTS:
                return position
    return len(words)


def _opens_question(words: Sequence[Word], position: int) -> bool:
    if position >= len(words):
        return False
    lower = words[position].lower
    if lower in _QUESTION_WORDS or (lower == "right" and position + 2 >= len(words)):
        return True
    following = words[position + 1].lower if position + 1 < len(words) else ""
    return lower in _AUXILIARIES and following in _AFTER_AUXILIARY


def objection(statement: Statement, first: int, last: int, *, general: bool, task: bool) -> Mark | None:
    """Why what stands in `words[first:last]` of a statement was not simply said; None when it was.

    Args:
        statement: the sentence.
        first: index of the first word that was heard.
        last: index after the last one.
        general: it may hold under conditions and be put mildly, as a warning or a refusal does ("I would avoid …").
        task: what was heard is an order ("replace X with Y") if nobody is said to do it.
    """
    words = statement.words
    if words[first].quoted:
        return Mark.QUOTED
    opening = trimmed_start(statement.lowers)
    clause = _clause_start(words, first)
    before = [word.lower for word in words[clause:first]]
    if _is_asked(statement, opening, first, last, before):
        return Mark.QUESTION
    if _is_conditional(words, first, last, general):
        return Mark.CONDITION
    if not _NEGATIONS.isdisjoint(before) and not (general and "rather" in before):
        return Mark.NEGATION
    if _is_reported(words, first):
        return Mark.REPORTED
    if not general and (_is_doubted(before) or _is_supposed(words, first, last, clause)):
        return Mark.DOUBT
    if not general and _subject(words, clause, first) in _ASSISTANT:
        return Mark.ASSISTANT
    if _is_passing(words):
        return Mark.PASSING
    if not _CHECKS.isdisjoint(before) or (task and not _subject(words, clause, first)):
        return Mark.TASK
    return None


def is_told(statement: Statement, first: int) -> bool:
    """Whether what begins at `words[first]` is what the assistant is told to do: "make sure you are using".

    It neither says that so it is, nor that it is not: a standing rule may well be put so.
    """
    words = statement.words
    clause = _clause_start(words, first)
    wished = not _WISHES_OF_IT.isdisjoint([word.lower for word in words[clause:first]])
    return wished and _subject(words, clause, first) in _ASSISTANT


def _clause_start(words: Sequence[Word], first: int) -> int:
    position = first
    while position > 0:
        lower = words[position - 1].lower
        if lower in _BOUNDARY_MARKS or lower in _CONJUNCTIONS:
            break
        position -= 1
    return position


def _is_asked(statement: Statement, opening: int, first: int, last: int, before: list[str]) -> bool:
    words = statement.words
    if opening <= first and _opens_question(words, opening):
        return True
    for position, lower in enumerate(before):
        if lower in _INDIRECT and not (position and before[position - 1] in _AFTER_THAT):
            return True
    if statement.ending != "?":
        return False
    return statement_end(statement, last) == len(words) or words[-2].lower in ("right", "correct", "no", "yes")


def _is_conditional(words: Sequence[Word], first: int, last: int, general: bool) -> bool:
    for position in range(first - 1, -1, -1):
        lower = words[position].lower
        if lower == ";":
            break
        if lower in _CONDITIONS or (lower == "what" and position + 1 < first and words[position + 1].lower == "if"):
            closed = any(word.lower in (",", "then") for word in words[position:first])
            return not (closed and general)
        if lower == "case" and position and words[position - 1].lower == "in":
            return True
        if lower == "when" and not any(word.lower == "," for word in words[position:first]):
            return not general
    if general:
        return False
    for position in range(last, len(words)):
        lower = words[position].lower
        if lower in (",", ";", "so", "and", "but", "—", "–", "(", ":"):
            return False
        if lower in ("if", "unless", "once"):
            following = words[position + 1].lower if position + 1 < len(words) else ""
            return following not in _HARMLESS_AFTER_IF
    return False


def _is_reported(words: Sequence[Word], first: int) -> bool:
    for position in range(first):
        speaker = words[position - 1].lower if position else ""
        if words[position].lower in _REPORTS and speaker not in ("i", "we", "i've"):
            return True
    return False


def _is_doubted(before: list[str]) -> bool:
    return any(
        word in _DOUBTS and before[position + 1 : position + 2] not in _WISHES for position, word in enumerate(before)
    )


def _is_supposed(words: Sequence[Word], first: int, last: int, clause: int) -> bool:
    """Whether the words are only talked about: "switching to Vue would break …", "moving to Go is not worth it"."""
    if not words[first].lower.endswith("ing") or first != clause:
        return False
    for word in words[last:]:
        if word.lower in _BOUNDARY_MARKS or word.lower in ("so", "and", "but", "because", "that"):
            return False
        if word.lower in _JUDGEMENTS:
            return True
    return False


def _subject(words: Sequence[Word], clause: int, first: int) -> str:
    for position in range(first - 1, clause - 1, -1):
        lower = words[position].lower
        if lower in _SUBJECTS or lower in _ASSISTANT:
            return lower
    return ""


def _is_passing(words: Sequence[Word]) -> bool:
    lowers = [word.lower for word in words]
    return not _PASSING.isdisjoint(lowers) or any(pair in _PASSING_PAIRS for pair in pairwise(lowers))
