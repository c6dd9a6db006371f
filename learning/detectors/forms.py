"""The detector that listens for forms: patterns over a whole statement, looser than phrases and without slots.

A form is matched on the statement in small letters, with straight apostrophes and the usual slips made regular. It is
evidence for the gate first of all: whether a statement that has one is worth asking about, the gate says.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from learnchat.learning.detection import Detection, Message
from learnchat.learning.hearing.evidence import Sentence
from learnchat.learning.hearing.gate import LISTED, shipped_by_kind, shipped_probabilities
from learnchat.learning.hearing.heard import NOTHING, Hearing
from learnchat.learning.hearing.marks import mark_in
from learnchat.learning.kinds import Kind
from learnchat.learning.remark import Remark
from learnchat.learning.text import one_line

# Parts that several tables share.
THING = r"[`\"'@]?[\w./@-]++[`\"']?(?: [`\"']?[\w./@-]++[`\"']?){0,3}"
"""One to four words that can name something, quoted or not. A blank or a comma has to follow: each word is taken whole
or not at all, which halves the time."""
NOT = r"(?:don'?t|do not|never|not|avoid|stop|no|without|refrain from)"
LETS = r"(?:let'?s|let us|lets|we'll|we will|i'll|i will|we should|we can|we could|i think we should|i'd say|i say)"


class FormDetector:
    """Hears the statements that have one of its forms.

    Attributes:
        name: the detector's name.
        kind: the kind of its detections.
        forms: its table: a name for each form, and the pattern.
        nameless: it hears the statements that have no form of any kind, too.
    """

    def __init__(self, kind: Kind, forms: Mapping[str, str], *, nameless: bool = False) -> None:
        """A detector named after its kind.

        Args:
            kind: what it hears.
            forms: the table.
            nameless: it hears the statements that have no form of any kind, too.
        """
        self.name = kind.value
        self.kind = kind
        self.forms = forms
        self.nameless = nameless

    def detect(self, message: Message) -> Iterable[Detection]:
        return self.listen(message).detections

    def listen(self, message: Message) -> Hearing:
        """A detection for each statement with a form of this kind; its confidence is what the gate as shipped says."""
        return heard_by_form(message, self.kind, self.name, nameless=self.nameless)


def heard_by_form(
    message: Message, kind: Kind, name: str, without: Collection[int] = (), *, nameless: bool = False
) -> Hearing:
    """The statements of a message that have a form of this kind, with what the gate as shipped says of each.

    A statement that the gate as shipped would not even list is left out at once: there are many.

    Args:
        message: what is heard.
        kind: whose forms.
        name: the detector's.
        without: numbers of statements, as `split` gives them, that are left out.
        nameless: statements without a form of any kind are taken too.
    """
    of_kind = shipped_by_kind(message.text)
    formed = (*of_kind.get(kind, ()), *(of_kind.get(None, ()) if nameless else ()))
    if not formed:
        return NOTHING
    found: list[Detection] = []
    remarks: list[Remark] = []
    for sentence, probability in formed:
        if sentence.number not in without:
            start, end = sentence.start, sentence.end
            if probability >= LISTED:
                quote = message.text[start:end]
                found.append(Detection(kind, one_line(quote), quote, start, end, probability, {}, name))
            elif sentence.kinds and not _has_clause(message.text, sentence) and (mark := mark_in(sentence)):
                remarks.append(Remark(message.text[start:end], start, end, kind, name, mark.value))
    return Hearing(tuple(found), tuple(remarks)) if found or remarks else NOTHING


def _has_clause(text: str, sentence: Sentence) -> bool:
    """Whether it is a clause, or holds one that is heard by itself: a remark on it would bar that."""
    return sentence.is_clause or any(
        one.is_clause and one.number == sentence.number and probability >= LISTED
        for one, probability in shipped_probabilities(text)
    )
