"""From a message to what would be asked about it: detectors, gate, secrets. Pure and without waiting."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import cast

from learnchat.learning.asking.dial import Dial, DialledGate
from learnchat.learning.detection import Detection, Detector, Message
from learnchat.learning.detectors.phrases import fitting
from learnchat.learning.detectors.registry import BUILT_IN, FormsDetector, built_in_detectors, plugin_detectors
from learnchat.learning.hearing.evidence import NAMING
from learnchat.learning.hearing.gate import Gate, TrainedGate, is_understood, shipped_by_kind
from learnchat.learning.hearing.heard import Hearing
from learnchat.learning.hearing.own_words import OwnWords
from learnchat.learning.hearing.parting import is_apart, parts
from learnchat.learning.hearing.sifting import is_asked_clause, sifted, without_clause
from learnchat.learning.language.statements import split
from learnchat.learning.remark import Remark
from learnchat.learning.secrets.finding import SecretFound, find_secrets, is_touched

_OURS = frozenset(BUILT_IN)

__all__ = ["Analyser", "Analysis", "Remark", "default_analyser", "told_apart"]


@dataclass(frozen=True, slots=True)
class Analysis:
    """What a message holds."""

    detections: tuple[Detection, ...]
    """As the gate weighed them, in the order of the text."""
    prompt: bool
    """It would be asked with the shipped thresholds, all else aside. False where a secret is found."""
    confidence: float
    """The best detection's; 0.0 when there is none."""
    secrets: tuple[SecretFound, ...]
    remarks: tuple[Remark, ...]
    """What was only overheard, stayed below the threshold, or holds a secret, and why."""
    threshold: float
    """The gate's: what is asked has at least this confidence."""


class Analyser:
    """Runs every detector over a message and lets the gate weigh what they heard."""

    def __init__(
        self, detectors: Sequence[Detector], gate: Gate, more: Callable[[], Sequence[Detector]] = tuple
    ) -> None:
        """An analyser.

        Args:
            detectors: that listen.
            gate: that weighs what they hear.
            more: gives further detectors, when the first message comes.
        """
        self._detectors = tuple(detectors)
        self._gate = gate
        self._more = cache(more)

    def analyse(self, message: Message) -> Analysis:
        """Everything there is to say about a message. Linear in its length; keeps nothing."""
        threshold = self._gate.threshold
        own = OwnWords.of(message) if message.pasted else None
        listed, remarks = self._listed(own.message if own else message, (*self._detectors, *self._more()))
        weighed = self._in_parts(listed)
        if own is not None:
            weighed, remarks = own.detections(weighed), list(own.remarks(remarks))
        secrets = find_secrets(message.text)
        remarks.extend(_below(weighed, threshold))
        remarks.extend(Remark("", one.start, one.end, None, "", f"contains a secret: {one.name}") for one in secrets)
        confidence = max((detection.confidence for detection in weighed), default=0.0)
        if not (weighed or remarks):
            remarks.extend(_not_understood(message.text))
        remarks.sort(key=lambda remark: remark.start)
        if secrets:
            remarks = [_discreet(one, secrets) for one in remarks]
        return Analysis(
            weighed, confidence >= threshold and not secrets, confidence, secrets, tuple(remarks), threshold
        )

    def _listed(self, message: Message, detectors: Iterable[Detector]) -> tuple[tuple[Detection, ...], list[Remark]]:
        heard, remarks = heard_by(detectors, message)
        listed, passed_over = sifted(message, self._gate.weigh(message, heard), self._gate.threshold)
        return listed, [*remarks, *passed_over]

    def _in_parts(self, listed: tuple[Detection, ...]) -> tuple[Detection, ...]:
        """With two detections for a sentence whose parts would each be asked about if nothing else had been said."""
        apart: list[Detection] = []
        places: list[tuple[int, int]] = []
        for one in listed:
            if one.detector in _OURS and one.confidence >= self._gate.threshold and is_apart(one, places):
                found = self._parts_of(one)
                if found:
                    places.append((one.start, one.end))
                    apart += found
        if not places:
            return listed
        apart += [one for one in listed if one.detector not in _OURS or is_apart(one, places)]
        return tuple(sorted(apart, key=lambda one: (one.start, -one.confidence)))

    def _parts_of(self, whole: Detection) -> list[Detection]:
        """What is heard in each of the parts of a sentence, as if each were a message; nothing unless all are asked."""
        ours = [one for one in self._detectors if one.name in _OURS]
        found: list[Detection] = []
        for first, last in parts(whole.quote):
            heard, _ = self._listed(Message(whole.quote[first:last]), ours)
            if not any(one.confidence >= self._gate.threshold for one in heard):
                return []
            before = whole.start + first
            found += [replace(one, start=one.start + before, end=one.end + before) for one in heard]
        return found


