"""Writes that fail, or end the process, for tests of what is left behind."""

from __future__ import annotations

import os
from collections.abc import Callable
from itertools import count

import pytest


class Crash(BaseException):
    """What the process ends by: nothing that learnchat could catch."""


def crash_at(monkeypatch: pytest.MonkeyPatch, step: int) -> Callable[[], bool]:
    """Let the process end at the given one of all its writes, fsyncs and renamings; tells whether it came so far."""
    return fail_from(monkeypatch, step, Crash)


def fail_from(monkeypatch: pytest.MonkeyPatch, step: int, failure: Callable[[], BaseException]) -> Callable[[], bool]:
    """Let each write, fsync and renaming fail from the given one on; tells whether it came so far."""
    steps = count(1)
    reached = False

    def counted(function: Callable[..., object]) -> Callable[..., object]:
        def call(*arguments: object, **keywords: object) -> object:
            nonlocal reached
            if next(steps) >= step:
                reached = True
                raise failure()
            return function(*arguments, **keywords)

        return call

    monkeypatch.setattr(os, "write", counted(os.write))
    monkeypatch.setattr(os, "fsync", counted(os.fsync))
    monkeypatch.setattr(os, "replace", counted(os.replace))
    return lambda: reached
