from __future__ import annotations

import logging
import sys
from collections.abc import Iterable
from importlib import metadata
from types import SimpleNamespace

import pytest

from learnchat.learning.detection import Detection, Message
from learnchat.learning.detectors.registry import BUILT_IN, GROUP, built_in_detectors, plugin_detectors


class Shout:
    name = "shout"

    def detect(self, message: Message) -> Iterable[Detection]:
        return ()


class Impostor(Shout):
    name = "switching"


SHOUT = Shout()


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> list[metadata.EntryPoint]:
    points: list[metadata.EntryPoint] = []
    monkeypatch.setattr(metadata, "entry_points", lambda group: [one for one in points if one.group == group])
    monkeypatch.setitem(
        sys.modules,
        "somebody",
        SimpleNamespace(Shout=Shout, SHOUT=SHOUT, Impostor=Impostor, nothing=lambda: None),
    )
    return points


def point(name: str, value: str) -> metadata.EntryPoint:
    return metadata.EntryPoint(name, value, GROUP)


def test_built_in_detectors_can_be_switched_off_by_name() -> None:
    names = [detector.name for detector in built_in_detectors(["switching", "no_longer"])]
    assert names == [name for name in BUILT_IN if name not in ("switching", "no_longer")]


@pytest.mark.parametrize("value", ["somebody:Shout", "somebody:SHOUT"])
def test_an_entry_point_adds_a_detector(installed: list[metadata.EntryPoint], value: str) -> None:
    installed.append(point("shout", value))
    assert [detector.name for detector in plugin_detectors()] == ["shout"]
    assert plugin_detectors(["shout"]) == []


def test_broken_ones_and_impostors_are_left_out(
    installed: list[metadata.EntryPoint], caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A chat that was opened in this process keeps its log to itself.
    monkeypatch.setattr(logging.getLogger("learnchat"), "propagate", True)
    installed += [point("gone", "nowhere:X"), point("none", "somebody:nothing"), point("x", "somebody:Impostor")]
    installed.append(point("shout", "somebody:Shout"))
    assert [detector.name for detector in plugin_detectors()] == ["shout"]
    assert len(caplog.records) == 3
