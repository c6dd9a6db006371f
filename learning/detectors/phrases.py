"""The detector that listens for the phrases of a table.

Matching is linear: a phrase is tried only where its first word stands, and reads a bounded number of words.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from learnchat.learning.detection import Detection, Message
from learnchat.learning.detectors.forms import heard_by_form
from learnchat.learning.detectors.phrase_table import Element, Phrase, parse
from learnchat.learning.hearing.context import Mark, is_told, objection, statement_end
from learnchat.learning.hearing.heard import NOTHING, Hearing
from learnchat.learning.kinds import Kind
from learnchat.learning.language.filler import trimmed_start
from learnchat.learning.language.noun_phrases import (
    DETERMINERS,
    Level,
    NounPhrase,
    is_thing,
    read_backward,
    read_forward,
)
from learnchat.learning.language.statements import Statement, Word, split
from learnchat.learning.remark import Remark
from learnchat.learning.text import one_line

# The phrases of all detectors by the words that they begin with: a statement is searched for these once.
_BY_FIRST_WORD: dict[str, list[tuple[PhraseDetector, Phrase]]] = {}

_Fitting = dict[int, tuple[Statement, dict[str, list[Phrase]]]]


@dataclass(frozen=True, slots=True)
class _Match:
    phrase: Phrase
    first: int
    last: int
    slots: Mapping[str, NounPhrase]


class PhraseDetector:
    """Hears the phrases of a table, sentence by sentence.

    Attributes:
        name: the detector's name.
        kind: the kind of its detections.
        confidence: of what its phrases hear, before a gate weighs it.
        forms: its looser table.
    """

    nameless = False
    """It does not hear statements that have no form of any kind."""

    def __init__(
        self,
        kind: Kind,
        confidence: float,
        phrases: Iterable[str],
        *,
        orders: Iterable[str] = (),
        general: bool = False,
        forms: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        """A detector named after its kind.

        Args:
            kind: what it hears.
            confidence: 0 to 1.
            phrases: the table, in the language of this module; of two that fit at one word the earlier is taken.
            orders: a second table, of phrases that are heard as orders too ("avoid MongoDB"); those of the first are
                then tasks ("replace X with Y").
            general: what it hears may hold under conditions and be put mildly (a warning, a refusal, a complaint).
            forms: a looser table, of patterns (see `forms`): heard where no phrase fits.
        """
        self.name = kind.value
        self.kind = kind
        self.confidence = confidence
        self.forms = forms
        self._general = general
        for phrase in [*(parse(text, order=True) for text in orders), *(parse(text) for text in phrases)]:
            for word in phrase.elements[0].words:
                _BY_FIRST_WORD.setdefault(word, []).append((self, phrase))
        fitting.cache_clear()

    def detect(self, message: Message) -> Iterable[Detection]:
        return self.listen(message).detections

    def listen(self, message: Message) -> Hearing:
        """What is heard, and what is only overheard.

        A form counts only in sentences where no phrase was heard or overheard.
        """
        spoken, read = self.phrases(message)
        formed = heard_by_form(message, self.kind, self.name, read) if self.forms else NOTHING
        if not read:
            return formed
        return Hearing(spoken.detections + formed.detections, spoken.remarks + formed.remarks)

    def phrases(self, message: Message) -> tuple[Hearing, Collection[int]]:
        """What the phrases alone hear, at most one detection or remark a sentence, and the numbers of these."""
        statements = fitting(message.text).get(self)
        if not statements:
            return NOTHING, ()
        detections: list[Detection] = []
        remarks: list[Remark] = []
        read: set[int] = set()
        for number, (statement, phrases) in statements.items():
            overheard: Remark | None = None
            for match in _matches(statement, phrases):
                found = self._weigh(message.text, statement, match)
                if found is None:
                    continue
                read.add(number)
                if isinstance(found, Detection):
                    detections.append(found)
                    break
                overheard = overheard or found
            else:
                if overheard:
                    remarks.append(overheard)
        return Hearing(tuple(detections), tuple(remarks)), read

    def _weigh(self, text: str, statement: Statement, match: _Match) -> Detection | Remark | None:
        words = statement.words
        task = words[match.first].lower in match.phrase.bases
        mark = objection(statement, match.first, match.last, general=self._general, task=task)
        start, end = _extent(statement, match)
        quote = text[start:end]
        if mark is Mark.ASSISTANT and is_told(statement, match.first):
            return None
        if mark:
            return Remark(quote, start, end, self.kind, self.name, mark.value)
        in_order = sorted(match.slots.items(), key=lambda slot: slot[1].first)
        slots = {name: _spoken(words, thing) for name, thing in in_order}
        return Detection(self.kind, one_line(quote), quote, start, end, self.confidence, slots, self.name)


@lru_cache(maxsize=4)  # the detectors read the same message one after the other
def fitting(text: str) -> Mapping[PhraseDetector, _Fitting]:
    """Before anything is read word by word: the phrases that have all their words in a statement, by the first.

    Returns:
        For each detector that has any, the statements under their numbers as `split` gives them.
    """
    found: dict[PhraseDetector, _Fitting] = {}
    for number, statement in enumerate(split(text)):
        vocabulary = statement.vocabulary
        lacks = vocabulary.isdisjoint
        for cue in _BY_FIRST_WORD.keys() & vocabulary:
            for detector, phrase in _BY_FIRST_WORD[cue]:
                # A loop and no `any`: it is run a hundred times for a message, and takes half as long.
                for words in phrase.following:
                    if lacks(words):
                        break
                else:
                    _, phrases = found.setdefault(detector, {}).setdefault(number, (statement, {}))
                    phrases.setdefault(cue, []).append(phrase)
    return found


def _matches(statement: Statement, phrases: Mapping[str, Sequence[Phrase]]) -> Iterator[_Match]:
    """Where phrases fit, each looked up by its first word: of those at one word the first that does."""
    for position in [position for position, word in enumerate(statement.lowers) if word in phrases]:
        for phrase in phrases[statement.lowers[position]]:
            match = _match(phrase, statement, position)
            if match:
                yield match
                break


def _extent(statement: Statement, match: _Match) -> tuple[int, int]:
    """From the first word that is no filler to the end of the sentence, or to the request that follows in it."""
    words = statement.words
    named = min([thing.first for thing in match.slots.values()], default=match.first)
    # "Keep in mind that" belongs to what was heard, not to what is to be kept in mind.
    opening = min(trimmed_start(statement.lowers), max(match.first, named))
    last = statement_end(statement, match.last)
    while last > match.last and words[last - 1].lower in ".!?;:,…—–-(":
        last -= 1
    return words[opening].start, words[last - 1].end


def _spoken(words: Sequence[Word], phrase: NounPhrase) -> str:
    spoken = [word.text.strip("`") if word.is_code else word.text for word in words[phrase.first : phrase.last]]
    return one_line(" ".join(spoken)).removesuffix("'s")


def _match(phrase: Phrase, statement: Statement, position: int) -> _Match | None:
    if phrase.verb and position and statement.lowers[position - 1] in DETERMINERS:
        # "the selected item": a participle that describes, not a verb that says something.
        return None
    slots: dict[str, NounPhrase] = {}
    first = position
    last = _follow(phrase.elements, 0, statement, position, slots)
    if last is None:
        return None
    if phrase.leading:
        thing = read_backward(statement.words, position)
        if thing is None or not is_thing(statement.words, thing, phrase.leading.level):
            return None
        slots[phrase.leading.slot] = thing
        first = thing.first
    return _Match(phrase, first, last, slots)


def _follow(
    elements: Sequence[Element], index: int, statement: Statement, position: int, slots: dict[str, NounPhrase]
) -> int | None:
    """Where the elements from `index` on end that begin at a word. An optional one is tried with, then without."""
    if index == len(elements):
        return position
    element = elements[index]
    if element.absent:
        if _stands(element, statement, position):
            return None
        return _follow(elements, index + 1, statement, position, slots)
    if element.slot:
        thing = _thing(element, statement, position)
        if thing is not None:
            end = _follow(elements, index + 1, statement, thing.following, slots)
            if end is not None:
                slots[element.slot] = thing
                return end
    elif _stands(element, statement, position):
        end = _follow(elements, index + 1, statement, position + 1, slots)
        if end is not None:
            return end
    return _follow(elements, index + 1, statement, position, slots) if element.optional else None


def _stands(element: Element, statement: Statement, position: int) -> bool:
    return position < len(statement.lowers) and statement.lowers[position] in element.words


def _thing(element: Element, statement: Statement, position: int) -> NounPhrase | None:
    if element.words:
        return NounPhrase(position, position + 1, position + 1) if _stands(element, statement, position) else None
    # Word by word a statement is read only when it has come to this: most phrases end before.
    words = statement.words
    thing = read_forward(words, position)
    if element.level is Level.NUMBER and thing is not None:
        # A number is one word; its unit is for the phrase to say.
        thing = NounPhrase(thing.first, thing.first + 1, thing.first + 1)
    return thing if thing is not None and is_thing(words, thing, element.level) else None
