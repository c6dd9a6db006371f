"""The detectors there are: our own, and what installed packages add under the entry points `learnchat.detectors`."""

from __future__ import annotations

import logging
from collections.abc import Collection
from importlib import import_module

from learnchat.learning.detection import Detector

GROUP = "learnchat.detectors"
# The first ten: the triggers of the original system, most confident first. Each module has a DETECTOR.
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
)

_log = logging.getLogger(__name__)


def built_in_detectors(disabled: Collection[str] = ()) -> list[Detector]:
    """Our own detectors, minus those switched off by name."""
    names = [name for name in BUILT_IN if name not in disabled]
    return [import_module(f"learnchat.learning.detectors.{name}").DETECTOR for name in names]


def plugin_detectors(disabled: Collection[str] = ()) -> list[Detector]:
    """What installed packages add: an entry point names a detector, or what makes one when called without arguments.

    One that can't be loaded, has no name, or takes a name that is in use, is left out and logged: a broken plugin
    never keeps the chat from opening.
    """
    # Reading the metadata of all installed packages takes some milliseconds: only who wants plugins pays.
    from importlib.metadata import entry_points

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
            _log.warning("the detector %s of %s was left out: %r", entry_point.name, entry_point.value, error)
            continue
        if name in BUILT_IN or name in found:
            _log.warning("the detector %s was left out: there is one of that name", name)
        elif name not in disabled:
            found[name] = detector
    return list(found.values())