def default_analyser(
    disabled: Collection[str] = (), plugins: bool = True, dial: Callable[[], Dial] | None = None
) -> Analyser:
    """The analyser of the program.

    Args:
        disabled: names of detectors that are switched off.
        plugins: whether detectors of other packages are added to our own.
        dial: gives the user's, as it stands now; None: the gate as shipped.
    """
    gate = TrainedGate()
    return Analyser(
        built_in_detectors(disabled),
        gate if dial is None else DialledGate(gate, dial),
        partial(plugin_detectors, disabled) if plugins else tuple,
    )


def heard_by(detectors: Iterable[Detector], message: Message) -> tuple[list[Detection], list[Remark]]:
    """What detectors hear in a message, before a gate weighs it, and what they only overhear."""
    heard: list[Detection] = []
    remarks: list[Remark] = []
    spoken, formed = fitting(message.text), shipped_by_kind(message.text)
    for detector in detectors:
        if detector.name not in _OURS:
            hearing = _listen(detector, message)
        else:
            own = cast(FormsDetector, detector)
            # Most detectors hear nothing in most messages.
            if own.kind not in formed and own not in spoken and not own.nameless:
                continue
            hearing = own.listen(message)
        heard.extend(hearing.detections)
        remarks.extend(hearing.remarks)
    return _named_once(message, heard, remarks), remarks


def _named_once(message: Message, heard: Iterable[Detection], remarks: Iterable[Remark]) -> list[Detection]:
    """Without statements that a form heard where a phrase did, or a form of a kind that comes before: in order.

    What a phrase hears has slots and tells the kind best; what it overheard ("we are not switching to Vue") is not
    said, by whatever form. Plugins are not our own to leave out.
    """
    named: dict[tuple[int, int], Detection] = {}
    spoken = [(one.start, one.end) for one in remarks if one.detector in _OURS]
    barred = len(spoken)
    kept: list[Detection] = []
    for one in heard:
        if one.slots or one.detector not in _OURS:
            kept.append(one)
            spoken.append((one.start, one.end))
        else:
            other = named.setdefault((one.start, one.end), one)
            if NAMING[one.kind] < NAMING[other.kind]:
                named[one.start, one.end] = one
    apart: list[Detection] = []
    for (start, end), one in named.items():
        if not spoken or not any(first < end and start < last for first, last in spoken):
            apart.append(one)
        elif not any(first < end and start < last for first, last in spoken[:barred]) and is_asked_clause(message, one):
            cut = [without_clause(each, one) if each.start < end and start < each.end else each for each in kept]
            whole = [each for each in cut if each is not None]
            if len(whole) == len(kept):
                kept = whole
                apart.append(one)
    kept += apart
    return sorted(kept, key=lambda detection: (detection.start, -detection.confidence))


def _below(detections: Sequence[Detection], threshold: float) -> Iterator[Remark]:
    for one in detections:
        if one.confidence < threshold:
            because = ", since your answers moved it" if one.offset else ""
            reason = "has confidence {}, below {}".format(*told_apart(one.confidence, threshold)) + because
            yield Remark(one.quote, one.start, one.end, one.kind, one.detector, reason)


def told_apart(confidence: float, threshold: float) -> tuple[str, str]:
    """Both for people: with a third digit where two don't tell them apart."""
    digits = 2 if f"{confidence:.2f}" != f"{threshold:.2f}" or confidence >= threshold else 3
    return f"{confidence:.{digits}f}", f"{threshold:.{digits}f}"


def _not_understood(text: str) -> Iterator[Remark]:
    """That a message is in another language, where nothing was heard in it: nobody is left to wonder why."""
    said = split(text)
    if said and not is_understood(text):
        first, last = said[0].start, said[0].end
        reason = "does not read like English, which is all that is listened to: /remember saves it"
        yield Remark(text[first:last], first, last, None, "", reason)


def _discreet(remark: Remark, secrets: Sequence[SecretFound]) -> Remark:
    """The remark, without its quote where that holds a secret: remarks are shown and may be logged."""
    return replace(remark, quote="") if is_touched(secrets, remark.start, remark.end) else remark


def _listen(detector: Detector, message: Message) -> Hearing:
    try:
        return _checked(detector, message)
    except Exception as error:
        # 5 ms, and seldom needed.
        import logging

        # Somebody else's detector must not cost the user the message. Its words may be the message's: not logged.
        logging.getLogger(__name__).warning("the detector %s failed: %s", detector.name, type(error).__name__)
        return Hearing((), (Remark("", 0, 0, None, detector.name, "could not be read by this detector, which failed"),))


def _checked(detector: Detector, message: Message) -> Hearing:
    """A plugin's detections, without those that don't quote the message verbatim: what nobody said is not asked."""
    detections: list[Detection] = []
    remarks: list[Remark] = []
    for one in detector.detect(message):
        if one.quote and message.text[one.start : one.end] == one.quote:
            detections.append(one)
        else:
            remarks.append(Remark(one.quote, one.start, one.end, one.kind, detector.name, "is no verbatim quote"))
    return Hearing(tuple(detections), tuple(remarks))
