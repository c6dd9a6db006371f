"""The detectors there are: our own, and what installed packages add under the entry points `learnchat.detectors`."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from importlib import import_module
from typing import Protocol

from learnchat.learning.detection import Detector, Message
from learnchat.learning.hearing.heard import Hearing
from learnchat.learning.kinds import Kind

GROUP = "learnchat.detectors"
# First the triggers of the original system, most confident first, then what developers also say that lasts. Each is a
# module with a DETECTOR.
BUILT_IN = (
    "switching",
    "decided_to_use",
    "no_longer",
    "now_using",
    "performance_issue",
    "architecture_change",
    "implement_change",
    "bug_fixed",
    "edge_case",
    "rejected_idea",
    "preference",
    "correction",
    "fact",
    "workaround",
    "procedure",
)


class FormsDetector(Detector, Protocol):
    """One of our own: it has a table of forms, which are evidence for the gate too."""

    kind: Kind
    forms: Mapping[str, str]
    nameless: bool
    """It hears the statements that have no form of any kind, too."""

    def listen(self, message: Message) -> Hearing:
        """What is heard, and what is only overheard."""
        ...


def built_in_detectors(disabled: Collection[str] = ()) -> list[FormsDetector]:
    """Our own detectors, minus those switched off by name."""
    names = [name for name in BUILT_IN if name not in disabled]
    return [import_module(f"learnchat.learning.detectors.{name}").DETECTOR for name in names]


def plugin_detectors(disabled: Collection[str] = ()) -> list[Detector]:
    """What installed packages add: an entry point names a detector, or what makes one when called without arguments.

    One that can't be loaded, has no name, or takes a name that is in use, is left out and logged: a broken plugin
    never keeps the chat from opening.
    """
    # Reading the metadata of all installed packages takes 25 ms: not before the first message.
    import logging
    from importlib.metadata import entry_points

    log = logging.getLogger(__name__)
    found: dict[str, Detector] = {}
    for entry_point in entry_points(group=GROUP):
        if entry_point.name in disabled:
            continue
        try:
            loaded = entry_point.load()
            detector = loaded if hasattr(loaded, "detect") and not isinstance(loaded, type) else loaded()
            name = detector.name
            if not isinstance(name, str) or not callable(detector.detect):
                raise TypeError("a detector has a name and a method detect")
        except Exception as error:
            log.warning("the detector %s of %s was left out: %r", entry_point.name, entry_point.value, error)
            continue
        if name in BUILT_IN or name in found:
            log.warning("the detector %s was left out: there is one of that name", name)
        elif name not in disabled:
            found[name] = detector
    return list(found.values())
